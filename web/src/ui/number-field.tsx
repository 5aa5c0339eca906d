/**
 * A number that one types.
 * Owns what is in the making: Enter and leaving take it, Escape drops it; knows no style field.
 */
import { useRef } from 'preact/hooks';
import { takeKeyboard } from '../keys';
import { toast } from '../ui-state';
import { later } from '../words-later';

interface Props {
  /** What it is the number of. */
  name: string;
  /** Absent: mixed. */
  value: number | null | undefined;
  min: number;
  max: number;
  change: (value: number) => void;
}

/** As it is shown: to a tenth, and small ones to a hundredth. */
export function rounded(value: number): number {
  const grain = Math.abs(value) < 10 ? 100 : 10;
  return Math.round(value * grain) / grain;
}

export function NumberField({ name, value, min, max, change }: Props) {
  const shown = value == null ? '' : String(rounded(value));
  /** What is typed and not taken yet: others' changes must not write over it. */
  const typed = useRef<string | undefined>(undefined);
  const take = (input: HTMLInputElement) => {
    if (typed.current === undefined) return;
    typed.current = undefined;
    const number = input.valueAsNumber;
    const within = Math.min(max, Math.max(min, number));
    const blank = input.value === '' && !input.validity.badInput;
    if (number !== within && !blank) toast(later.style.outOfRange(name, min, max));
    // Written here, because to Preact a field that holds no number looks blank already.
    input.value = Number.isNaN(within) ? shown : String(rounded(within));
    if (!Number.isNaN(within) && within !== value) change(within);
  };
  return (
    <input
      class="number"
      type="number"
      aria-label={later.style.inNumbers(name)}
      {...{ min, max }}
      step="any"
      value={typed.current ?? shown}
      placeholder={later.style.mixed}
      onInput={(event) => (typed.current = event.currentTarget.value)}
      onChange={(event) => take(event.currentTarget)}
      onBlur={(event) => take(event.currentTarget)}
      onKeyDown={(event) => {
        const input = event.currentTarget;
        if (event.key === 'Enter') {
          // The text that gets the keyboard back would take the key too.
          event.preventDefault();
          takeKeyboard(true);
        } else if (event.key === 'Escape') {
          typed.current = undefined;
          input.value = shown;
        }
      }}
    />
  );
}
