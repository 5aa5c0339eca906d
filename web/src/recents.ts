/**
 * The boards that this browser opened lately.
 * Owns the list in localStorage; knows no engine and no network.
 */
import { signal } from '@preact/signals';
import { read, write } from './local';
import { dropPicture } from './pictures';
import { words } from './words';

/** A board that was opened here. */
export interface Recent {
  /** Board id, percent-decoded. */
  id: string;
  /** First opened, milliseconds since 1970. */
  first: number;
  /** Last opened, milliseconds since 1970. */
  last: number;
}

/** Enough to find one's way back; older ones fall off. */
const LIMIT = 48;
const KEY = 'drawbridge.boards';

function isRecent(value: unknown): value is Recent {
  const { id, first, last } = (value ?? {}) as Partial<Record<keyof Recent, unknown>>;
  return typeof id === 'string' && Number.isFinite(first) && Number.isFinite(last);
}

function load(): Recent[] {
  const stored = read(KEY);
  return Array.isArray(stored) ? stored.filter(isRecent) : [];
}

function store(list: Recent[]): void {
  recents.value = list;
  write(KEY, list);
}

/** Latest first. */
export const recents = signal<Recent[]>(load());

/** Notes that a board was opened at `now`. */
export function noteOpened(id: string, now: number): void {
  const list = load();
  const first = list.find((board) => board.id === id)?.first ?? now;
  const others = list.filter((board) => board.id !== id);
  store([{ id, first, last: now }, ...others].slice(0, LIMIT));
}

/** Takes a board off the list; the board itself stays where it is. */
export function forget(id: string): void {
  store(load().filter((board) => board.id !== id));
  void dropPicture(id);
}

/** Brings the list up to date with other tabs. */
export function refreshRecents(): void {
  recents.value = load();
}

/** The address of a board. */
export function boardPath(id: string): string {
  return `/b/${encodeURIComponent(id)}`;
}

/** What to call a board: random ids are shortened, chosen ones are shown. */
export function boardTitle(id: string): string {
  return /^[A-Za-z0-9_-]{22,23}$/.test(id) ? words.board.numbered(id.slice(0, 6)) : id;
}
