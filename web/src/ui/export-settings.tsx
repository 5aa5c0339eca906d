/**
 * What can be chosen of a picture: what is in it, its format, and how that looks.
 * Owns which choices a format has; each is kept where the dialog keeps it.
 */
import { ChevronDown } from 'lucide';
import type { Painted } from '../file-work';
import { pixels } from '../picture-canvas';
import { type Choice, type Format, type OnBoard, type What, holdsScene } from '../picture-choice';
import { exporting as say } from '../words-export';
import { Icon } from './icon';
import { RadioRow } from './radio-row';

interface Props {
  choice: Choice;
  choose: (change: Partial<Choice>) => void;
  painted: Painted | undefined;
  onBoard: OnBoard;
}

const FORMATS: readonly Format[] = ['png', 'svg', 'pdf'];
const SCALES = [1, 2, 3, 4];

/** One of a few words, side by side. */
function Segments<Value extends string | number>({ name, value, values, choose }: {
  name: string;
  value: Value;
  values: readonly (readonly [value: Value, label: string])[];
  choose: (value: Value) => void;
}) {
  return (
    <div class="export-row">
      <span class="export-name">{name}</span>
      <RadioRow
        {...{ name, value, choose }}
        row="export-segments"
        button="export-segment"
        options={values.map(([value, label]) => ({ value, label, title: label, face: label }))}
      />
    </div>
  );
}

function Switch({ label, on, turn }: { label: string; on: boolean; turn: (on: boolean) => void }) {
  return (
    <button type="button" class="button export-switch" role="switch" aria-checked={on} onClick={() => turn(!on)}>
      <span>{label}</span>
      <span class="switch" />
    </button>
  );
}

/** What is shown, as the value of a field. */
const VALUES = { all: '', selected: ' ' } as const;
const valueOf = (what: What): string => (what.show === 'one' ? what.id : VALUES[what.show]);

function whatOf(value: string): What {
  if (value === VALUES.all) return { show: 'all' };
  return value === VALUES.selected ? { show: 'selected' } : { show: 'one', id: value };
}

function WhatField({ choice, choose, onBoard: { frames, ids } }: Omit<Props, 'painted'>) {
  return (
    <label class="export-row">
      <span class="export-name">{say.what}</span>
      <span class="export-select">
        <select class="field" value={valueOf(choice.what)} onChange={({ currentTarget }) => choose({ what: whatOf(currentTarget.value) })}>
          <option value={VALUES.all}>{say.whole}</option>
          {ids.length > 0 && <option value={VALUES.selected}>{say.selection(ids.length)}</option>}
          {frames.length > 0 && (
            <optgroup label={say.frames}>
              {frames.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </optgroup>
          )}
        </select>
        <Icon node={ChevronDown} size={16} />
      </span>
    </label>
  );
}

export function ExportSettings({ choice, choose, painted, onBoard }: Props) {
  const { format, scale, dark, outlines, pages, background, reopens } = choice;
  const flag = (on: boolean) => (on ? 'on' : 'off');
  return (
    <div class="export-settings">
      <WhatField {...{ choice, choose, onBoard }} />
      <Segments name={say.format} value={format} values={FORMATS.map((one) => [one, say.formats[one]])} choose={(format) => choose({ format })} />
      <Segments
        name={say.theme}
        value={dark ? 'dark' : 'light'}
        values={[['light', say.themes.light], ['dark', say.themes.dark]]}
        choose={(theme) => choose({ dark: theme === 'dark' })}
      />
      {format === 'png' && (
        <>
          <Segments name={say.scale} value={scale} values={SCALES.map((one) => [one, say.times(one)])} choose={(scale) => choose({ scale })} />
          <p class="export-size">{painted && say.size(...pixels(painted, scale))}</p>
        </>
      )}
      {format === 'svg' && (
        <Segments
          name={say.letters}
          value={flag(outlines)}
          values={[['off', say.fonts], ['on', say.outlines]]}
          choose={(on) => choose({ outlines: on === 'on' })}
        />
      )}
      {format === 'pdf' && choice.what.show === 'all' && onBoard.frames.length > 0 && (
        <Segments
          name={say.pages}
          value={flag(pages)}
          values={[['off', say.onePage], ['on', say.pagePerFrame]]}
          choose={(on) => choose({ pages: on === 'on' })}
        />
      )}
      <hr />
      <Switch label={say.background} on={background} turn={(background) => choose({ background })} />
      {holdsScene(choice) && <Switch label={say.reopens} on={reopens} turn={(reopens) => choose({ reopens })} />}
    </div>
  );
}
