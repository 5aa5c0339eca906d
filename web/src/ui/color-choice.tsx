/**
 * A row of colour presets and any other colour.
 * Owns the presets; colours are the document's (light) ones, the style sheet turns them over in dark.
 */
import { takeKeyboard } from '../keys';
import { later } from '../words-later';
import { roveFocus } from './roving';

interface Preset {
  color: string;
  label: string;
}

const { colors } = later;

/** For outlines, ink and text. */
export const STROKES: readonly Preset[] = [
  { color: '#1e1e1e', label: colors.ink },
  { color: '#868e96', label: colors.grey },
  { color: '#e03131', label: colors.red },
  { color: '#e8590c', label: colors.orange },
  { color: '#f0a500', label: colors.amber },
  { color: '#2f9e44', label: colors.green },
  { color: '#0c8599', label: colors.teal },
  { color: '#1971c2', label: colors.blue },
  { color: '#7048e8', label: colors.violet },
];

/** For the inside of shapes. */
export const FILLS: readonly Preset[] = [
  { color: 'transparent', label: colors.none },
  { color: '#e9ecef', label: colors.grey },
  { color: '#ffc9c9', label: colors.red },
  { color: '#ffd8a8', label: colors.orange },
  { color: '#ffec99', label: colors.yellow },
  { color: '#b2f2bb', label: colors.green },
  { color: '#99e9f2', label: colors.teal },
  { color: '#a5d8ff', label: colors.blue },
  { color: '#d0bfff', label: colors.violet },
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
            aria-label={later.style.option(name, label)}
            title={label}
            tabIndex={i === Math.max(0, known) ? 0 : -1}
            onClick={() => change(color, true)}
          >
            <span class={`swatch-face turns ${color === 'transparent' ? 'swatch-none' : ''}`} style={{ '--own': color }} />
          </button>
        ))}
        <label class={`swatch swatch-any ${custom ? 'swatch-chosen' : ''}`} title={later.style.anyColor}>
          <span class={`swatch-face ${custom ? 'turns' : 'swatch-wheel'}`} style={custom ? { '--own': opaque } : {}} />
          <input
            type="color"
            aria-label={later.style.custom(name)}
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
