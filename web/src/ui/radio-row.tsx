/**
 * A row of buttons of which one is chosen: values of a style field with a face each.
 * Owns what makes it a radio group for keyboard and screen reader; knows no field.
 */
import type { ComponentChildren } from 'preact';
import { later } from '../words-later';
import { roveFocus } from './roving';

/** One of the values. */
export interface RadioOption<Value> {
  value: Value;
  /** What it is called. */
  label: string;
  /** The same where there is room for more. */
  title: string;
  face: ComponentChildren;
}

interface Props<Value> {
  /** What the row decides. */
  name: string;
  /** The class of the row, and of each button. */
  row: string;
  button: string;
  /** Null: mixed. */
  value: Value | null | undefined;
  options: readonly RadioOption<Value>[];
  choose: (value: Value) => void;
}

export function RadioRow<Value extends string | number>({ name, row, button, value, options, choose }: Props<Value>) {
  const known = options.findIndex((option) => option.value === value);
  return (
    <div
      class={row}
      role="radiogroup"
      aria-label={name}
      aria-description={value === null ? later.style.mixed : undefined}
      onKeyDown={(event) => roveFocus(event, true)}
    >
      {options.map(({ value, label, title, face }, i) => (
        <button
          key={value}
          type="button"
          class={`button ${button}`}
          role="radio"
          aria-checked={i === known}
          aria-label={later.style.option(name, label)}
          title={title}
          tabIndex={i === Math.max(0, known) ? 0 : -1}
          onClick={() => choose(value)}
        >
          {face}
        </button>
      ))}
    </div>
  );
}
