/**
 * Who is here: the faces in the corner and the popover below them.
 * Owns how many faces there are; what is in the popover comes later.
 */
import { cramped, narrow } from '../media';
import { colorHere, profile } from '../profile';
import { people } from '../ui-state';
import { words } from '../words';
import { Avatar } from './avatar';
import { later } from './later';
import './people.css';

const PeopleList = later(async () => (await import('./people-list')).PeopleList);

/** So many discs beside one's own; where there are more people, the last disc is a number. */
function discs(): number {
  if (cramped.value) return 1;
  return narrow.value ? 3 : 5;
}

export function People() {
  const me = profile.value;
  const others = people.value.filter((person) => !person.me);
  const room = discs();
  const shown = others.slice(0, others.length > room ? room - 1 : room);
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
        {[...shown].reverse().map((person) => (
          <Avatar key={person.id} name={person.name} color={person.color} />
        ))}
        <Avatar name={me.name} color={colorHere.value} />
        {more > 0 && <span class="avatar avatar-more" aria-hidden="true">+{more}</span>}
      </button>
      <div id="people-popover" class="popover people-popover" popover="auto">
        <PeopleList others={others} />
      </div>
    </>
  );
}
