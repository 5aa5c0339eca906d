/**
 * Widgets that nobody needs before the board is there and saved: they are fetched then.
 * Owns when; knows none of them.
 */
import { effect, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { connection } from '../ui-state';

/** A widget that shows nothing until it has come; what fails to come is tried again when all is saved anew. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const widget = signal<ComponentType<Props> | undefined>(undefined);
  let coming = false;
  effect(() => {
    if (connection.value !== 'saved' || widget.peek() || coming) return;
    coming = true;
    load().then((come) => (widget.value = come), () => (coming = false));
  });
  return (props) => {
    const Widget = widget.value;
    return Widget ? <Widget {...props} /> : null;
  };
}
