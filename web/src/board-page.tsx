/**
 * The board: puts canvases, widgets, engine, storage and connection together.
 * Owns the page's layout and start-up; every part knows only its own.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import './board.css';
import './fonts/board-font.css';
import type { Act } from './actions';
import { dark } from './appearance';
import { BoardSync } from './board-sync';
import { Canvases } from './canvas';
import { listenToClipboard } from './clipboard';
import { Player } from './display-list';
import { listenToDrops } from './drop';
import { loadEngine } from './engine-load';
import { Engine } from './engine/wasm_client.js';
import { fingersDraw } from './fingers';
import { watchFreeArea } from './free-area';
import { retryFonts } from './font-retry';
import { listenToPointers } from './input';
import { type Press, listenToKeys, spaceHeld } from './keys';
import { listenToMiddleButton } from './middle-button';
import { Offline } from './offline';
import { carryOut } from './page-actions';
import { colorHere, profile, randomHex, standOut } from './profile';
import { boardTitle, noteOpened, recents } from './recents';
import { downloadRows } from './rescue';
import { Shell } from './shell';
import type { Clip } from './shell';
import { followTitle, title } from './tab-title';
import { TextFieldView } from './text-field';
import type { TextInput } from './text-field';
import * as state from './ui-state';
import { ActionButton } from './ui/action-button';
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
import { ZoomControl } from './ui/zoom-control';
import { version } from './version';
import { keepView, viewOf } from './views';
import { listenToWheel } from './wheel';
import { words } from './words';

const Announcer = later(async () => (await import('./ui/announcer')).Announcer);
const Introduction = later(async () => (await import('./ui/introduction')).Introduction);
const Help = later(async () => (await import('./ui/help')).Help);
const SelectionButtons = later(async () => (await import('./ui/selection-buttons')).SelectionButtons);
const StylePanel = later(async () => (await import('./ui/style-panel')).StylePanel);
const ToolHint = later(async () => (await import('./ui/tool-hint')).ToolHint);

interface Actions {
  act: Act;
  fingers: (draw: boolean) => void;
  restyle: Restyle;
  text: (input: TextInput) => void;
  leave: () => void;
  download: () => Promise<void>;
  retry: () => void;
}

function Page({ act, fingers, restyle, text, leave, download, retry }: Actions) {
  const broken = state.failure.value !== undefined;
  return (
    <>
      <main id="stage" inert={broken}>
        <div id="board" tabIndex={0} role="application" aria-label={words.board.name} style={{ cursor: state.cursor.value }}>
          <div class="scene" />
        </div>
        <TextFieldView send={text} act={act} leave={leave} />
        <canvas class="overlay" aria-hidden="true" />
        <EmptyHint />
        <Loading />
      </main>
      <section class="chrome" aria-label={words.board.controls} inert={broken} onMouseDown={keepFocus}>
        <Menu act={act} fingers={fingers} />
        <Toolbar act={act} />
        <div class="island corner">
          <Connection retry={retry} download={download} />
          <People />
          <Share />
        </div>
        <Introduction />
        <StylePanel act={act} restyle={restyle} />
        <div class="bottom">
          <div class="foot">
            <ZoomControl act={act} />
            <HistoryButtons act={act} />
            <SelectionButtons act={act} />
          </div>
          <div class="middle">
            <Toasts />
            <Stopped download={download} reload={() => void renewed().then(() => location.reload())} />
            <BackToContent act={act} />
            <ToolHint />
          </div>
          <div class="island end">
            <ActionButton id="help" act={act} />
          </div>
        </div>
        <Announcer />
      </section>
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
  let shell: Shell | undefined;
  let sync: BoardSync | undefined;
  title.value = words.board.tab(boardTitle(board));
  followTitle();
  const act: Act = (id) => shell?.act(id);
  const fingers = (draw: boolean) => shell?.run((engine) => engine.fingers(draw));
  const leave = () => shell?.run((engine) => engine.leaveText());
  const restyle: Restyle = (field, value, done) => {
    const [text, number] = typeof value === 'string' ? [value, undefined] : [undefined, value];
    shell?.run((engine) => engine.restyle(field, text, number, done));
  };
  const text = (input: TextInput) => shell?.run((engine) =>
    engine.text(input.value, input.anchor, input.head, input.composing, input.pointed));
  const opening = Offline.open(board, () => (state.storage.value = false));
  const download = async () => downloadRows(board, await (await opening).rows(), Date.now());
  const retry = () => sync?.retry();
  render(<Page {...{ act, fingers, restyle, text, leave, download, retry }} />, root);
  // Before there is an engine a wheel does nothing, but neither does it zoom the page for good.
  listenToWheel((batch) => void shell?.run((engine) => engine.input(batch)), new AbortController().signal);

  let ops;
  try {
    ops = await loadEngine();
  } catch (error) {
    const able = typeof WebAssembly === 'object';
    state.failure.value = able ? { kind: 'engine', detail: String(error) } : { kind: 'unable' };
    return;
  }
  const offline = await opening;
  const canvases = new Canvases(
    new Player(ops),
    element('.scene', HTMLElement),
    element('canvas.overlay', HTMLCanvasElement),
  );
  const running = start(board, offline, canvases, download);
  ({ shell, sync } = running);
  listen(board, running.shell, running.sync, canvases);
  state.onceSaved(() => {
    // Without them the start page shows no picture of this board, and nothing else is missing.
    void import('./pictures').then(({ keepPictures }) =>
      keepPictures(board, (target) => canvases.drawOn(target), () => ({
        version: state.empty.value ? 0 : canvases.paints,
        dark: dark.value,
      }))).catch(() => undefined);
  });
  state.onceSaved(() => {
    // A browser that keeps no page opens none without network, and says so.
    void keptPage().then(({ keepPage }) => keepPage(version, {
      kept: () => (state.opensOffline.value = true),
      outdated: () => state.toast(words.toasts.newVersion, RELOAD),
    })).catch(() => undefined);
  }, AFTER_WIDGETS);
  await running.sync.open();
  if (!state.failure.value) noteOpened(board, Date.now());
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
  const surface = element('#board', HTMLElement);
  const input = (batch: Float64Array) => void shell.run((engine) => engine.input(batch));
  // With Select a press beside an open menu is spent on closing it; with all others one has begun to draw.
  listenToPointers(surface, input, spaceHeld, () => state.tool.value !== 'select', signal);
  const press: Press = (...key) => shell.run((engine) => engine.key(...key)) ?? false;
  listenToKeys(press, (key) => shell.run((engine) => engine.keyUp(key)), signal);
  listenToMiddleButton(stage, surface, signal);
  const paste = ({ text, html }: Clip) => shell.run((engine) => engine.paste(text, html));
  listenToClipboard((id) => shell.copying(id), paste, signal);
  listenToDrops(stage, (text, x, y) => shell.run((engine) => engine.dropText(text, x, y)), signal);

  // A keyboard on the screen, or the sheet of styles, covers a part of the board without changing its size.
  const uncovered = () => {
    const { offsetLeft: left = 0, offsetTop: top = 0, width = innerWidth, height = innerHeight } = visualViewport ?? {};
    const bottom = Math.min(top + height, state.sheetTop.value);
    shell.run((engine) => engine.uncovered(left, top, left + width, bottom));
  };
  const leaveFree = watchFreeArea(stage, (...edges) => void shell.run((engine) => engine.leaveFree(...edges)));
  const fit = () => {
    shell.resize(stage.clientWidth, stage.clientHeight, devicePixelRatio || 1);
    uncovered();
    leaveFree();
  };
  new ResizeObserver(fit).observe(stage);
  // Moving to another screen changes the ratio and no size.
  addEventListener('resize', fit);
  visualViewport?.addEventListener('resize', uncovered);
  visualViewport?.addEventListener('scroll', uncovered);
  fit();
  state.sheetTop.subscribe(uncovered);

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
