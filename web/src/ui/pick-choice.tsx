/**
 * One of a few values, each with a face: its name at the left, the values beside it.
 * Owns where the row stands; which values there are is the style table's, what they show the faces'.
 */
import { later } from '../words-later';
import { Caption } from './caption';
import { Icon } from './icon';
import { type PickName, faceOf } from './pick-faces';
import { RadioRow } from './radio-row';
import './pick-choice.css';

interface Pick {
  value: string | number;
  name: PickName;
}

interface Props {
  name: string;
  /** Null: mixed. */
  value: string | number | null;
  picks: readonly Pick[];
  /** Whether they are shown before the sheet of a telephone is pulled up. */
  quick: boolean;
  /** Whether faces look to the left. */
  mirrored: boolean;
  change: (value: string | number, done: boolean) => void;
}

/** More than so many have rows of their own below the name. */
const BESIDE = 4;
/** More than so many take less room each. */
const SLIM = 10;

export function PickChoice({ name, value, picks, quick, mirrored, change }: Props) {
  const many = picks.length > SLIM ? 'pick-many pick-slim' : picks.length > BESIDE ? 'pick-many' : '';
  return (
    <section class={`style-section pick-choice ${many} ${quick ? 'quick' : ''} ${mirrored ? 'mirrored' : ''}`}>
      <Caption name={name} mixed={value === null} />
      <RadioRow
        name={name}
        row="picks"
        button="pick"
        value={value}
        options={picks.map(({ value, name }) => ({
          value, label: later.picks[name], title: later.picks[name], face: <Icon node={faceOf(name)} />,
        }))}
        choose={(value) => change(value, true)}
      />
    </section>
  );
}
