/**
 * The parts of a board's page in turn, by one key: the board, its tools, the style of what is selected.
 * Owns their order, and where each is entered; what is selected stays so.
 */
import { takeKeyboard } from './keys';

/** Those that have something to go to; without a selection there may be no panel. */
const PARTS = ['#board', '.toolbar', '#style-panel'] as const;

/** Goes to the next part, or to the one before. */
export function walkParts(step: 1 | -1): void {
  const parts = PARTS.flatMap((part) => document.querySelector<HTMLElement>(part) ?? []);
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  // Whatever is none of them is left as if it were the board.
  const next = parts[(Math.max(0, here) + step + parts.length) % parts.length];
  document.querySelectorAll<HTMLElement>('[popover=auto]:popover-open').forEach((open) => open.hidePopover());
  if (!next || next.id === 'board') {
    // Behind a menu that was open nothing might have it.
    document.getElementById('board')?.focus({ preventScroll: true });
    return takeKeyboard(true);
  }
  if (next.popover) next.showPopover();
  const stops = [...next.querySelectorAll<HTMLElement>('button, input')];
  stops.find((stop) => stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.checkVisibility())?.focus();
}
