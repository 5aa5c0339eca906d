/**
 * A board on the start page: its picture, its name, when it was opened, and its new name in place.
 * Owns its look and what opens its menu; what the menu does is `card-menu.tsx`.
 */
import { Ellipsis } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { dark } from './appearance';
import { TITLE_LIMIT, boardName, boardPath, type Recent } from './recents';
import { Icon } from './ui/icon';
import { words } from './words';
import { start } from './words-start';
import './board-card.css';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400], ['hour', 3_600], ['minute', 60],
];
/** Older than this, a date says more than a count of days. */
const WEEK = 7 * 86_400;
/** A finger that rests for so long asks for the menu. */
const LONG_PRESS = 500;
/** One that has moved so far scrolls. */
const SLIP = 10;

function day(time: number): string {
  return new Date(time).toLocaleDateString(words.tag, { dateStyle: 'medium' });
}

/** "2 hours ago", or a date. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds >= WEEK) return day(then);
  const format = new Intl.RelativeTimeFormat(words.tag, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return start.list.justNow;
}

/** What the board looked like when it was last seen here, or looks like now; nothing while there is no picture. */
function Picture({ board: { id, pictured, title, words: said } }: { board: Recent }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = dark.value ? 'dark' : 'light';
  const drawn = `${title}${said}` !== '';
  useEffect(() => {
    void import('./pictures').then(async ({ pictureOf, servedPicture, placeOf }) => {
      // Of a board on which nothing was ever said the server may know nothing.
      const picture = (await pictureOf(id))?.[theme] ?? (drawn ? await servedPicture(id, theme) : undefined);
      const context = canvas.current?.getContext('2d');
      if (!picture || !context || !canvas.current) return;
      // Drawn rather than shown as an image: the page may load nothing from blob: addresses.
      const bitmap = await createImageBitmap(picture);
      const { width, height, x, y } = placeOf(bitmap);
      Object.assign(canvas.current, { width, height });
      canvas.current.dataset['drawn'] = theme;
      context.drawImage(bitmap, x, y);
    }).catch(() => undefined);
  }, [id, pictured, theme, drawn]);
  return <canvas ref={canvas} class="card-picture" aria-hidden="true" />;
}

/** Calls `ask` when a finger rests on an element; the click that would follow is none. */
function useLongPress(ask: (x: number, y: number) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const asked = useRef(false);
  const end = () => clearTimeout(press.current?.timer);
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
      end();
      asked.current = false;
      if (pointerType !== 'touch') return;
      const timer = setTimeout(() => ((asked.current = true), ask(x, y)), LONG_PRESS);
      press.current = { timer, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x = 0, y = 0 } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > SLIP) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event: MouseEvent) => {
      if (asked.current) event.preventDefault();
      asked.current = false;
    },
  };
}

interface Props {
  board: Recent;
  now: number;
  /** Whether something is being done to it. */
  busy: boolean;
  /** Whether its name is being typed. */
  renaming: boolean;
  /** Asks for its menu, at a place in the window; beside the button that was pressed, if any. */
  ask: (board: Recent, x: number, y: number) => void;
  /** Takes its new name; undefined leaves it as it is. */
  named: (title: string | undefined) => void;
}

export function BoardCard({ board, now, busy, renaming, ask, named }: Props) {
  const name = boardName(board.id, board);
  const press = useLongPress((x, y) => ask(board, x, y));
  const link = useRef<HTMLAnchorElement>(null);
  const before = useRef(renaming);
  useLayoutEffect(() => {
    // The field has taken the focus with it, unless that had gone elsewhere already.
    if (before.current && document.activeElement === document.body) link.current?.focus({ preventScroll: true });
    before.current = renaming;
  }, [renaming]);
  return (
    <li
      class="card"
      aria-busy={busy}
      {...(renaming ? {} : press)}
      onContextMenu={(event) => {
        if (renaming) return;
        event.preventDefault();
        ask(board, event.clientX, event.clientY);
      }}
    >
      <Picture board={board} />
      <div class="card-words">
        {renaming ? <NewName board={board} named={named} /> : (
          <a ref={link} class="card-link" href={boardPath(board.id)} title={start.list.first(day(board.first))}>{name}</a>
        )}
        <span class="card-when">{ago(board.last, now)}</span>
      </div>
      <button
        type="button"
        class="button card-more"
        aria-label={start.card.more(name)}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          ask(board, left, bottom + 4);
        }}
      >
        <Icon node={Ellipsis} size={20} />
      </button>
    </li>
  );
}

function NewName({ board, named }: { board: Recent; named: Props['named'] }) {
  const field = useRef<HTMLInputElement>(null);
  /** What ended it: leaving the field after Escape must not take the name. */
  const ended = useRef(false);
  const end = (title: string | undefined) => {
    if (ended.current) return;
    ended.current = true;
    named(title);
  };
  // Before anything is painted: who types on at once types into it.
  useLayoutEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      class="field card-name"
      aria-label={start.card.name}
      defaultValue={board.title}
      placeholder={boardName(board.id, { ...board, title: '' })}
      maxLength={TITLE_LIMIT}
      autocomplete="off"
      enterkeyhint="done"
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') end(event.currentTarget.value);
        if (event.key === 'Escape') end(undefined);
      }}
    />
  );
}
