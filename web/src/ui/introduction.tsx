/**
 * Who one is on this board, told once to somebody who came by a link.
 * Owns when it shows and goes; names and colours are the profile's.
 */
import { useEffect, useState } from 'preact/hooks';
import { colorHere, isNew, meet } from '../profile';
import { empty, people } from '../ui-state';
import { later } from '../words-later';
import { Avatar } from './avatar';
import './introduction.css';
import { OwnName } from './people-list';

/** So long it stays when nobody touches it, ms. */
const STAYS = 12_000;
/** More people than these are a number. */
const FACES = 5;

export function Introduction() {
  // Whoever opens an empty board alone has begun it, and meets nobody.
  const [shown, show] = useState(() => isNew() && !isBusy() && (!empty.value || people.value.length > 1));
  const [touched, touch] = useState(false);
  useEffect(() => {
    if (!shown) return undefined;
    const { signal, abort } = withAbort();
    const close = (): void => (meet(), show(false));
    // Who does something else has understood.
    addEventListener('pointerdown', ({ target }) => {
      if (!(target instanceof Element && target.closest('.introduction'))) close();
    }, { signal, capture: true });
    addEventListener('beforetoggle', close, { signal, capture: true });
    const timer = touched ? undefined : setTimeout(close, STAYS);
    return () => (abort(), clearTimeout(timer));
  }, [shown, touched]);
  if (!shown) return null;
  const others = people.value.filter((person) => !person.me);
  const me = people.value.find((person) => person.me);
  return (
    <section class="introduction" aria-label={later.people.introduction} onFocusIn={() => touch(true)}>
      <p class="introduction-you">
        <Avatar name={me?.name ?? ''} color={colorHere.value} />
        <span>{later.people.youAre}</span>
      </p>
      <OwnName id="introduction-name" done={() => (meet(), show(false))} />
      {others.length > 0 && (
        <p class="introduction-others">
          {others.slice(0, FACES).map(({ id, name, color }) => <Avatar key={id} name={name} color={color} />)}
          <span>{later.people.alsoHere(others.map(({ name }) => name))}</span>
        </p>
      )}
      <button type="button" class="button worded primary" onClick={() => (meet(), show(false))}>
        {later.people.draw}
      </button>
    </section>
  );
}

/** Whether one has begun with something already; this card comes late on a slow line. */
const isBusy = (): boolean => navigator.userActivation?.hasBeenActive;

function withAbort(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
