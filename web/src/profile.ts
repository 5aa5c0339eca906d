/**
 * Who is drawing in this browser: a random id, a name and a colour.
 * Owns their place in localStorage; knows no engine. The id is no credential.
 */
import { signal } from '@preact/signals';
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
}

/** Longer names would cover what they stand beside. */
export const NAME_LIMIT = 40;

/** Colours that can be told apart on light and on dark. */
export const PERSON_COLORS = [
  '#e8590c', '#d6336c', '#9c36b5', '#6741d9', '#3b5bdb',
  '#1971c2', '#0c8599', '#2b8a3e', '#5c940d', '#c77700',
] as const;

const BIRDS = words.people.birds;
const KEY = 'drawbridge.profile';
/** Whether name and colour were just drawn by lot, and nobody knows this person by them yet. */
let drawn = false;

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
  const profile = {
    browser: text(stored.browser, /^[0-9a-f]{16}$/) ?? randomHex(8),
    name: text(stored.name, /\S/)?.slice(0, NAME_LIMIT) ?? pick(BIRDS, 'Heron'),
    color: text(stored.color, /^#[0-9a-f]{6}$/) ?? pick(PERSON_COLORS, '#1971c2'),
  };
  write(KEY, profile);
  return profile;
}

/** The person of this browser. */
export const profile = signal<Profile>(load());

/** Somebody new on a board takes a name and a colour that nobody there has, if any are left. */
export function standOut(others: readonly { name: string; color: string }[]): void {
  if (!drawn) return;
  drawn = false;
  const { name, color } = profile.value;
  const names = BIRDS.filter((bird) => !others.some((other) => other.name === bird));
  const colors = PERSON_COLORS.filter((own) => !others.some((other) => other.color === own));
  changeProfile({
    name: names.some((bird) => bird === name) ? name : pick(names, name),
    color: colors.some((own) => own === color) ? color : pick(colors, color),
  });
}

/** Changes name or colour and remembers it. */
export function changeProfile(change: { name?: string; color?: string }): void {
  const name = (change.name ?? profile.value.name).trim().slice(0, NAME_LIMIT);
  profile.value = { ...profile.value, ...change, name: name || profile.value.name };
  write(KEY, profile.value);
}
