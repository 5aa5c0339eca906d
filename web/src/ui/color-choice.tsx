/**
 * A row of colour presets and any other colour.
 * Owns how they are picked; colours are the document's (light) ones, which the board shows otherwise in the dark.
 */
import { takeKeyboard } from '../keys';
import { later } from '../words-later';
import { roveFocus } from './roving';

interface Swatch {
  color: string;
  /** As it is shown in the dark. */
  dark: string;
  /** The key of its name. */
  name: keyof typeof later.colors;
}

interface Props {
  name: string;
  /** Absent: mixed. */
  value: string | null | undefined;
  swatches: readonly Swatch[];
  /** Whether it is often wanted: a low sheet shows no other. */
  quick: boolean;
  change: (color: string, done: boolean) => void;
}

export function ColorChoice({ name, value, swatches, quick, change }: Props) {
  const custom = value != null && !swatches.some((swatch) => swatch.color === value);
  const known = swatches.findIndex((swatch) => swatch.color === value);
  const opaque = /^#[0-9a-f]{6}/i.exec(value ?? '')?.[0] ?? '#1e1e1e';
  return (
    <section class={`style-section ${quick ? 'quick' : ''}`}>
      <h2 class="caption">{name}</h2>
      <div
        class="swatches"
        role="radiogroup"
        aria-label={name}
        onKeyDown={(event) => roveFocus(event, true)}
      >
        {swatches.map(({ color, dark, name: key }, i) => (
          <button
            key={color}
            type="button"
            class="swatch"
            role="radio"
            aria-checked={i === known}
            aria-label={later.style.option(name, later.colors[key])}
            title={later.colors[key]}
            tabIndex={i === Math.max(0, known) ? 0 : -1}
            onClick={() => change(color, true)}
          >
            <span class={`swatch-face turns ${color === 'transparent' ? 'swatch-none' : ''}`} style={{ '--own': color, '--own-dark': dark }} />
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
