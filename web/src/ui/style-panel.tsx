/**
 * What fits the selection, or what is drawn next: colours, width, opacity, font size.
 * Owns which control a field's row asks for; the engine says which fields apply and what they hold.
 */
import { PanelLeftClose, PanelLeftOpen, SlidersHorizontal } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Act, type ActionId, actionsOf, applies } from '../actions';
import { MARKS, PAPERS, STYLE } from '../engine/style';
import { phone } from '../media';
import { folded, selected, sheet as standing, style } from '../ui-state';
import { later } from '../words-later';
import { ActionButton } from './action-button';
import { IconButton } from './button';
import { ColorChoice } from './color-choice';
import { Icon } from './icon';
import './icons-later';
import { fold } from './panel-fold';
import { darkOf } from './offered';
import { SheetHandle } from './sheet-handle';
import { NumberChoice } from './number-choice';
import { PickChoice } from './pick-choice';
import { PlaceFields, type Put } from './place-fields';
import './scroll-shade.css';
import './style-panel.css';

/** The name of a style field. */
export type Field = keyof typeof STYLE;
/** A value of one; null: several have several. */
export type Value = string | number | null;
/** Sets a style field; `done` ends it as one undo step. */
export type Restyle = (field: Field, value: string | number, done: boolean) => void;

const say = later.style;
/** So many times wider is a highlighter than what its button shows. */
const BROAD = 3.5;

/** Asks which colours are on the board, `0xRRGGBBAA`, each as often as something has it. */
export type OnBoard = () => Iterable<number> | undefined;

interface ControlProps {
  field: Field;
  name: string;
  value: Value;
  /** Whether it is a highlighter's: never without a colour, and wide. */
  marks: boolean;
  /** Whether it is the colour of paper: never without one either. */
  paper: boolean;
  restyle: Restyle;
  onBoard: OnBoard;
}

function Control({ field, name, value, marks, paper, restyle, onBoard }: ControlProps) {
  const control = STYLE[field];
  const number = typeof value === 'number' ? value : null;
  const change = (set: string | number, done: boolean) => restyle(field, set, done);
  switch (control.kind) {
    case 'swatches':
      return (
        <ColorChoice
          name={name}
          value={typeof value === 'string' ? value : null}
          swatches={marks && field === 'fill' ? MARKS.swatches : paper ? PAPERS : control.swatches}
          quick={field === 'stroke' || marks || paper}
          {...{ onBoard, change }}
        />
      );
    case 'widths':
      return (
        <NumberChoice
          name={name}
          value={number}
          presets={marks ? MARKS.presets : control.presets}
          range={control}
          face={({ value }) => <span class="width-face" style={{ height: `${marks ? value / BROAD : value}px` }} />}
          typed
          slides="logarithmic"
          change={change}
        />
      );
    case 'sizes':
      return (
        <NumberChoice
          name={name}
          value={number}
          presets={control.presets}
          range={{ ...control, step: 1 }}
          typed
          face={(preset) => <span>{later.letters[preset.name as keyof typeof later.letters]}</span>}
          change={change}
        />
      );
    case 'picks':
      return (
        <PickChoice
          name={name}
          value={value}
          picks={control.picks}
          quick={field === 'contour'}
          mirrored={field === 'startHead'}
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
          slides
          change={(percent, done) => change(percent / 100, done)}
        />
      );
    }
  }
}

/** From here on it is no longer about what lies above what. */
const APART: ActionId = 'duplicate';

function Arrange({ act }: { act: Act }) {
  return (
    <section class="style-section">
      <h2 class="caption">{say.arrange}</h2>
      <div class="style-row arrange" role="group" aria-label={say.arrange}>
        {actionsOf('arrange').map(({ id }) => (
          <>
            {id === APART && <span class="divider" />}
            <ActionButton key={id} id={id} act={act} />
          </>
        ))}
      </div>
    </section>
  );
}

/** A section of actions: what would do something now. */
function Section({ of, act }: { of: 'hold' | 'picture'; act: Act }) {
  const rows = actionsOf(of).filter(({ id }) => applies(id));
  if (rows.length === 0) return null;
  return (
    <section class="style-section style-acts">
      <h2 class="caption">{say[of]}</h2>
      <div class="style-row" role="group" aria-label={say[of]}>
        {rows.map(({ id }) => <ActionButton key={id} id={id} act={act} />)}
      </div>
    </section>
  );
}

/** What several need, and one that is turned over. */
function Align({ act }: { act: Act }) {
  return (
    <section class="style-section">
      <h2 class="caption">{say.inLine}</h2>
      <div class="align" role="group" aria-label={say.inLine}>
        {actionsOf('align').map(({ id }) => <ActionButton key={id} id={id} act={act} />)}
      </div>
    </section>
  );
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

/** Folds the panel away, or keeps open what is shown for the moment. */
function FoldButton() {
  const change = ({ currentTarget }: { currentTarget: Element }) => {
    const focused = currentTarget === document.activeElement;
    fold(!folded.value);
    // The panel is made anew, and who came by keyboard goes on from what takes this button's place.
    if (focused) queueMicrotask(() => document.querySelector<HTMLElement>('.style-opener, .fold')?.focus());
  };
  return folded.value
    ? <IconButton class="fold" icon={PanelLeftOpen} label={say.keepOpen} onClick={change} />
    : <IconButton class="fold" icon={PanelLeftClose} label={say.fold} onClick={change} />;
}

interface PanelProps {
  act: Act;
  restyle: Restyle;
  onBoard: OnBoard;
  put: Put;
  /** Whether it is a sheet that opens from a disc. */
  sheet: boolean;
}

function Panel({ act, restyle, onBoard, put, sheet }: PanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    standing.value = open && phone.value ? panel.current?.getBoundingClientRect() : undefined;
    return () => (standing.value = undefined);
  }, [open, whole, phone.value]);
  const values = new Map(style.value.map(({ field, value }) => [field as Field, value]));
  // What is as wide as a line and has no stroke is a highlighter's: its fill is all there is of it.
  const marks = values.has('width') && !values.has('stroke');
  // What has words on its fill and no stroke is a note's.
  const papers = values.has('labelColor') && !values.has('stroke');
  const isPaper = (field: Field) => papers && field === 'fill';
  // A text's stroke is the colour of its letters.
  const nameOf = (field: Field) =>
    field === 'stroke' && values.has('fontSize') && !values.has('width') ? say.color
    : marks && field === 'fill' ? say.color
    : isPaper(field) ? say.paper
    : say[field];
  return (
    <div
      ref={panel}
      id="style-panel"
      class={`style-panel ${whole ? '' : 'low'}`}
      popover={sheet ? 'auto' : undefined}
      role="group"
      aria-label={say.panel}
      onToggle={(event) => {
        setOpen(event.newState === 'open');
        setWhole(false);
      }}
    >
      {sheet && phone.value && values.size > 0 && (
        <SheetHandle whole={whole} pull={setWhole} close={() => panel.current?.hidePopover()} />
      )}
      {!phone.value && <FoldButton />}
      {selected.value > 0 && <Arrange act={act} />}
      {selected.value > 0 && <Section of="picture" act={act} />}
      {selected.value > 0 && <Section of="hold" act={act} />}
      {selected.value > 1 && <Align act={act} />}
      {[...values].map(([field, value]) => (
        <Control key={field} name={nameOf(field)} paper={isPaper(field)} {...{ field, value, marks, restyle, onBoard }} />
      ))}
      <PlaceFields put={put} />
    </div>
  );
}

export function StylePanel({ act, restyle, onBoard, put }: Omit<PanelProps, 'sheet'>) {
  if (style.value.length === 0 && selected.value === 0) return null;
  const held = (field: Field) => style.value.find((shown) => shown.field === field)?.value;
  const sheet = phone.value || folded.value;
  return (
    <div class={`style-place ${sheet ? 'style-disc' : ''}`}>
      {sheet && (
        <button
          type="button"
          class="button style-opener"
          popovertarget="style-panel"
          aria-label={say.opener}
          title={say.opener}
        >
          <Dot stroke={held('stroke')} fill={held('fill')} />
        </button>
      )}
      <Panel key={String(sheet)} {...{ act, restyle, onBoard, put, sheet }} />
    </div>
  );
}
