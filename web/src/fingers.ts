/**
 * Whether fingers draw, or leave that to a pen and move the board.
 * Owns the choice and its place in localStorage; what a finger does is the engine's.
 */
import { signal } from '@preact/signals';
import { read, write } from './local';

const KEY = 'drawbridge.fingers-draw';

/** Undefined as long as no pen has drawn in this browser and nobody has chosen. */
export const fingersDraw = signal<boolean | undefined>(parse(read(KEY)));

function parse(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined;
}

/** Chooses and remembers; false when that is the choice already. */
export function chooseFingers(draw: boolean): boolean {
  if (draw === fingersDraw.value) return false;
  fingersDraw.value = draw;
  write(KEY, draw);
  return true;
}
