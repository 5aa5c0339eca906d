/**
 * Who one is on this board, told once to somebody who came by a link.
 * Owns when it shows and goes, and that what is on the board is seen beside it; names and colours are
 * the profile's.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Act } from '../actions';
import { takeKeyboard } from '../keys';
import { read, write } from '../local';
import { colorHere } from '../profile';
import { recents } from '../recents';
import { empty, introduced, people } from '../ui-state';
import { later } from '../words-later';
import { Avatar } from './avatar';
import './introduction.css';
import { OwnName } from './people-list';

const MET = 'drawbridge.met';
/** So long it stays when nobody touches it, ms. */
const STAYS = 12_000;
/** More people than these are a number. */
const FACES = 5;
/** What is drawn so near to it is as good as covered, CSS pixels. */
const NEAR = 16;
/** Keys that do nothing by themselves, and the one that leads into the card. */
const PASSING = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock)$/;

export function Introduction({ board, act }: { board: string; act: Act }) {
  // Noted as it shows: who reloads has seen it, and a browser that keeps nothing would tell it every time.
  const [shown, show] = useState(() => isStranger(board) && write(MET, true));
  const [touched, touch] = useState(false);
  const card = useRef<HTMLElement>(null);
  const leave = (byKey: boolean): void => (takeKeyboard(byKey), show(false));
  useEffect(() => (shown ? untilElse(() => show(false)) : undefined), [shown]);
  useEffect(() => {
    if (!shown || touched) return undefined;
    const timer = setTimeout(() => show(false), STAYS);
    return () => clearTimeout(timer);
  }, [shown, touched]);
  useLayoutEffect(() => {
    introduced.value = shown;
    if (!shown) return undefined;
    // By then it is known what the card leaves free.
    const frame = requestAnimationFrame(() => card.current && hides(card.current) && act('zoomToFit'));
    return () => (cancelAnimationFrame(frame), (introduced.value = false));
  }, [shown]);
  if (!shown) return null;
  const others = people.value.filter((person) => !person.me);
  const me = people.value.find((person) => person.me);
  return (
    <section ref={card} class="introduction" aria-label={later.people.introduction} onFocusIn={() => touch(true)}>
      <p class="introduction-you">
        <Avatar name={me?.name ?? ''} color={colorHere.value} />
        <span>{later.people.youAre}</span>
      </p>
      <OwnName id="introduction-name" done={() => leave(true)} />
      {others.length > 0 && (
        <p class="introduction-others">
          {others.slice(0, FACES).map(({ id, name, color }) => <Avatar key={id} name={name} color={color} />)}
          <span>{later.people.alsoHere(others.map(({ name }) => name))}</span>
        </p>
      )}
      <button type="button" class="button worded primary" onClick={({ detail }) => leave(detail === 0)}>
        {later.people.draw}
      </button>
    </section>
  );
}

/** Whether somebody else has been on this board, and one has neither been told nor begun with something. */
function isStranger(board: string): boolean {
  if (read(MET) !== undefined || isBusy()) return false;
  const known = recents.value.some(({ id, first }) => id === board && first < performance.timeOrigin);
  // Whoever opens an empty board alone has begun it, and meets nobody.
  return !known && (!empty.value || people.value.length > 1);
}

/** Whether one has begun with something already; this card comes late on a slow line. */
function isBusy(): boolean {
  // Some browsers do not count.
  const counts = performance.eventCounts as EventCounts | undefined;
  return ['pointerdown', 'keydown'].some((type) => (counts?.get(type) ?? 0) > 0);
}

/** Calls `close` once a person does something else: that one has understood. Gives how to stop that. */
function untilElse(close: () => void): () => void {
  const events = new AbortController();
  const { signal } = events;
  const isInside = (target: EventTarget | null) => target instanceof Element && target.closest('.introduction');
  addEventListener('pointerdown', ({ target }) => isInside(target) || close(), { signal, capture: true });
  addEventListener('beforetoggle', close, { signal, capture: true });
  // After the board has heard the key: it takes the focus out of the card while that is there.
  addEventListener('keydown', ({ key, target, isComposing }) => {
    if (isComposing || PASSING.test(key)) return;
    if (key === 'Escape' || !isInside(target)) close();
  }, { signal });
  return () => events.abort();
}

/** Whether anything is drawn beneath a card, or just beside it. */
function hides(card: Element): boolean {
  const box = card.getBoundingClientRect();
  const [x, y, width, height] = [box.x - NEAR, box.y - NEAR, box.width + 2 * NEAR, box.height + 2 * NEAR];
  const below = new OffscreenCanvas(width, height).getContext('2d');
  for (const tile of document.querySelectorAll<HTMLCanvasElement>('.scene canvas')) {
    const at = tile.getBoundingClientRect();
    if (at.width > 0) below?.drawImage(tile, at.x - x, at.y - y, at.width, at.height);
  }
  return below?.getImageData(0, 0, width, height).data.some((value) => value > 0) ?? false;
}
