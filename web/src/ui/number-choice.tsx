/**
 * A number with presets, a slider, a field to type it in, or several of these.
 * Owns the difference between "still moving" and "done"; knows no style field.
 */
import type { ComponentChildren } from 'preact';
import { takeKeyboard } from '../keys';
import { later } from '../words-later';
import { NumberField, rounded } from './number-field';
import { RadioRow } from './radio-row';

interface Preset {
  value: number;
  /** The key of its name. */
  name: keyof typeof later.presets;
}

interface Props {
  name: string;
  /** What is written above it, where the name says more than one sees. */
  caption?: string;
  /** Absent: mixed. */
  value: number | null | undefined;
  presets?: readonly Preset[];
  /** What the preset's button shows. */
  face?: (preset: Preset) => ComponentChildren;
  range: { min: number; max: number; step: number };
  unit?: string;
  /** Whether it can be typed. */
  typed?: boolean;
  /** Whether it has a slider; a logarithmic one gives each doubling as much room. */
  slides?: boolean | 'logarithmic';
  change: (value: number, done: boolean) => void;
}

function Presets({ name, value, presets = [], face, change }: Props) {
  const options = presets.map((preset) => {
    const label = later.presets[preset.name];
    return { value: preset.value, label, title: `${label} (${preset.value})`, face: face?.(preset) };
  });
  return (
    <RadioRow
      name={name}
      row="style-row"
      button="preset"
      value={value}
      options={options}
      choose={(number) => change(number, true)}
    />
  );
}

/** Steps per doubling of a slider that is logarithmic. */
const STEPS = 4;

/** The numbers where a logarithmic slider stops: each a step that one can see, and every doubling. */
function stopsOf({ min, max, step }: Props['range']): number[] {
  const count = Math.ceil(Math.log2(max / min) * STEPS);
  const stops = Array.from({ length: count }, (_, i) => {
    const exact = min * 2 ** (i / STEPS);
    const grain = Math.max(step, 2 ** Math.floor(Math.log2(exact)) / 8);
    return Math.round(exact / grain) * grain;
  });
  return [...new Set([...stops, max])];
}

/** The place of the number that is nearest. */
function nearest(numbers: readonly number[], value: number): number {
  return numbers.reduce((best, number, i) =>
    Math.abs(number - value) < Math.abs((numbers[best] ?? Infinity) - value) ? i : best, 0);
}

function Slider({ name, value, presets, range, slides, shown, change }: Props & { shown: string }) {
  const stops = slides === 'logarithmic' ? stopsOf(range) : undefined;
  const { min, max, step } = stops ? { min: 0, max: stops.length - 1, step: 1 } : range;
  const at = value == null ? (min + max) / 2 : stops ? nearest(stops, value) : value;
  const set = (input: HTMLInputElement, done: boolean) =>
    change(stops?.[input.valueAsNumber] ?? input.valueAsNumber, done);
  return (
    <input
      class={value == null ? 'slider mixed' : 'slider'}
      type="range"
      aria-label={presets ? later.style.slider(name) : name}
      aria-valuetext={shown}
      {...{ min, max, step }}
      value={at}
      style={{ '--filled': `${value == null ? 0 : ((at - min) / (max - min)) * 100}%` }}
      onInput={(event) => set(event.currentTarget, false)}
      onChange={(event) => set(event.currentTarget, true)}
      // The keys belong to the board again once the mouse has let go.
      onPointerUp={() => takeKeyboard()}
    />
  );
}

export function NumberChoice(props: Props) {
  const { name, caption = name, value, presets, range, unit = '', typed, slides, change } = props;
  const { min, max } = range;
  const shown = value == null ? later.style.mixed : `${rounded(value)}${unit}`;
  return (
    <section class={`style-section ${presets ? 'quick' : 'one-line'}`}>
      <div class="style-head">
        <h2 class="caption">{caption}</h2>
        {typed ? (
          <NumberField {...{ name, value, min, max }} change={(number) => change(number, true)} />
        ) : (
          <output class="caption amount">{shown}</output>
        )}
      </div>
      {presets && <Presets {...props} />}
      {slides && <Slider {...props} shown={shown} />}
    </section>
  );
}
