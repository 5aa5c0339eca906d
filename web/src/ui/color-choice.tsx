/**
 * A row of colours that are offered, and a card with any other.
 * Owns how they are picked; colours are the document's (light) ones, which the board shows otherwise in the dark.
 */
import { useId, useState } from 'preact/hooks';
import { later } from '../words-later';
import { Caption } from './caption';
import { ColorCard } from './color-card';
import { roveFocus } from './roving';
import type { OnBoard } from './style-panel';
import { SwatchButton } from './swatch';

interface Swatch {
  color: string;
  dark: string;
  /** The key of its name. */
  name: keyof typeof later.colors;
}

interface Props {
  name: string;
  /** Null: mixed. */
  value: string | null;
  swatches: readonly Swatch[];
  /** Whether it is often wanted: a low sheet shows no other. */
  quick: boolean;
  /** Asks for the colours that are on the board, each as often as something has it. */
  onBoard: OnBoard;
  change: (color: string, done: boolean) => void;
}

export function ColorChoice({ name, value, swatches, quick, onBoard, change }: Props) {
  const [open, setOpen] = useState(false);
  const card = useId();
  const known = swatches.findIndex((swatch) => swatch.color === value);
  const custom = value !== null && value !== '' && known < 0;
  const mixed = value === null;
  return (
    <section class={`style-section ${quick ? 'quick' : ''}`}>
      <Caption {...{ name, mixed }} />
      <div class="swatches">
        <div
          class="swatches-offered"
          role="radiogroup"
          aria-label={name}
          aria-description={mixed ? later.style.mixed : undefined}
          onKeyDown={(event) => roveFocus(event, true)}
        >
          {swatches.map(({ color, dark, name: key }, i) => (
            <SwatchButton
              key={color}
              {...{ color, dark }}
              label={later.style.option(name, later.colors[key])}
              title={later.colors[key]}
              checked={i === known}
              stop={i === Math.max(0, known)}
              pick={(picked) => change(picked, true)}
            />
          ))}
        </div>
        <button
          type="button"
          class={`swatch ${custom ? 'swatch-chosen' : ''}`}
          popovertarget={card}
          aria-label={later.style.custom(name)}
          title={later.style.anyColor}
        >
          <span class={`swatch-face ${custom ? 'turns' : 'swatch-wheel'}`} style={custom ? { '--own': value } : {}} />
        </button>
      </div>
      <div
        id={card}
        class="popover color-card"
        popover="auto"
        role="dialog"
        aria-label={later.style.custom(name)}
        onBeforeToggle={(event) => event.newState === 'open' && setOpen(true)}
        // Afterwards: what has the focus must be there until the browser has given it back.
        onToggle={(event) => event.newState === 'closed' && setOpen(false)}
      >
        {open && <ColorCard {...{ name, value, onBoard, change }} offered={swatches.map(({ color }) => color)} />}
      </div>
    </section>
  );
}
