/**
 * A row of colour presets and any other colour.
 * Owns the presets; colours are the document's (light) ones, the style sheet turns them over in dark.
 */
import { takeKeyboard } from '../keys';
import { roveFocus } from './roving';

interface Preset {
  color: string;
  label: string;
}

/** For outlines, ink and text. */
export const STROKES: readonly Preset[] = [
  { color: '#1e1e1e', label: 'Ink' },
  { color: '#868e96', label: 'Grey' },
  { color: '#e03131', label: 'Red' },
  { color: '#e8590c', label: 'Orange' },
  { color: '#f0a500', label: 'Amber' },
  { color: '#2f9e44', label: 'Green' },
  { color: '#0c8599', label: 'Teal' },
  { color: '#1971c2', label: 'Blue' },
  { color: '#7048e8', label: 'Violet' },
];

/** For the inside of shapes. */
export const FILLS: readonly Preset[] = [
  { color: 'transparent', label: 'None' },
  { color: '#e9ecef', label: 'Grey' },
  { color: '#ffc9c9', label: 'Red' },
  { color: '#ffd8a8', label: 'Orange' },
  { color: '#ffec99', label: 'Yellow' },
  { color: '#b2f2bb', label: 'Green' },
  { color: '#99e9f2', label: 'Teal' },
  { color: '#a5d8ff', label: 'Blue' },
  { color: '#d0bfff', label: 'Violet' },
];

interface Props {
  name: string;
  /** Absent: mixed. */
  value: string | null | undefined;
  presets: readonly Preset[];
  change: (color: string, done: boolean) => void;
}

export function ColorChoice({ name, value, presets, change }: Props) {
  const custom = value != null && !presets.some((preset) => preset.color === value);
  const known = presets.findIndex((preset) => preset.color === value);
  const opaque = /^#[0-9a-f]{6}/i.exec(value ?? '')?.[0] ?? '#1e1e1e';
  return (
    <section class="style-section">
      <h2 class="caption">{name}</h2>
      <div
        class="swatches"
        role="radiogroup"
        aria-label={name}
        onKeyDown={(event) => roveFocus(event, true)}
      >
        {presets.map(({ color, label }, i) => (
          <button
            key={color}
            type="button"
            class="swatch"
            role="radio"
            aria-checked={i === known}
            aria-label={`${name}: ${label}`}
            title={label}
            tabIndex={i === Math.max(0, known) ? 0 : -1}
            onClick={() => change(color, true)}
          >
            <span class={`swatch-face turns ${color === 'transparent' ? 'swatch-none' : ''}`} style={{ '--own': color }} />
          </button>
        ))}
        <label class={`swatch swatch-any ${custom ? 'swatch-chosen' : ''}`} title="Any colour">
          <span class={`swatch-face ${custom ? 'turns' : 'swatch-wheel'}`} style={custom ? { '--own': opaque } : {}} />
          <input
            type="color"
            aria-label={`${name}: any colour`}
            value={opaque}
            onInput={(event) => change(event.currentTarget.value, false)}
            onChange={(event) => {
              change(event.currentTarget.value, true);
              // Who chose by mouse goes on with the board; who came by Tab goes on from here.
              if (!event.currentTarget.matches(':focus-visible')) takeKeyboard();
            }}
          />
        </label>
      </div>
    </section>
  );
}
