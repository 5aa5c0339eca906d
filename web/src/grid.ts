/**
 * What things snap to: the grid, whose points show as dots behind the board, and other elements.
 * Owns whether they do, and its place in localStorage; where dots are is `dots-place.ts`, what snaps the
 * engine's.
 */
import { signal } from '@preact/signals';
import type { Engine } from './engine/wasm_client.js';
import { read, write } from './local';

const KEY = 'drawbridge.dots';
/** Between two lines of the grid, board units. */
export const STEP = 20;
/** Whether the grid is on: its dots show, and things snap to it. */
export const dots = signal(read(KEY) === true);

/** Turns it on or off, and remembers it. */
export function turnDots(): void {
  dots.value = !dots.value;
  write(KEY, dots.value);
}

const SNAP_KEY = 'drawbridge.snap';
/** Whether things snap to other elements. */
export const snaps = signal(read(SNAP_KEY) !== false);

/** Turns that on or off, and remembers it. */
export function turnSnap(): void {
  snaps.value = !snaps.value;
  write(SNAP_KEY, snaps.value);
}

/** Tells an engine what things snap to now. */
export function tellSnap(engine: Pick<Engine, 'snap'>): void {
  engine.snap(snaps.value, dots.value ? STEP : 0);
}
