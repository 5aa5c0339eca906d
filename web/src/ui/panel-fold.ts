/**
 * Whether the style panel is folded to a disc.
 * Owns the choice and its place in localStorage. A telephone has nothing but the disc, and a narrow tablet
 * begins with it: there the panel would lie under the hand that draws.
 */
import { read, write } from '../local';
import { touch } from '../media';
import { folded } from '../ui-state';

const KEY = 'drawbridge.panel-folded';
/** From here on panel and drawing have room beside each other, CSS pixels. */
const WIDE = 1024;

folded.value = (read(KEY) ?? (touch.value && innerWidth < WIDE)) === true;

/** Folds or unfolds, and remembers. */
export function fold(away: boolean): void {
  folded.value = away;
  write(KEY, away);
}
