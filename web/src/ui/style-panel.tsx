/**
 * What fits the selection, or what is drawn next: colours, width, opacity, font size.
 * Owns which control a field's row asks for; the engine says which fields apply and what they hold.
 */
import { SlidersHorizontal } from 'lucide';
import { type Act, actionsOf } from '../actions';
import { STYLE } from '../engine/style';
import { selected, style } from '../ui-state';
import { later } from '../words-later';
import { ActionButton } from './action-button';
import { ColorChoice } from './color-choice';
import { Icon } from './icon';
import './icons-later';
import { NumberChoice } from './number-choice';
import './style-panel.css';

/** The name of a style field. */
export type Field = keyof typeof STYLE;
/** A value of one; null: several have several. */
export type Value = string | number | null;
/** Sets a style field; `done` ends it as one undo step. */
export type Restyle = (field: Field, value: string | number, done: boolean) => void;

const say = later.style;

interface ControlProps {
  field: Field;
  name: string;
  value: Value;
  restyle: Restyle;
}

function Control({ field, name, value, restyle }: ControlProps) {
  const control = STYLE[field];
  const number = typeof value === 'number' ? value : null;
  const change = (set: string | number, done: boolean) => restyle(field, set, done);
  switch (control.kind) {
    case 'swatches':
      return (
        <ColorChoice
          name={name}
          value={typeof value === 'string' ? value : null}
          swatches={control.swatches}
          change={change}
        />
      );
    case 'widths':
      return (
        <NumberChoice
          name={name}
          value={number}
          presets={control.presets}
          range={control}
          face={(i) => <span class="width-face" style={{ height: `${[1.5, 2.5, 4.5, 7][i]}px` }} />}
          change={change}
        />
      );
    case 'sizes':
      return (
        <NumberChoice
          name={name}
          value={number}
          presets={control.presets}
          range={{ ...control, step: 1, asNumber: true }}
          face={(_, size) => <span>{later.letters[size as keyof typeof later.letters]}</span>}
          change={change}
        />
      );
    case 'share': {
      const { min, max, step } = control;
      return (
        <NumberChoice
          name={name}
          value={number === null ? null : Math.round(number * 100)}
          range={{ min: min * 100, max: max * 100, step: step * 100 }}
          unit="%"
          change={(percent, done) => change(percent / 100, done)}
        />
      );
    }
  }
}

function Arrange({ act }: { act: Act }) {
  return (
    <section class="style-section">
      <h2 class="caption">{say.arrange}</h2>
      <div class="style-row arrange" role="group" aria-label={say.arrange}>
        {actionsOf('arrange').map(({ id }) => <ActionButton key={id} id={id} act={act} />)}
      </div>
    </section>
  );
}

/** How the board shows a colour that people are offered in the dark. */
function darkOf(color: Value): string | undefined {
  const offered = [...STYLE.stroke.swatches, ...STYLE.fill.swatches];
  return offered.find((swatch) => swatch.color === color)?.dark;
}

/** What the panel's button shows of the style: its colours, or that there are none. */
function Dot({ stroke, fill }: { stroke: Value | undefined; fill: Value | undefined }) {
  if (stroke === undefined) return <Icon node={SlidersHorizontal} />;
  const inside = fill === undefined ? stroke : fill;
  const face = {
    '--own-line': stroke ?? 'var(--faint)',
    '--own-line-dark': darkOf(stroke),
    '--own': inside ?? 'transparent',
    '--own-dark': darkOf(inside),
  };
  return <span class="style-dot turns" style={face} />;
}

export function StylePanel({ act, restyle }: { act: Act; restyle: Restyle }) {
  const shown = style.value;
  if (shown.length === 0 && selected.value === 0) return null;
  const values = new Map(shown.map(({ field, value }) => [field as Field, value]));
  // A text's stroke is the colour of its letters.
  const nameOf = (field: Field) =>
    field === 'stroke' && values.has('fontSize') && !values.has('width') ? say.color : say[field];
  return (
    <div class="style-place">
      <button
        type="button"
        class="button style-opener"
        popovertarget="style-panel"
        aria-label={say.opener}
        title={say.opener}
      >
        <Dot stroke={values.get('stroke')} fill={values.get('fill')} />
      </button>
      <div
        id="style-panel"
        class="style-panel"
        popover="auto"
        role="group"
        aria-label={say.panel}
      >
        {[...values].map(([field, value]) => (
          <Control key={field} {...{ field, name: nameOf(field), value, restyle }} />
        ))}
        {selected.value > 0 && <Arrange act={act} />}
      </div>
    </div>
  );
}
