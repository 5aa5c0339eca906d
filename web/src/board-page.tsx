/**
 * The board: puts canvases, widgets, engine, storage and connection together.
 * Owns the page's layout and start-up; every part knows only its own.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import './board.css';
import './fonts/board-font.css';
import { type Act, actionsOf } from './actions';
import { dark } from './appearance';
import { BoardSync } from './board-sync';
import { Canvases } from './canvas';
import { listenToClipboard } from './clipboard';
import { Player } from './display-list';
import { listenToDrops } from './drop';
import { Early } from './early';
import { loadEngine } from './engine-load';
import { Engine } from './engine/wasm_client.js';
import type { ToolName } from './engine/wasm_client.js';
import { fingersDraw } from './fingers';
import { watchFreeArea } from './free-area';
import { retryFonts } from './font-retry';
import { dots, placeDots } from './grid';
import { listenToPointers } from './input';
import { type Press, listenToKeys, spaceHeld } from './keys';
import { listenToMiddleButton } from './middle-button';
import { Offline } from './offline';
import { carryOut } from './page-actions';
import { listenToPrint } from './print';
import { colorHere, profile, randomHex, standOut } from './profile';
import { boardName, noteCover, noteOpened, recents } from './recents';
import { downloadRows } from './rescue';
import { Shell } from './shell';
import type { Clip } from './shell';
import { followTitle, title } from './tab-title';
import { TextFieldView } from './text-field';
import type { TextInput } from './text-field';
import * as state from './ui-state';
import { keepFocus } from './ui/button';
import { Connection } from './ui/connection';
import { Failure } from './ui/failure';
import { BackToContent, EmptyHint } from './ui/hints';
import { HistoryButtons } from './ui/history-buttons';
import { later } from './ui/later';
import { Loading } from './ui/loading';
import { Menu } from './ui/menu';
import { People } from './ui/people';
import { Share } from './ui/share';
import { Stopped } from './ui/stopped';
import type { Restyle } from './ui/style-panel';
import { Toasts } from './ui/toasts';
import { Toolbar } from './ui/toolbar';
import type { Rename } from './ui/title';
import { ZoomControl } from './ui/zoom-control';
import { version } from './version';
import { keepView, viewOf } from './views';
import { listenToWheel } from './wheel';
import { words } from './words';

const Introduction = later(async () => (await import('./ui/introduction')).Introduction);
const Help = later(async () => (await import('./ui/help')).Help);
const StylePanel = later(async () => (await import('./ui/style-panel')).StylePanel);

interface Actions {
  board: string;
  act: Act;
  fingers: (draw: boolean) => void;
  restyle: Restyle;
  rename: Rename;
  text: (input: TextInput) => void;
  leave: () => void;
  download: () => Promise<void>;
}

function Page({ board, act, fingers, restyle, rename, text, leave, download }: Actions) {
  const broken = state.failure.value !== undefined;
  return (
    <>
      <div id="stage" inert={broken} data-dots={dots.value}>
        <div id="board" tabIndex={0} role="application" aria-label={words.board.name} style={{ cursor: state.cursor.value }}>
          <div class="scene" />
        </div>
        <TextFieldView send={text} act={act} leave={leave} />
        <canvas class="overlay" aria-hidden="true" />
      </div>
      <Loading />
      <EmptyHint />
      <div class="chrome" inert={broken} onMouseDown={keepFocus}>
        <Menu board={board} act={act} fingers={fingers} rename={rename} />
        <Toolbar act={act} />
        <div class="island corner">
          <Connection />
          <People />
          <Share />
        </div>
        <Introduction />
        <StylePanel act={act} restyle={restyle} />
        <div class="foot">
          <ZoomControl act={act} />
          <HistoryButtons act={act} />
        </div>
        <div class="middle">
          <Toasts />
          <Stopped download={download} reload={() => void renewed().then(() => location.reload())} />
          <BackToContent act={act} />
        </div>
      </div>
      <Help />
      {state.failure.value && <Failure failure={state.failure.value} />}
    </>
  );
}

function newEngine(): Engine {
  const { browser, name } = profile.value;
  return new Engine(randomHex(16), browser, name, colorHere.value, dark.value, fingersDraw.value);
}

function element<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
}

const keptPage = () => import('./kept-page');
/** Gets the newest page, as far as that can be had. */
const renewed = () => keptPage().then(({ renewPage }) => renewPage()).catch(() => undefined);
const RELOAD: state.Way = { label: words.stopped.reload, go: () => location.reload() };
/** The widgets that come after "Saved" are here by then, ms. */
const AFTER_WIDGETS = 1_000;

/** Shows a board and keeps it until the page goes. */
export async function openBoard(root: HTMLElement, board: string): Promise<void> {
  const early = new Early();
  const name = () => boardName(board, state.cover.value);
  effect(() => void (title.value = words.board.tab(name())));
  followTitle();
  const opening = Offline.open(board, () => (state.storage.value = false));
  const download = async () => downloadRows(board, name(), await (await opening).rows(), Date.now());
  render(<Page {...actionsOn(early)} board={board} download={download} />, root);
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
  const running = start(board, offline, canvases, download);
  listen(board, running.shell, running.sync, canvases);
  early.end(running.shell);
  state.onceSaved(() => {
    // Without them the start page shows no picture of this board, and nothing else is missing.
    void import('./pictures').then(({ keepPictures }) => keepPictures(board, {
      player,
      revision: () => running.shell.run((engine) => engine.revision()) ?? 0,
      begin: (width, height) => running.shell.run((engine) => engine.beginPicture(width, height)) ?? false,
      slice: () => running.shell.run((engine) => engine.picture()) ?? [],
    })).catch(() => undefined);
  });
  state.onceSaved(() => {
    // A browser that keeps no page opens none without network, and says so.
    void keptPage().then(({ keepPage }) => keepPage(version, {
      kept: () => (state.opensOffline.value = true),
      outdated: () => state.toast(words.toasts.newVersion, RELOAD),
    })).catch(() => undefined);
  }, AFTER_WIDGETS);
  await running.sync.open();
  if (state.failure.value) return;
  noteOpened(board, Date.now(), state.cover.value);
  effect(() => noteCover(board, state.cover.value));
}

/** What the widgets can ask for. */
function actionsOn(early: Early): Omit<Actions, 'board' | 'download'> {
  return {
    act: (id) => {
      // The bar shows what one has taken before the engine knows of it.
      if (!early.over && actionsOf('tools').some((tool) => tool.id === id)) state.tool.value = id as ToolName;
      early.run((engine) => engine.act(id));
    },
    fingers: (draw) => early.run((engine) => engine.fingers(draw)),
    leave: () => early.run((engine) => engine.leaveText()),
    restyle: (field, value, done) => {
      const [text, number] = typeof value === 'string' ? [value, undefined] : [undefined, value];
      early.run((engine) => engine.restyle(field, text, number, done));
    },
    rename: (title, done) => early.run((engine) => engine.title(title, done)),
    text: (input) => early.run((engine) =>
      engine.text(input.value, input.anchor, input.head, input.composing, input.pointed)),
  };
}

/** Listens to hand and keys, whether the engine is there or not. */
function listenToInput(early: Early): void {
  const { signal } = new AbortController();
  const [stage, surface] = [element('#stage', HTMLElement), element('#board', HTMLElement)];
  const input = (batch: Float64Array) => early.run((engine) => engine.input(batch));
  listenToWheel(input, signal);
  listenToPointers(surface, input, spaceHeld, signal);
  const press: Press = (...key) => early.run((engine) => engine.key(...key)) ?? false;
  listenToKeys(press, (key) => early.run((engine) => engine.keyUp(key)), signal);
  listenToMiddleButton(stage, surface, signal);
}

/** Makes the engine's shell and the keeping of the board, each the other's outlet. */
function start(
  board: string,
  offline: Offline,
  canvases: Canvases,
  download: () => Promise<void>,
): { shell: Shell; sync: BoardSync } {
  let online = false;
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
      if (event.type === 'ask') carryOut(event.id);
      if (event.type !== 'sync') return;
      sync.synced(event);
      // Who was here before is known by now, and keeps their colour.
      if (event.online && !online) standOut(state.people.value.filter((person) => !person.me));
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

/** Joins the page's events to the shell. */
function listen(board: string, shell: Shell, sync: BoardSync, canvases: Canvases): void {
  const { signal } = new AbortController();
  const stage = element('#stage', HTMLElement);
  const paste = ({ text, html }: Clip) => shell.run((engine) => engine.paste(text, html));
  listenToClipboard((id) => shell.copying(id), paste, signal);
  listenToDrops(stage, (text, x, y) => shell.run((engine) => engine.dropText(text, x, y)), signal);

  // A keyboard on the screen covers a part of the board without changing its size.
  const uncovered = () => {
    const { offsetLeft: left = 0, offsetTop: top = 0, width = innerWidth, height = innerHeight } = visualViewport ?? {};
    shell.run((engine) => engine.uncovered(left, top, left + width, top + height));
  };
  const leaveFree = watchFreeArea(stage, (...edges) => void shell.run((engine) => engine.leaveFree(...edges)));
  const fit = () => {
    // Paper has a size of its own.
    if (print.busy) return;
    shell.resize(stage.clientWidth, stage.clientHeight, devicePixelRatio || 1);
    uncovered();
    leaveFree();
  };
  const print = listenToPrint(shell, () => fit());
  new ResizeObserver(fit).observe(stage);
  // Moving to another screen changes the ratio and no size.
  addEventListener('resize', fit);
  visualViewport?.addEventListener('resize', uncovered);
  visualViewport?.addEventListener('scroll', uncovered);
  fit();

  let first = true;
  effect(() => {
    const isDark = dark.value;
    if (!first) shell.run((engine) => engine.dark(isDark));
  });
  effect(() => {
    const [{ name }, color] = [profile.value, colorHere.value];
    if (!first) shell.run((engine) => engine.profile(name, color));
  });
  first = false;

  document.fonts.addEventListener('loadingdone', () => {
    canvases.replay();
    shell.run((engine) => engine.measureAgain());
  });

  effect(() => {
    // Whatever moves the view paints, and so do the dots.
    if (dots.value) shell.painted = () => placeDots(stage, shell.run((engine) => engine.view()) ?? []);
    else shell.painted = undefined;
    shell.painted?.();
  });
  const view = viewOf(board);
  if (view) shell.run((engine) => engine.lookAgain(...view));
  const keep = () => {
    const [x = 0, y = 0, zoom = 1] = shell.run((engine) => engine.view()) ?? [];
    keepView(board, [x, y, zoom]);
  };
  addEventListener('pagehide', () => (keep(), sync.hidden()));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') return sync.shown();
    keep();
    sync.hidden();
  });
  addEventListener('beforeunload', (event) => {
    // Kept changes come back by themselves; only what is nowhere else is worth a question.
    if (!state.storage.value && state.sync.value.waiting > 0) event.preventDefault();
  });
}
