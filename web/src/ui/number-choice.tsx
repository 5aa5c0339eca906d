/**
 * A number with presets and a slider (or a box to type it in).
 * Owns the difference between "still moving" and "done"; knows no style field.
 */
import type { ComponentChildren } from 'preact';
import { takeKeyboard } from '../keys';
import { later } from '../words-later';
import { NumberField } from './number-field';
import { roveFocus } from './roving';

interface Props {
  name: string;
  /** Absent: mixed. */
  value: number | null | undefined;
  presets?: readonly { value: number; name: keyof typeof later.presets }[];
  /** What the preset's button shows. */
  face?: (index: number, name: string) => ComponentChildren;
  range: { min: number; max: number; step: number; asNumber?: boolean };
  unit?: string;
  change: (value: number, done: boolean) => void;
}

function Presets({ name, value, presets = [], face, change }: Props) {
  const known = presets.findIndex((preset) => preset.value === value);
  return (
    <div class="style-row" role="radiogroup" aria-label={name} onKeyDown={(event) => roveFocus(event, true)}>
      {presets.map((preset, i) => (
        <button
          key={preset.value}
          type="button"
          class="button preset"
          role="radio"
          aria-checked={i === known}
          aria-label={later.style.option(name, later.presets[preset.name])}
          title={`${later.presets[preset.name]} (${preset.value})`}
          tabIndex={i === Math.max(0, known) ? 0 : -1}
          onClick={() => change(preset.value, true)}
        >
          {face?.(i, preset.name)}
        </button>
      ))}
    </div>
  );
}

export function NumberChoice(props: Props) {
  const { name, value, presets, range, unit = '', change } = props;
  const { min, max, step, asNumber } = range;
  const shown = value == null ? later.style.mixed : `${Math.round(value * 10) / 10}${unit}`;
  return (
    <section class="style-section">
      <div class="style-head">
        <h2 class="caption">{name}</h2>
        {asNumber ? (
          <NumberField {...{ name, value, min, max }} change={(number) => change(number, true)} />
        ) : (
          <output class="caption amount">{shown}</output>
        )}
      </div>
      {presets && <Presets {...props} />}
      {!asNumber && (
        <input
          class="slider"
          type="range"
          aria-label={presets ? later.style.slider(name) : name}
          aria-valuetext={shown}
          {...{ min, max, step }}
          value={value ?? (min + max) / 2}
          style={{ '--filled': `${(((value ?? min) - min) / (max - min)) * 100}%` }}
          onInput={(event) => change(event.currentTarget.valueAsNumber, false)}
          onChange={(event) => change(event.currentTarget.valueAsNumber, true)}
          // The keys belong to the board again once the mouse has let go.
          onPointerUp={takeKeyboard}
        />
      )}
    </section>
  );
}
