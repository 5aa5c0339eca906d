/**
 * Who is here, and one's own name and colour.
 * Owns the avatars and the popover; the profile's place is `profile.ts`.
 */
import { useRef, useState } from 'preact/hooks';
import type { Person } from '../engine/wasm_client.js';
import { NAME_LIMIT, PERSON_COLORS, changeProfile, profile } from '../profile';
import { people } from '../ui-state';
import { keepFocus } from './button';
import { roveFocus } from './roving';
import './people.css';

/** More faces than this are a number. */
const FACES = 4;

/** Up to two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

function Avatar({ name, color }: { name: string; color: string }) {
  return (
    <span class="avatar" style={{ background: color }} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function OwnProfile() {
  /** What is in the field while one types: it may be blank, a name never is. */
  const [typed, setTyped] = useState<string>();
  /** The name that Escape puts back; what is typed is one's name at once. */
  const before = useRef('');
  return (
    <div class="own-profile">
      <label class="caption" for="own-name">Your name</label>
      <input
        id="own-name"
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
          if (event.key === 'Enter') document.getElementById('people-popover')?.hidePopover();
        }}
      />
      <div class="own-colors" role="radiogroup" aria-label="Your colour" onKeyDown={(event) => roveFocus(event, true)}>
        {PERSON_COLORS.map((color, i) => {
          const chosen = profile.value.color === color;
          return (
            <button
              key={color}
              type="button"
              class="person-color"
              role="radio"
              aria-checked={chosen}
              aria-label={`Colour ${i + 1}`}
              tabIndex={chosen ? 0 : -1}
              style={{ background: color }}
              onClick={() => changeProfile({ color })}
            />
          );
        })}
      </div>
    </div>
  );
}

function Others({ others }: { others: readonly Person[] }) {
  if (others.length === 0) {
    return <p class="alone">Nobody else is here. Share the link and draw together.</p>;
  }
  return (
    <ul class="others" aria-label="Others on this board">
      {others.map((person) => (
        <li key={person.id}>
          <Avatar name={person.name} color={person.color} />
          <span class="other-name">{person.name}</span>
        </li>
      ))}
    </ul>
  );
}

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
        aria-label={`People: ${count} here. Your name: ${me.name}`}
        title={[`${me.name} (you)`, ...others.map((person) => person.name)].join(', ')}
        onMouseDown={keepFocus}
      >
        {more > 0 && <span class="avatar avatar-more" aria-hidden="true">+{more}</span>}
        {[...shown].reverse().map((person) => (
          <Avatar key={person.id} name={person.name} color={person.color} />
        ))}
        <Avatar name={me.name} color={me.color} />
      </button>
      <div id="people-popover" class="popover people-popover" popover="auto">
        <OwnProfile />
        <Others others={others} />
      </div>
    </>
  );
}
