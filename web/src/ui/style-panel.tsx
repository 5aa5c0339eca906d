/**
 * What fits the selection, or what is drawn next: colours, width, opacity, font size.
 * Owns the controls' look and their presets; the engine says which apply and what they hold.
 */
import {
  BringToFront, Copy, MoveDown, MoveUp, SendToBack, SlidersHorizontal, Trash,
} from 'lucide';
import type { Command, StyleControl, StylePanel as Panel, StylePatch } from '../engine/wasm_client.js';
import { selected, stylePanel } from '../ui-state';
import { words } from '../words';
import { later } from '../words-later';
import { IconButton } from './button';
import { ColorChoice, FILLS, STROKES } from './color-choice';
import { Icon } from './icon';
import { NumberChoice } from './number-choice';
import './style-panel.css';

/** Takes a change of style; `done` ends it as one undo step. */
export type Restyle = (set: StylePatch, done: boolean) => void;

const say = later.style;
const labelled = (label: string, value: number | undefined) => ({ label, value: value ?? 0 });
const WIDTHS = say.widths.map((label, i) => labelled(label, [1, 2, 4, 8][i]));
const FONT_SIZES = say.fontSizes.map((label, i) => labelled(label, [16, 20, 28, 36][i]));

function WidthChoice({ value, restyle }: { value: number | null | undefined; restyle: Restyle }) {
  return (
    <NumberChoice
      name={say.width}
      value={value}
      presets={WIDTHS}
      range={{ min: 1, max: 32, step: 0.5 }}
      face={(i) => <span class="width-face" style={{ height: `${[1.5, 2.5, 4.5, 7][i]}px` }} />}
      change={(width, done) => restyle({ width }, done)}
    />
  );
}

function FontChoice({ value, restyle }: { value: number | null | undefined; restyle: Restyle }) {
  return (
    <NumberChoice
      name={say.fontSize}
      value={value}
      presets={FONT_SIZES}
      range={{ min: 4, max: 400, step: 1, asNumber: true }}
      face={(i) => <span>{say.fontLetters[i]}</span>}
      change={(fontSize, done) => restyle({ fontSize }, done)}
    />
  );
}

function OpacityChoice({ value, restyle }: { value: number | null | undefined; restyle: Restyle }) {
  return (
    <NumberChoice
      name={say.opacity}
      value={value == null ? value : Math.round(value * 100)}
      range={{ min: 5, max: 100, step: 5 }}
      unit="%"
      change={(percent, done) => restyle({ opacity: percent / 100 }, done)}
    />
  );
}

function Controls({ panel, restyle }: { panel: Panel; restyle: Restyle }) {
  const has = (control: StyleControl) => panel.shows.includes(control);
  const { stroke, fill, width, opacity, fontSize } = panel.values;
  return (
    <>
      {has('stroke') && (
        <ColorChoice
          name={has('fontSize') && !has('width') ? say.color : say.stroke}
          value={stroke}
          presets={STROKES}
          change={(color, done) => restyle({ stroke: color }, done)}
        />
      )}
      {has('fill') && (
        <ColorChoice name={say.fill} value={fill} presets={FILLS} change={(color, done) => restyle({ fill: color }, done)} />
      )}
      {has('width') && <WidthChoice value={width} restyle={restyle} />}
      {has('fontSize') && <FontChoice value={fontSize} restyle={restyle} />}
      {has('opacity') && <OpacityChoice value={opacity} restyle={restyle} />}
    </>
  );
}

function Arrange({ command }: { command: (command: Command) => void }) {
  return (
    <section class="style-section">
      <h2 class="caption">{say.arrange}</h2>
      <div class="style-row arrange" role="group" aria-label={say.arrange}>
        <IconButton icon={SendToBack} label={words.actions.sendToBack} shortcut="Ctrl+Shift+[" onClick={() => command('sendToBack')} />
        <IconButton icon={MoveDown} label={words.actions.sendBackward} shortcut="Ctrl+[" onClick={() => command('sendBackward')} />
        <IconButton icon={MoveUp} label={words.actions.bringForward} shortcut="Ctrl+]" onClick={() => command('bringForward')} />
        <IconButton icon={BringToFront} label={words.actions.bringToFront} shortcut="Ctrl+Shift+]" onClick={() => command('bringToFront')} />
        <IconButton icon={Copy} label={words.actions.duplicate} shortcut="Ctrl+D" onClick={() => command('duplicate')} />
        <IconButton icon={Trash} label={words.actions.delete} shortcut="Delete" onClick={() => command('delete')} />
      </div>
    </section>
  );
}

interface Props {
  command: (command: Command) => void;
  restyle: Restyle;
}

export function StylePanel({ command, restyle }: Props) {
  const panel = stylePanel.value;
  if (!panel || (panel.shows.length === 0 && selected.value === 0)) return null;
  const { stroke, fill } = panel.values;
  return (
    <div class="style-place">
      <button
        type="button"
        class="button style-opener"
        popovertarget="style-panel"
        aria-label={say.opener}
        title={say.opener}
      >
        {panel.shows.includes('stroke') ? (
          <span
            class="style-dot turns"
            style={{
              '--own-line': stroke ?? 'var(--faint)',
              '--own': panel.shows.includes('fill') ? (fill ?? 'transparent') : (stroke ?? 'transparent'),
            }}
          />
        ) : (
          <Icon node={SlidersHorizontal} />
        )}
      </button>
      <div
        id="style-panel"
        class="style-panel"
        popover="auto"
        role="group"
        aria-label={say.panel}
      >
        <Controls panel={panel} restyle={restyle} />
        {selected.value > 0 && <Arrange command={command} />}
      </div>
    </div>
  );
}
