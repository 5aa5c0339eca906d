/**
 * Widgets that nobody needs before the board is there and saved: they are fetched then.
 * Owns that, and when it is tried again; knows none of them.
 */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { onceSaved } from '../ui-state';

/** Between two tries, ms: a file may be gone for good, because the server has a newer page. */
const AGAIN = 10_000;

/** A widget that shows nothing until it has come. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const widget = signal<ComponentType<Props> | undefined>(undefined);
  const fetch = (): void => {
    load().then((come) => (widget.value = come), () => onceSaved(fetch, AGAIN));
  };
  onceSaved(fetch);
  return (props) => {
    const Widget = widget.value;
    return Widget ? <Widget {...props} /> : null;
  };
}
