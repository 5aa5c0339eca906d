/**
 * Whether the style panel is folded to a disc.
 * Owns the choice and its place in localStorage; a telephone has nothing but the disc.
 */
import { signal } from '@preact/signals';
import { read, write } from '../local';

const KEY = 'drawbridge.panel-folded';

export const folded = signal(read(KEY) === true);

/** Folds or unfolds, and remembers. */
export function fold(away: boolean): void {
  folded.value = away;
  write(KEY, away);
}
