/**
 * Dots behind the board, something to hold on to while one moves.
 * Owns whether they show, and its place in localStorage; where they are is `dots-place.ts`.
 */
import { signal } from '@preact/signals';
import { read, write } from './local';

const KEY = 'drawbridge.dots';
/** Whether dots show. */
export const dots = signal(read(KEY) === true);

/** Shows them, or no longer, and remembers it. */
export function turnDots(): void {
  dots.value = !dots.value;
  write(KEY, dots.value);
}
