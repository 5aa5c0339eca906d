/**
 * What the window and its pointers are like, as signals.
 * Owns the bounds between layouts that scripts have to know; the style sheets repeat them.
 */
import { type Signal, signal } from '@preact/signals';

function matches(query: string): Signal<boolean> {
  const list = matchMedia(query);
  const now = signal(list.matches);
  list.addEventListener('change', () => (now.value = list.matches));
  return now;
}

/** A telephone, upright or lying, or as little room. */
export const phone = matches('(max-width: 719px), (max-height: 499px)');
/** So short and narrow that tools and corner share a row with nothing to spare. */
export const cramped = matches('(max-width: 799px) and (max-height: 499px)');
/** So narrow that the corner has no room for many people, beside the tools or on the smallest telephones. */
export const narrow = matches('(min-width: 720px) and (max-width: 899px), (max-width: 359px)');
/** Whether fingers are what one mainly points with. */
export const touch = matches('(pointer: coarse)');
