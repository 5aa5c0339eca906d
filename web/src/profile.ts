/**
 * Who is drawing in this browser: a random id, a name and a colour.
 * Owns their place in localStorage; knows no engine. The id is no credential.
 */
import { computed, signal } from '@preact/signals';
import { read, write } from './local';
import { words } from './words';

/** A person as others see them. */
export interface Profile {
  /** Random id of this browser. */
  browser: string;
  /** Name, at most {@link NAME_LIMIT} characters. */
  name: string;
  /** `#rrggbb`. */
  color: string;
  /** Whether what one writes may say who wrote it. */
  signs: boolean;
}

/** Longer names would cover what they stand beside. */
export const NAME_LIMIT = 40;

/** Colours that can be told apart from each other and from one's own selection, on light and on dark. */
export const PERSON_COLORS = [
  '#e8590c', '#b07d00', '#2b8a3e', '#1971c2', '#6741d9', '#9c36b5', '#d6336c', '#8a5a3b',
] as const;

/** What was offered once, and what comes nearest now. */
const FORMER_COLORS: Readonly<Record<string, string>> = {
  '#c77700': '#b07d00', '#5c940d': '#2b8a3e', '#0c8599': '#8a5a3b', '#3b5bdb': '#1971c2',
};

const BIRDS = words.people.birds;
const KEY = 'drawbridge.profile';
/** Whether name and colour were just drawn by lot, and nobody knows this person by them yet. */
let drawn = false;
/** Instead of one's own colour, where somebody has that already. */
const lent = signal<string | undefined>(undefined);

/** `bytes` random bytes as hex digits. */
export function randomHex(bytes: number): string {
  const numbers = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(numbers, (n) => n.toString(16).padStart(2, '0')).join('');
}

function pick<T>(from: readonly T[], fallback: T): T {
  const [n = 0] = crypto.getRandomValues(new Uint32Array(1));
  return from[n % from.length] ?? fallback;
}

function load(): Profile {
  const stored = (read(KEY) ?? {}) as Partial<Record<keyof Profile, unknown>>;
  const text = (value: unknown, fits: RegExp) =>
    typeof value === 'string' && fits.test(value) ? value : undefined;
  drawn = stored.color === undefined && stored.name === undefined;
  const color = text(stored.color, /^#[0-9a-f]{6}$/);
  const profile = {
    browser: text(stored.browser, /^[0-9a-f]{16}$/) ?? randomHex(8),
    name: text(stored.name, /\S/)?.slice(0, NAME_LIMIT) ?? pick(BIRDS, 'Heron'),
    color: FORMER_COLORS[color ?? ''] ?? color ?? pick(PERSON_COLORS, '#1971c2'),
    signs: stored.signs !== false,
  };
  write(KEY, profile);
  return profile;
}

/** The person of this browser. */
export const profile = signal<Profile>(load());

/** The colour in which one is shown on this board. */
export const colorHere = computed(() => lent.value ?? profile.value.color);

/**
 * Makes oneself known by what nobody there has, if any is left: somebody new by another name and
 * colour, for good; who comes back by another colour, on this board only.
 */
export function standOut(others: readonly { name: string; color: string }[]): void {
  const { name, color } = profile.value;
  const colors = PERSON_COLORS.filter((own) => !others.some((other) => other.color === own));
  const free = others.some((other) => other.color === color) ? pick(colors, color) : color;
  if (!drawn) {
    lent.value = free === color ? undefined : free;
    return;
  }
  drawn = false;
  const names = BIRDS.filter((bird) => !others.some((other) => other.name === bird));
  changeProfile({
    name: names.some((bird) => bird === name) ? name : pick(names, name),
    color: free,
  });
}

/** Changes what is given and remembers it. */
export function changeProfile(change: Partial<Omit<Profile, 'browser'>>): void {
  if (change.color) lent.value = undefined;
  const name = (change.name ?? profile.value.name).trim().slice(0, NAME_LIMIT);
  profile.value = { ...profile.value, ...change, name: name || profile.value.name };
  write(KEY, profile.value);
}
