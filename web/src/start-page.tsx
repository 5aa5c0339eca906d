/**
 * The start page: what this is, a new board, a link that one was sent, one's boards.
 * Owns its layout and what is done with the boards there; knows no engine.
 */
import { signal } from '@preact/signals';
import { LayoutTemplate, Plus, Search } from 'lucide';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import './start-page.css';
import { BoardCard } from './board-card';
import { CardMenu, type Deed } from './card-menu';
import { copyText } from './copy-text';
import { Mark } from './mark';
import { OpenLink } from './open-link';
import { boardName, boardPath, forget, noteCover, noteOpened, putBack, recents, refreshRecents, type Recent } from './recents';
import { StartSketch } from './start-sketch';
import { AppearanceChoice } from './ui/appearance-choice';
import { Icon } from './ui/icon';
import { Toasts } from './ui/toasts';
import { toast } from './ui-state';
import { words } from './words';
import { start } from './words-start';

/** From so many boards on one searches rather than looks. */
const MANY = 8;

/** The board whose menu is open, and where. */
const asked = signal<{ board: Recent; x: number; y: number; from: Element | null } | undefined>(undefined);
/** The board whose name is being typed. */
const renaming = signal<string | undefined>(undefined);
/** The boards that something is being done to. */
const busy = signal<readonly string[]>([]);
const query = signal('');
/** The dialog with templates, while it is open. */
const starting = signal<ComponentType<{ close: () => void }> | undefined>(undefined);
/** Whether a file is being dragged over the page. */
const dropping = signal(false);

/** What only few need is fetched when they ask for it. */
async function startFrom(): Promise<void> {
  try {
    starting.value = (await import('./start-from')).StartFrom;
  } catch {
    toast(start.told.notMade(start.told.unreachable));
  }
}

/** A file that is dropped anywhere on the page becomes a board. */
function listenToDrops(signal: AbortSignal): void {
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    dropping.value = true;
  };
  addEventListener('dragenter', over, { signal });
  addEventListener('dragover', over, { signal });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dropping.value = false;
  }, { signal });
  addEventListener('drop', (event) => {
    const [file, another] = event.dataTransfer?.files ?? [];
    dropping.value = false;
    if (!file) return;
    event.preventDefault();
    if (another) return toast(start.told.notMade(start.told.several));
    import('./new-board').then(({ openAsBoard }) => openAsBoard(file), () => toast(start.told.notMade(start.told.unreachable)));
  }, { signal });
}

function ask(board: Recent, x: number, y: number): void {
  asked.value = { board, x, y, from: document.activeElement };
}

function closeMenu(): void {
  const { from } = asked.value ?? {};
  asked.value = undefined;
  if (from instanceof HTMLElement) from.focus({ preventScroll: true });
}

/** Does something to a board that takes a while; says `trouble` when it fails. */
async function attempt(board: Recent, trouble: string, work: () => Promise<void>): Promise<void> {
  busy.value = [...busy.value, board.id];
  try {
    await work();
  } catch (error) {
    console.warn(error);
    toast(trouble);
  } finally {
    busy.value = busy.value.filter((id) => id !== board.id);
  }
}

function named(board: Recent, title: string | undefined): void {
  renaming.value = undefined;
  const wanted = title?.trim();
  if (wanted === undefined || wanted === board.title) return;
  noteCover(board.id, { title: wanted });
  void attempt(board, start.told.notRenamed, async () => {
    try {
      await (await import('./errands')).nameBoard(board.id, wanted);
    } catch (error) {
      noteCover(board.id, { title: board.title });
      throw error;
    }
  });
}

function duplicate(board: Recent): void {
  void attempt(board, start.told.notDuplicated, async () => {
    const title = board.title && start.card.copyOf(board.title);
    const copy = await (await import('./errands')).duplicateBoard(board.id, title);
    noteOpened(copy, Date.now(), { title, words: board.words });
    toast(start.told.duplicated(boardName(board.id, board)));
  });
}

function remove(board: Recent): void {
  forget(board.id);
  const back = () => {
    putBack(board);
    // Its card comes when this is over.
    queueMicrotask(() => focusFirst(`.card-link[href="${boardPath(board.id)}"]`));
  };
  toast(start.told.removed(boardName(board.id, board)), { label: start.told.undo, go: back });
  focusFirst();
}

/** Gives the focus to what is wanted, or where one begins: what had it is gone. */
function focusFirst(...wanted: string[]): void {
  const found = [...wanted, '.card-new', '.search input'].map((one) => document.querySelector<HTMLElement>(one));
  found.find(Boolean)?.focus({ preventScroll: true });
}

async function copyLink(board: Recent): Promise<void> {
  const copied = await copyText(location.origin + boardPath(board.id));
  toast(copied ? start.told.linkCopied : start.told.linkNotCopied);
}

function act(board: Recent, deed: Deed): void {
  closeMenu();
  switch (deed) {
    case 'rename': renaming.value = board.id; return;
    case 'duplicate': return duplicate(board);
    case 'copyLink': return void copyLink(board);
    case 'remove': return remove(board);
  }
}

function Hero() {
  return (
    <section class="hero">
      <div class="hero-words">
        <h1>{start.title}</h1>
        <p>{start.text}</p>
        <div class="hero-ways">
          <a class="button primary hero-new" href="/new">
            <Icon node={Plus} size={22} />{start.newBoard}
          </a>
          <button type="button" class="button worded outlined hero-from" onClick={startFrom}>
            <Icon node={LayoutTemplate} size={20} />{start.from.open}
          </button>
          <OpenLink />
        </div>
      </div>
      <StartSketch />
    </section>
  );
}

function Boards({ boards }: { boards: readonly Recent[] }) {
  const now = Date.now();
  const wanted = boards.length >= MANY ? query.value.trim().toLocaleLowerCase() : '';
  const found = boards.filter((board) => boardName(board.id, board).toLocaleLowerCase().includes(wanted));
  return (
    <section class="boards">
      <div class="boards-head">
        <h2>{start.list.title} <span class="boards-note">{start.list.note}</span></h2>
        {boards.length >= MANY && (
          <label class="search">
            <Icon node={Search} size={18} />
            <input
              class="field"
              type="search"
              aria-label={start.list.search}
              placeholder={start.list.search}
              value={query.value}
              onInput={(event) => (query.value = event.currentTarget.value)}
            />
          </label>
        )}
        <OpenLink />
      </div>
      <ul class="cards">
        {!wanted && (
          <li class="cards-new">
            <a class="card-new" href="/new"><Icon node={Plus} size={24} />{start.newBoard}</a>
            <button type="button" class="card-from" onClick={startFrom}>
              <Icon node={LayoutTemplate} size={20} />{start.from.open}
            </button>
          </li>
        )}
        {found.map((board) => (
          <BoardCard
            key={board.id}
            board={board}
            now={now}
            busy={busy.value.includes(board.id)}
            renaming={renaming.value === board.id}
            ask={ask}
            named={(title) => named(board, title)}
          />
        ))}
      </ul>
      {found.length === 0 && <p class="boards-none" role="status">{start.list.none(query.value.trim())}</p>}
    </section>
  );
}

export function StartPage() {
  const boards = recents.value;
  const menu = asked.value;
  const StartFrom = starting.value;
  useEffect(() => {
    // Pictures of boards that are off the list for good.
    const ids = recents.value.map(({ id }) => id);
    void import('./pictures').then(({ keepOnly }) => keepOnly(ids)).catch(() => undefined);
  }, []);
  useEffect(() => {
    const gone = new AbortController();
    listenToDrops(gone.signal);
    return () => gone.abort();
  }, []);
  useEffect(() => void import('./missed-pictures').then(({ makeUp }) => makeUp()).catch(() => undefined), [boards]);
  return (
    <div class="start" data-dropping={dropping.value || undefined}>
      <header class="start-head">
        <a class="start-brand" href="/"><Mark size={32} />{words.product}</a>
        {boards.length > 0 && <h1 class="start-line">{start.title}</h1>}
        <AppearanceChoice />
      </header>
      <main class="start-main">
        {boards.length > 0 ? <Boards boards={boards} /> : <Hero />}
      </main>
      {menu && (
        <CardMenu
          key={menu.board.id}
          name={boardName(menu.board.id, menu.board)}
          x={menu.x}
          y={menu.y}
          act={(deed) => act(menu.board, deed)}
          close={closeMenu}
        />
      )}
      {StartFrom && <StartFrom close={() => (starting.value = undefined)} />}
      <div class="start-toasts"><Toasts /></div>
    </div>
  );
}

// A page taken back from the browser's history must show what was opened since.
addEventListener('pageshow', refreshRecents);
// And one that stays open, what is opened and drawn in other tabs.
addEventListener('storage', refreshRecents);
