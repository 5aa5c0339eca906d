/**
 * The board: puts canvases, widgets, engine, storage and connection together.
 * Owns the start-up; every part knows only its own.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import './board.css';
import './fonts/board-font.css';
import './fonts/families.css';
import { dark } from './appearance';
import { BoardFiles, saveDrawbridge } from './board-files';
import { actionsOn, element, listen, listenToInput } from './board-input';
import { BoardSync } from './board-sync';
import { BoardView } from './board-view';
import { Canvases } from './canvas';
import { Player } from './display-list';
import { Early } from './early';
import { embedding } from './embedding';
import { fetchLate } from './engine-late';
import { loadEngine } from './engine-load';
import { Engine } from './engine/wasm_client.js';
import { fingersDraw } from './fingers';
import { tellSnap } from './grid';
import { retryFonts } from './font-retry';
import { Offline } from './offline';
import { carryOut } from './page-actions';
import { colorHere, profile, randomHex, standOut } from './profile';
import { boardName, noteCover, noteOpened, recents } from './recents';
import { Shell } from './shell';
import { keepStyle, tellStyle } from './style-memory';
import { followTitle, title } from './tab-title';
import * as state from './ui-state';
import { version } from './version';
import { words } from './words';

function newEngine(): Engine {
  const { browser, name } = profile.value;
  const engine = new Engine(randomHex(16), browser, name, colorHere.value, dark.value, fingersDraw.value);
  engine.callFrames(words.board.frame);
  if (embedding?.views) engine.onlyShow();
  tellSnap(engine);
  tellStyle(engine);
  return engine;
}

const keptPage = () => import('./kept-page');
/** Gets the newest page, as far as that can be had. */
const renewed = () => keptPage().then(({ renewPage }) => renewPage()).catch(() => undefined);
const RELOAD: state.Way = { label: words.stopped.reload, go: () => location.reload() };
/** What could not be fetched is fetched again so much later, ms. */
const AGAIN = 5_000;
/** The widgets that come after "Saved" are here by then, ms. */
const AFTER_WIDGETS = 1_000;

/** Has the late half of the engine here before somebody needs it; tries again where it cannot be had. */
function fetchLateOnceSaved(delay?: number): void {
  state.onceSaved(() => void fetchLate().catch(() => fetchLateOnceSaved(AGAIN)), delay);
}

/** Shows a board and keeps it until the page goes. */
export async function openBoard(root: HTMLElement, board: string): Promise<void> {
  const early = new Early();
  let sync: BoardSync | undefined;
  const name = () => boardName(board, state.cover.value);
  effect(() => void (title.value = words.board.tab(name())));
  followTitle();
  const opening = Offline.open(board, () => (state.storage.value = false));
  const download = async () => {
    const [{ FileStore, downloadRows }, offline] = await Promise.all([import('./seldom'), opening]);
    const [rows, files] = await Promise.all([offline.rows(), new FileStore(board).waiting()]);
    await downloadRows(board, name(), rows, files, Date.now());
  };
  const retry = () => sync?.retry();
  const reload = () => void renewed().then(() => location.reload());
  const View = embedding ? (await import('./embedded-view')).EmbeddedView : BoardView;
  render(<View {...actionsOn(early)} {...{ board, download, copy: saveDrawbridge, retry, reload }} />, root);
  listenToInput(early);

  let ops;
  try {
    ops = await loadEngine();
  } catch (error) {
    const able = typeof WebAssembly === 'object';
    state.failure.value = able ? { kind: 'engine', detail: String(error) } : { kind: 'unable' };
    return;
  }
  const offline = await opening;
  const player = new Player(ops);
  const canvases = new Canvases(player, element('.scene', HTMLElement), element('canvas.overlay', HTMLCanvasElement));
  const running = start(board, offline, canvases, player, download);
  sync = running.sync;
  listen(board, running.shell, running.sync, canvases);
  early.end(running.shell);
  fetchLateOnceSaved();
  if (!embedding) keepForLater(board, player, running.shell);
  else void import('./embedded-channel').then(({ meetHost }) => meetHost(board, running.shell));
  await running.sync.open();
  if (state.failure.value) return;
  if (embedding) return void (embedding.frame && running.shell.run((engine) => engine.showFrame(embedding?.frame ?? '')));
  if (location.hash) void import('./addresses').then(({ followHash }) => followHash(running.shell));
  noteOpened(board, Date.now(), state.cover.value);
  effect(() => noteCover(board, state.cover.value));
}

/** What the start page shows of the board, and the page itself for days without network. */
function keepForLater(board: string, player: Player, shell: Shell): void {
  state.onceSaved(() => {
    // Without them the start page shows no picture of this board, and nothing else is missing.
    void import('./pictures').then(({ artistOf, keepPictures }) =>
      keepPictures(board, artistOf(player, shell), () => shell.run((engine) => engine.revision()) ?? 0),
    ).catch(() => undefined);
  });
  state.onceSaved(() => {
    // A browser that keeps no page opens none without network, and says so.
    void keptPage().then(({ keepPage }) => keepPage(version, {
      kept: () => (state.opensOffline.value = true),
      outdated: () => state.toast(words.toasts.newVersion, RELOAD),
    })).catch(() => undefined);
  }, AFTER_WIDGETS);
}

/** Makes the engine's shell and the keeping of the board, each the other's outlet. */
function start(
  board: string,
  offline: Offline,
  canvases: Canvases,
  player: Player,
  download: () => Promise<void>,
): { shell: Shell; sync: BoardSync } {
  let online = false;
  let met = false;
  const shell: Shell = new Shell(newEngine, canvases, {
    leave: (updates, frames) => sync.leave(updates, frames),
    show: (event) => {
      if (event.type === 'notice' && event.key === 'newer') {
        // To reload before the newer page is here would only bring back this one.
        return void renewed().then(() => state.toast(words.notices.newer, RELOAD));
      }
      if (event.type === 'notice' && event.key === 'outOfView') {
        const go = () => shell.act('showStep');
        return state.toast(words.notices.outOfView, { label: words.actions.showStep, go });
      }
      state.show(event);
      if (event.type === 'styleMemory') keepStyle(event.text);
      if (event.type === 'ask') carryOut(event.id);
      if (event.type === 'open' || (event.type === 'clipboard' && !event.html)) {
        void import('./addresses').then(({ handOut }) => handOut(event));
      }
      if (event.type === 'files' || event.type === 'lacking') files.told(event);
      if (event.type !== 'sync') return;
      sync.synced(event);
      // Who was here before is known by now, and keeps their colour.
      if (event.online && !online) standOut(state.people.value.filter((person) => !person.me));
      // A server that was away may have come back with another page; at first the browser looks itself.
      if (event.online && !online) files.connected();
      if (event.online && !online && met) void renewed();
      met ||= event.online;
      online = event.online;
    },
    renewed: () => sync.renew(),
    broken: () => {
      sync.close();
      state.failure.value = {
        kind: 'trap',
        download,
        setAside: async () => {
          await offline.setAside(Date.now());
          location.reload();
        },
      };
    },
  });
  const files = new BoardFiles(board, shell, canvases, player);
  let opened = false;
  const sync: BoardSync = new BoardSync(board, shell, offline, {
    link: (link) => {
      state.link.value = link;
      // A server that was away may have come back with another page.
      if (link.phase === 'open' && opened) void renewed();
      opened ||= link.phase === 'open';
      if (link.phase === 'open' && retryFonts()) canvases.replay();
    },
    loading: (fraction) => (state.loading.value = fraction),
    failed: (kind, detail) => (state.failure.value = { kind, detail }),
    absent: () => asked(board),
    renewed: () => state.toast(words.toasts.restarted(state.storage.value)),
  });
  shell.start();
  return { shell, sync };
}

/** Settles once somebody wants a board where none is: at once where this browser has had one. */
function asked(board: string): Promise<void> {
  if (recents.value.some(({ id }) => id === board)) return Promise.resolve();
  return new Promise((wanted) => {
    const begin = () => {
      state.failure.value = undefined;
      wanted();
    };
    state.failure.value = { kind: 'absent', begin };
  });
}
