/**
 * The start page: what this is, a new board, the boards of this browser.
 * Owns its words and layout; knows no engine.
 */
import { Plus, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import './start-page.css';
import { Mark } from './mark';
import { boardPath, boardTitle, forget, recents, refreshRecents, type Recent } from './recents';
import { StartSketch } from './start-sketch';
import { AppearanceChoice } from './ui/appearance-choice';
import { Icon } from './ui/icon';

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400], ['hour', 3_600], ['minute', 60],
];
/** Older than this, a date says more than a count of days. */
const WEEK = 7 * 86_400;

/** "2 hours ago", or a date. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds >= WEEK) return new Date(then).toLocaleDateString(undefined, { dateStyle: 'medium' });
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return words.format(-Math.floor(seconds / size), unit);
  }
  return 'just now';
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
  const since = new Date(board.first).toLocaleDateString(undefined, { dateStyle: 'medium' });
  return (
    <li class="recent">
      <a class="recent-link" href={boardPath(board.id)} title={`First opened on ${since}`}>
        <Picture board={board.id} />
        <span class="recent-title">{title}</span>
        <span class="recent-when">Opened {ago(board.last, now)}</span>
      </a>
      <button
        type="button"
        class="button recent-forget"
        aria-label={`Remove ${title} from this list`}
        title="Remove from this list (the board stays)"
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
        <a class="start-brand" href="/"><Mark size={32} />Drawbridge</a>
        <AppearanceChoice />
      </header>
      <main class="start-main">
        <section class="hero">
          <div class="hero-words">
            <h1>A whiteboard you share by its link</h1>
            <p>Open a board, send the address to others, and draw together. It stays where you left it.</p>
            <a class="button primary hero-new" href="/new">
              <Icon node={Plus} size={22} />New board
            </a>
          </div>
          <StartSketch />
        </section>
        {boards.length > 0 && (
          <section class="recents">
            <h2>Your boards <span class="recents-note">opened in this browser</span></h2>
            <ul>{boards.map((board) => <Board key={board.id} board={board} now={now} />)}</ul>
          </section>
        )}
      </main>
    </div>
  );
}

// A page taken back from the browser's history must show what was opened since.
addEventListener('pageshow', refreshRecents);
