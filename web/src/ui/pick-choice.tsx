/**
 * One of a few values, each with a face: its name at the left, the values beside it.
 * Owns the row and its keyboard; which values there are is the style table's, what they show the faces'.
 */
import { later } from '../words-later';
import { Icon } from './icon';
import { type PickName, faceOf } from './pick-faces';
import { roveFocus } from './roving';
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

export function PickChoice({ name, value, picks, quick, mirrored, change }: Props) {
  const known = picks.findIndex((pick) => pick.value === value);
  const many = picks.length > BESIDE ? 'pick-many' : '';
  return (
    <section class={`style-section pick-choice ${many} ${quick ? 'quick' : ''} ${mirrored ? 'mirrored' : ''}`}>
      <h2 class="caption">{name}</h2>
      <div class="picks" role="radiogroup" aria-label={name} onKeyDown={(event) => roveFocus(event, true)}>
        {picks.map((pick, i) => (
          <button
            key={pick.name}
            type="button"
            class="button pick"
            role="radio"
            aria-checked={i === known}
            aria-label={later.style.option(name, later.picks[pick.name])}
            title={later.picks[pick.name]}
            tabIndex={i === Math.max(0, known) ? 0 : -1}
            onClick={() => change(pick.value, true)}
          >
            <Icon node={faceOf(pick.name)} />
          </button>
        ))}
      </div>
    </section>
  );
}
