/**
 * What a person and the browser do on the board's page, handed to the engine.
 * Owns which event goes where; what comes of it is the engine's.
 */
import { effect } from '@preact/signals';
import { actionsOf } from './actions';
import { dark } from './appearance';
import { pasting, withFiles } from './board-files';
import type { BoardSync } from './board-sync';
import type { Actions } from './board-view';
import type { Canvases } from './canvas';
import { type Put, listenToClipboard } from './clipboard';
import { listenToDrops } from './drop';
import type { Early } from './early';
import type { ToolName } from './engine/wasm_client.js';
import { watchFreeArea } from './free-area';
import { dots, snaps, tellSnap } from './grid';
import { listenToPointers } from './input';
import { type Press, listenToKeys, spaceHeld } from './keys';
import { listenToMiddleButton } from './middle-button';
import { colorHere, profile } from './profile';
import type { Shell } from './shell';
import { onStyleKept, tellStyle } from './style-memory';
import * as state from './ui-state';
import { keepView, viewOf } from './views';
import { listenToWheel } from './wheel';

/** What the widgets ask of the engine. */
type Asked = Pick<Actions, 'act' | 'fingers' | 'leave' | 'lead' | 'onBoard' | 'put' | 'restyle' | 'rename' | 'text'>;

/** An element that the page has. */
export function element<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** What the widgets can ask for. */
export function actionsOn(early: Early): Asked {
  return {
    act: (id) => {
      // The bar shows what one has taken before the engine knows of it.
      const isTool = id !== 'insertImage' && actionsOf('tools', 'more').some((tool) => tool.id === id);
      if (!early.over && isTool) state.tool.value = id as ToolName;
      early.run((engine) => engine.act(id));
    },
    fingers: (draw) => early.run((engine) => engine.fingers(draw)),
    lead: (address) => early.run((engine) => engine.setAddress(address)),
    leave: () => early.run((engine) => engine.leaveText()),
    onBoard: () => early.run((engine) => engine.colors()),
    put: (field, value) => early.run((engine) => engine.place(field, value)),
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
export function listenToInput(early: Early): void {
  const { signal } = new AbortController();
  const [stage, surface] = [element('#stage', HTMLElement), element('#board', HTMLElement)];
  const input = (batch: Float64Array) => early.run((engine) => engine.input(batch));
  listenToWheel(input, signal);
  // With Select a press beside an open menu is spent on closing it; with all others one has begun to draw.
  listenToPointers(surface, input, spaceHeld, () => state.tool.value !== 'select', signal);
  const press: Press = (...key) => early.run((engine) => engine.key(...key)) ?? false;
  listenToKeys(press, (key) => early.run((engine) => engine.keyUp(key)), signal);
  listenToMiddleButton(stage, surface, signal);
}

/** Joins the page's events to the shell. */
export function listen(board: string, shell: Shell, sync: BoardSync, canvases: Canvases): void {
  const { signal } = new AbortController();
  const stage = element('#stage', HTMLElement);
  const put: Put = ({ text, html }, address, at, columns = false) =>
    pasting(html, () => shell.run((engine) => engine.put(text, html, address, columns, at?.[0], at?.[1])));
  listenToClipboard((id) => withFiles(shell.copying(id)), put, signal);
  listenToDrops(stage, put, signal);

  const paper = { busy: false };
  const fit = followSize(stage, shell, paper);
  state.onceSaved(() => void listenSeldom(stage, shell, paper, fit, signal).catch(() => undefined));
  let first = true;
  effect(() => {
    const isDark = dark.value;
    if (!first) shell.run((engine) => engine.dark(isDark));
  });
  effect(() => {
    const [{ name, signs }, color] = [profile.value, colorHere.value];
    if (!first) shell.run((engine) => engine.profile(name, color));
    shell.run((engine) => engine.signing(signs));
  });
  effect(() => {
    void [snaps.value, dots.value];
    if (!first) shell.run(tellSnap);
  });
  first = false;
  onStyleKept(() => shell.run(tellStyle), signal);

  document.fonts.addEventListener('loadingdone', () => {
    canvases.replay();
    shell.run((engine) => engine.measureAgain());
  });

  const keep = followView(board, shell);
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

/** Listens to what few people do; without it nothing else is missing. */
async function listenSeldom(
  stage: HTMLElement, shell: Shell, paper: { busy: boolean }, fit: () => void, signal: AbortSignal,
): Promise<void> {
  const seldom = await import('./seldom');
  seldom.listenToPrint(stage, shell, paper, fit);
  const followHash = () => seldom.followHash(shell);
  addEventListener('hashchange', followHash, { signal });
  followHash();
  seldom.listenToMenuPresses(element('#board', HTMLElement), (x, y, by) => {
    if (by === 'key') {
      const [beside = x, top = y] = shell.run((engine) => engine.besideSelection()) ?? [];
      state.boardMenu.value = { x: beside, y: top };
    } else if (shell.run((engine) => engine.pointOut(x, y, by === 'press'))) state.boardMenu.value = { x, y };
  }, () => state.tool.value === 'select', signal);
  effect(() => {
    // Whatever moves the view paints, and so do the dots.
    const place = () => seldom.placeDots(stage, shell.run((engine) => engine.view()) ?? []);
    shell.painted = dots.value ? place : undefined;
    shell.painted?.();
  });
}

/** Tells the engine how large the board is, and how much of it nothing covers; gives how to do so again. */
function followSize(stage: HTMLElement, shell: Shell, paper: { readonly busy: boolean }): () => void {
  // A keyboard on the screen, or the sheet of styles, covers a part of the board without changing its size.
  const uncovered = () => {
    const { offsetLeft: left = 0, offsetTop: top = 0, width = innerWidth, height = innerHeight } = visualViewport ?? {};
    const { left: beside = 0, top: sheetTop = Infinity } = state.sheet.value ?? {};
    const bottom = Math.min(top + height, sheetTop);
    shell.run((engine) => engine.uncovered(left, top, left + width, bottom, beside));
  };
  const leaveFree = watchFreeArea(stage, (...edges) => void shell.run((engine) => engine.leaveFree(...edges)));
  const fit = () => {
    // Paper has a size of its own.
    if (paper.busy) return;
    shell.resize(stage.clientWidth, stage.clientHeight, devicePixelRatio || 1);
    leaveFree();
    uncovered();
  };
  new ResizeObserver(fit).observe(stage);
  // Moving to another screen changes the ratio and no size.
  addEventListener('resize', fit);
  visualViewport?.addEventListener('resize', uncovered);
  visualViewport?.addEventListener('scroll', uncovered);
  fit();
  state.sheet.subscribe(uncovered);
  return fit;
}

/** Looks where this person looked the last time; the function that it gives remembers where that is now. */
function followView(board: string, shell: Shell): () => void {
  const view = viewOf(board);
  if (view) shell.run((engine) => engine.lookAgain(...view));
  return () => {
    const [x = 0, y = 0, zoom = 1] = shell.run((engine) => engine.view()) ?? [];
    keepView(board, [x, y, zoom]);
  };
}
