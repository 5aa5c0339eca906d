/**
 * The boards that are mine to see, latest first: those that this browser opened.
 * Owns where that list comes from (localStorage) and what is known of each; whoever shows or changes
 * it does so here, so that it can also come from elsewhere. Knows no engine and no network.
 */
import { signal } from '@preact/signals';
import { read, write } from './local';
import { words } from './words';

/** What a board says of itself. */
export interface Cover {
  /** What it is called; empty when nobody has named it. */
  title: string;
  /** The first words on it; empty when there are none. */
  words: string;
}

/** A board that was opened here. */
export interface Recent extends Cover {
  /** Board id, percent-decoded. */
  id: string;
  /** First opened, milliseconds since 1970. */
  first: number;
  /** Last opened, milliseconds since 1970. */
  last: number;
  /** When its picture was made, milliseconds since 1970; 0 while none shows what is on it. */
  pictured: number;
}

/** The longest title that is kept. */
export const TITLE_LIMIT = 120;
/** Enough to find one's way back; older ones fall off. */
const LIMIT = 48;
const KEY = 'drawbridge.boards';

function recent(value: unknown): Recent[] {
  const { id, first, last, title, words: said, pictured } = (value ?? {}) as Partial<Record<keyof Recent, unknown>>;
  const text = (own: unknown): string => (typeof own === 'string' ? own : '');
  if (typeof id !== 'string' || typeof first !== 'number' || typeof last !== 'number') return [];
  return [{ id, first, last, title: text(title), words: text(said), pictured: Number(pictured ?? 1) }];
}

function load(): Recent[] {
  const stored = read(KEY);
  return Array.isArray(stored) ? stored.flatMap(recent) : [];
}

function store(list: Recent[]): void {
  const latest = list.sort((a, b) => b.last - a.last).slice(0, LIMIT);
  recents.value = latest;
  write(KEY, latest);
}

/** Latest first. */
export const recents = signal<readonly Recent[]>(load());

/** Notes that a board was opened at `now`, and what it says of itself. */
export function noteOpened(id: string, now: number, cover: Cover): void {
  const list = load();
  const first = list.find((board) => board.id === id)?.first ?? now;
  store([{ id, first, last: now, ...cover, pictured: 0 }, ...list.filter((board) => board.id !== id)]);
}

/** Notes what a board on the list says of itself now, or when a picture was made that shows that. */
export function noteCover(id: string, cover: Partial<Cover & Pick<Recent, 'pictured'>>): void {
  const list = load();
  const known = list.find((board) => board.id === id);
  if (known) store([{ ...known, ...cover }, ...list.filter((board) => board !== known)]);
}

/** Takes a board off the list; the board itself stays where it is. */
export function forget(id: string): void {
  store(load().filter((board) => board.id !== id));
}

/** Puts a board back on the list, as it was there. */
export function putBack(board: Recent): void {
  store([board, ...load().filter(({ id }) => id !== board.id)]);
}

/** Brings the list up to date with other tabs. */
export function refreshRecents(): void {
  recents.value = load();
}

/** The address of a board. */
export function boardPath(id: string): string {
  return `/b/${encodeURIComponent(id)}`;
}

/** What to call a board: as somebody has named it, by what it says, or by an address that was chosen. */
export function boardName(id: string, { title, words: said }: Cover): string {
  const chosen = /^[A-Za-z0-9_-]{22,23}$/.test(id) ? '' : id;
  return title || said || chosen || words.board.untitled;
}
