/**
 * The start page: what this is, a new board, the boards of this browser.
 * Owns its layout; knows no engine.
 */
import { Plus, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import './start-page.css';
import { Mark } from './mark';
import { boardPath, boardTitle, forget, recents, refreshRecents, type Recent } from './recents';
import { StartSketch } from './start-sketch';
import { AppearanceChoice } from './ui/appearance-choice';
import { Icon } from './ui/icon';
import { words } from './words';
import { start } from './words-start';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400], ['hour', 3_600], ['minute', 60],
];
/** Older than this, a date says more than a count of days. */
const WEEK = 7 * 86_400;

/** "2 hours ago", or a date. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds >= WEEK) return new Date(then).toLocaleDateString(words.tag, { dateStyle: 'medium' });
  const format = new Intl.RelativeTimeFormat(words.tag, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return start.justNow;
}

/** What the board looked like when it was last seen here; nothing while there is no picture. */
function Picture({ board }: { board: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    void import('./pictures').then(({ pictureOf }) => pictureOf(board)).then(async (picture) => {
      const context = canvas.current?.getContext('2d');
      if (!picture || !context || !canvas.current) return;
      // Drawn rather than shown as an image: the page may load nothing from blob: addresses.
      const bitmap = await createImageBitmap(picture.image);
      canvas.current.width = bitmap.width;
      canvas.current.height = bitmap.height;
      canvas.current.dataset['drawn'] = picture.dark ? 'dark' : 'light';
      context.drawImage(bitmap, 0, 0);
    }).catch(() => undefined);
  }, [board]);
  return <canvas ref={canvas} class="recent-picture" aria-hidden="true" />;
}

function Board({ board, now }: { board: Recent; now: number }) {
  const title = boardTitle(board.id);
  const since = new Date(board.first).toLocaleDateString(words.tag, { dateStyle: 'medium' });
  return (
    <li class="recent">
      <a class="recent-link" href={boardPath(board.id)} title={start.first(since)}>
        <Picture board={board.id} />
        <span class="recent-title">{title}</span>
        <span class="recent-when">{start.last(ago(board.last, now))}</span>
      </a>
      <button
        type="button"
        class="button recent-forget"
        aria-label={start.removeBoard(title)}
        title={start.remove}
        onClick={() => forget(board.id)}
      >
        <Icon node={X} size={16} />
      </button>
    </li>
  );
}

export function StartPage() {
  const now = Date.now();
  const boards = recents.value;
  return (
    <div class="start">
      <header class="start-head">
        <a class="start-brand" href="/"><Mark size={32} />{words.product}</a>
        <AppearanceChoice />
      </header>
      <main class="start-main">
        <section class="hero">
          <div class="hero-words">
            <h1>{start.title}</h1>
            <p>{start.text}</p>
            <a class="button primary hero-new" href="/new">
              <Icon node={Plus} size={22} />{start.newBoard}
            </a>
          </div>
          <StartSketch />
        </section>
        {boards.length > 0 && (
          <section class="recents">
            <h2>{start.boards} <span class="recents-note">{start.boardsNote}</span></h2>
            <ul>{boards.map((board) => <Board key={board.id} board={board} now={now} />)}</ul>
          </section>
        )}
      </main>
    </div>
  );
}

// A page taken back from the browser's history must show what was opened since.
addEventListener('pageshow', refreshRecents);
