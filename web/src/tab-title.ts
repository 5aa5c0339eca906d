/**
 * What the browser's tab says: the board's title, and a dot on it and on the mark while something is
 * not saved. Owns when that is worth a dot.
 */
import { computed, effect, signal } from '@preact/signals';
import mark from './mark.svg?raw';
import { sync } from './ui-state';

/** Saving takes a moment, which is no reason for a dot, ms. */
const MOMENT = 1_000;

/** The page's title. */
export const title = signal(document.title);

const waits = computed(() => sync.value.waiting > 0);
const unsaved = signal(false);

const DOT = '<circle cx="25" cy="25" r="7" fill="#f08c00" stroke="#fff" stroke-width="2"/></svg>';

/** Keeps title and mark true. */
export function followTitle(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const plain = icon?.href ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    clearTimeout(timer);
    if (waits.value) timer = setTimeout(() => (unsaved.value = true), MOMENT);
    else unsaved.value = false;
  });
  effect(() => {
    document.title = unsaved.value ? `● ${title.value}` : title.value;
  });
  effect(() => {
    // Written down here, because it is needed when nothing can be fetched.
    const dotted = `data:image/svg+xml,${encodeURIComponent(mark.replace('</svg>', DOT))}`;
    if (icon) icon.href = unsaved.value ? dotted : plain;
  });
}
