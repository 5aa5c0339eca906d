/**
 * Who is here: the faces in the corner and the popover below them.
 * Owns how many faces there are; what is in the popover comes later.
 */
import { colorHere, profile } from '../profile';
import { people } from '../ui-state';
import { words } from '../words';
import { Avatar } from './avatar';
import { later } from './later';
import './people.css';

const PeopleList = later(async () => (await import('./people-list')).PeopleList);

/** More faces than this are a number. */
const FACES = 4;

export function People() {
  const me = profile.value;
  const others = people.value.filter((person) => !person.me);
  const shown = others.slice(0, FACES);
  const more = others.length - shown.length;
  const count = others.length + 1;
  return (
    <>
      <button
        type="button"
        class="button people"
        popovertarget="people-popover"
        aria-label={words.people.label(count, me.name)}
        title={[words.people.you(me.name), ...others.map((person) => person.name)].join(', ')}
      >
        {more > 0 && <span class="avatar avatar-more" aria-hidden="true">+{more}</span>}
        {[...shown].reverse().map((person) => (
          <Avatar key={person.id} name={person.name} color={person.color} />
        ))}
        <Avatar name={me.name} color={colorHere.value} />
      </button>
      <div id="people-popover" class="popover people-popover" popover="auto">
        <PeopleList others={others} />
      </div>
    </>
  );
}
