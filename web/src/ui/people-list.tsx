/**
 * One's own name and colour, and everybody else who is here.
 * Owns the inside of the popover; the profile's place is `profile.ts`.
 */
import { useRef, useState } from 'preact/hooks';
import type { Person } from '../engine/wasm_client.js';
import { NAME_LIMIT, PERSON_COLORS, changeProfile, colorHere, profile } from '../profile';
import { later } from '../words-later';
import { Avatar } from './avatar';
import { roveFocus } from './roving';
import './menu-list.css';
import './people-list.css';

/** A field for one's own name; what is typed is one's name at once. */
export function OwnName({ id, done }: { id: string; done: () => void }) {
  /** What is in the field while one types: it may be blank, a name never is. */
  const [typed, setTyped] = useState<string>();
  /** The name that Escape puts back. */
  const before = useRef('');
  return (
    <>
      <label class="caption" for={id}>{later.people.name}</label>
      <input
        id={id}
        class="field"
        value={typed ?? profile.value.name}
        maxLength={NAME_LIMIT}
        autocomplete="nickname"
        spellcheck={false}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          changeProfile({ name: event.currentTarget.value });
        }}
        onFocus={() => (before.current = profile.value.name)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Escape') changeProfile({ name: before.current });
          if (event.key === 'Enter') done();
        }}
      />
    </>
  );
}

/** The popover gives the focus back to the button that opened it by a key; after a press the board has it. */
function close(): void {
  document.getElementById('people-popover')?.hidePopover();
  if (!document.activeElement?.matches('.people')) document.getElementById('board')?.focus({ preventScroll: true });
}

function OwnProfile() {
  return (
    <div class="own-profile">
      <OwnName id="own-name" done={close} />
      <div class="own-colors" role="radiogroup" aria-label={later.people.color} onKeyDown={(event) => roveFocus(event, true)}>
        {PERSON_COLORS.map((color, i) => {
          const chosen = colorHere.value === color;
          return (
            <button
              key={color}
              type="button"
              class="person-color"
              role="radio"
              aria-checked={chosen}
              aria-label={later.people.numbered(i + 1)}
              tabIndex={chosen ? 0 : -1}
              style={{ background: color }}
              onClick={() => changeProfile({ color })}
            />
          );
        })}
      </div>
      <SignsChoice />
    </div>
  );
}

/** Whether notes bear one's name. */
function SignsChoice() {
  const { signs } = profile.value;
  return (
    <button
      type="button"
      class="button menu-item own-signature"
      role="switch"
      aria-checked={signs}
      onClick={() => changeProfile({ signs: !signs })}
    >
      <span class="menu-label">{later.people.signs}</span>
      <span class="switch" />
    </button>
  );
}

function Others({ others }: { others: readonly Person[] }) {
  if (others.length === 0) {
    return <p class="alone">{later.people.alone}</p>;
  }
  return (
    <ul class="others" aria-label={later.people.others}>
      {others.map((person) => (
        <li key={person.id}>
          <Avatar name={person.name} color={person.color} />
          <span class="other-name">{person.name}</span>
        </li>
      ))}
    </ul>
  );
}

export function PeopleList({ others }: { others: readonly Person[] }) {
  return (
    <>
      <OwnProfile />
      <Others others={others} />
    </>
  );
}
