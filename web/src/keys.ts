/**
 * The keyboard: what has it, and how the board gets it back.
 * Owns that and whether Space is held; which keys are the board's, and what they do, is the engine's.
 */
import type { Focus } from './engine/wasm_client.js';

/** Whether this is a Mac, where Cmd stands for Ctrl. */
export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** Keys with which a focused button, menu or slider is worked. */
const CONTROL_KEYS = /^( |Enter|Tab|Home|End|PageUp|PageDown|Arrow(Left|Right|Up|Down))$/;

/** `keyCode` of a key that an input method has taken, where `isComposing` does not say so yet. */
const COMPOSED = 229;

let space = false;

/** Whether Space is held down. */
export const spaceHeld = (): boolean => space;

/** Whether a dialog or a failure keeps people from the board. */
export const isModal = (): boolean => document.querySelector('dialog[open], #stage[inert]') !== null;

/** What has the keyboard, as the engine calls it. */
function focusOf(target: EventTarget | null): Focus {
  if (isModal()) return 'dialog';
  if (!(target instanceof HTMLElement)) return 'board';
  if (target.matches('.text-field')) return 'text';
  // An open menu is worked by keys of its own; what lies behind it must not hear of them.
  return isField(target) || document.querySelector(':popover-open') ? 'field' : 'board';
}

/** Whether one types in it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['range', 'color', 'button'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}

/** Whether somebody is typing, or a dialog has the page. */
export const isElsewhere = (target: EventTarget | null): boolean => focusOf(target) !== 'board';

/**
 * Gives the keyboard to the board, or to the text that is typed there: a field that had it commits.
 * Who works by keys sees the board focused; after a press nothing is, and its keys are the board's too.
 */
export function takeKeyboard(byKey = false): void {
  const { activeElement } = document;
  const text = document.querySelector<HTMLElement>('.text-field:not([hidden])');
  const to = text ?? (byKey && activeElement !== document.body ? document.getElementById('board') : undefined);
  if (to) to.focus({ preventScroll: true });
  else if (activeElement instanceof HTMLElement) activeElement.blur();
}

function isControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || !CONTROL_KEYS.test(key)) return false;
  return target.closest('button, a, input, [role], [popover]') !== null && !target.matches('#board');
}

/** What is held with a key, as the engine numbers it. */
const Held = { shift: 1, alt: 2, command: 4, repeat: 8 } as const;

function heldWith(event: KeyboardEvent): number {
  return (
    (event.shiftKey ? Held.shift : 0) |
    (event.altKey ? Held.alt : 0) |
    ((isMac ? event.metaKey : event.ctrlKey) ? Held.command : 0) |
    (event.repeat ? Held.repeat : 0)
  );
}

/** Ctrl on a Mac and the Windows key elsewhere belong to the system: no letter with them is ours. */
function isForeign(event: KeyboardEvent): boolean {
  return isMac ? event.ctrlKey : event.metaKey;
}

/** Takes a key that went down, with what is held as bits; true when the engine took it. */
export type Press = (key: string, code: string, held: number, focus: Focus) => boolean;

/** What `first-look.ts` leaves: the keys that nobody has heard yet. */
type EarlyKeys = Window & { pressedSoFar?: () => KeyboardEvent[] };

/** Listens to the window until the signal aborts; first to what was pressed before. */
export function listenToKeys(
  press: Press,
  release: (key: string) => void,
  signal: AbortSignal,
): void {
  const hear = (event: KeyboardEvent): void => {
    // What has the keyboard comes first: one Escape closes one thing.
    if (event.defaultPrevented || event.isComposing || event.keyCode === COMPOSED || isForeign(event)) return;
    const { key } = event;
    const focus = focusOf(event.target);
    const escapes = key === 'Escape' && focus !== 'dialog';
    // The browser closes a popover by it.
    if (escapes && document.querySelector(':popover-open')) return;
    // From a control it leads back to the board, where nothing ends by it.
    if (escapes && event.target instanceof Element && event.target.matches('.chrome :focus-visible')) {
      return takeKeyboard(true);
    }
    if (focus === 'board') {
      if (isControl(event.target, key)) return;
      // Where nothing has the focus, Tab leads to the first thing that can.
      if (key === 'Tab' && document.activeElement?.id !== 'board') return;
      if (key === ' ') space = true;
    }
    if (press(key, event.code, heldWith(event), focus)) event.preventDefault();
    if (escapes) takeKeyboard(true);
  };
  addEventListener('keydown', hear, { signal });
  (window as EarlyKeys).pressedSoFar?.().forEach(hear);
  addEventListener('pointerdown', ({ target }) => {
    const { activeElement: active } = document;
    const elsewhere = focusOf(active) === 'field' && !(target instanceof Node && active?.contains(target));
    // Boards and buttons keep the focus where it is; a press beside a field ends that all the same.
    if (elsewhere || (target instanceof Element && target.closest('#board'))) takeKeyboard();
  }, { signal, capture: true });
  addEventListener('keyup', (event) => {
    // A Space that went down on the board may come up in a field or dialog opened meanwhile.
    if (space && event.key === ' ') release(' ');
    else if (!isElsewhere(event.target)) release(event.key);
    if (event.key === ' ') space = false;
  }, { signal });
  addEventListener('blur', () => {
    // The keyup of a held Space goes to another window.
    if (space) release(' ');
    space = false;
  }, { signal });
}
