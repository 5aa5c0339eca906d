/**
 * What bars and panels leave free of the board, so that what is brought into view is seen whole.
 * Owns measuring it; what is brought there is the engine's.
 */
import { effect } from '@preact/signals';
import { folded, introduced, selected, style } from './ui-state';

/** What stands before the board for longer than a glance. */
const BARS = ['.chrome .island', '.chrome .style-panel', '.introduction'] as const;

type Edges = readonly [left: number, top: number, right: number, bottom: number];

/** The largest part of a window that is left when each bar takes the side where it takes least. */
export function freeOf(width: number, height: number, bars: readonly DOMRectReadOnly[]): Edges {
  let free: Edges = [0, 0, width, height];
  for (const bar of bars) {
    const [left, top, right, bottom] = free;
    if (bar.right <= left || bar.left >= right || bar.bottom <= top || bar.top >= bottom) continue;
    const cuts: readonly Edges[] = [
      [bar.right, top, right, bottom], [left, bar.bottom, right, bottom],
      [left, top, bar.left, bottom], [left, top, right, bar.top],
    ];
    const area = ([x0, y0, x1, y1]: Edges) => Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
    free = cuts.reduce((most, cut) => (area(cut) > area(most) ? cut : most));
  }
  return free;
}

/** Tells what is free whenever it may have changed; the function that it gives asks anew. */
export function watchFreeArea(stage: HTMLElement, tell: (...edges: Edges) => void): () => void {
  const measure = (): void => {
    // Bars first: they lie along the edges, and beside a panel they would seem to stand upright.
    const bars = BARS.flatMap((bar) => [...document.querySelectorAll<HTMLElement>(bar)]);
    const shown = bars.filter((bar) => bar.checkVisibility() && !bar.matches(':popover-open'));
    tell(...freeOf(stage.clientWidth, stage.clientHeight, shown.map((bar) => bar.getBoundingClientRect())));
  };
  let due = 0;
  effect(() => {
    // The style panel comes and goes with what there is to style, and stands a frame later.
    void [style.value.length, selected.value > 0, folded.value, introduced.value];
    cancelAnimationFrame(due);
    due = requestAnimationFrame(measure);
  });
  return measure;
}
