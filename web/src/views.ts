/**
 * Where this browser looked at each board the last time.
 * Owns their place in localStorage; knows no engine and no board.
 */
import { read, write } from './local';

/** The board point in the middle of the window, and the zoom. */
export type View = readonly [x: number, y: number, zoom: number];

const KEY = 'drawbridge.views';
/** More boards than anybody goes back to; the oldest falls off. */
const LIMIT = 200;

function isKept(value: unknown): value is [string, ...View] {
  return Array.isArray(value) && value.length === 4 && typeof value[0] === 'string'
    && value.slice(1).every((number) => Number.isFinite(number));
}

function kept(): [string, ...View][] {
  const stored = read(KEY);
  return Array.isArray(stored) ? stored.filter(isKept) : [];
}

/** The last view of a board, if it was seen here. */
export function viewOf(board: string): View | undefined {
  const found = kept().find(([id]) => id === board);
  return found && [found[1], found[2], found[3]];
}

/** Remembers where one looks at a board. */
export function keepView(board: string, [x, y, zoom]: View): void {
  const others = kept().filter(([id]) => id !== board);
  write(KEY, [[board, x, y, zoom], ...others].slice(0, LIMIT));
}
