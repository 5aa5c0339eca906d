/**
 * Keys that mean the board, not a field or a dialog.
 * Owns which keys those are and whether Space is held; the engine owns what they do.
 */
import type { Command } from './engine/wasm_client.js';

/** Whether this is a Mac, where Cmd stands for Ctrl. */
export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** Keys with which a focused button, menu or slider is worked. */
const CONTROL_KEYS = /^( |Enter|Tab|Home|End|PageUp|PageDown|Arrow(Left|Right|Up|Down))$/;

/** What the page itself does with a key; true when it did. */
export type PageKey = (event: KeyboardEvent) => boolean;

let space = false;

/** Whether Space is held down. */
export const spaceHeld = (): boolean => space;

/** Whether somebody is typing, or a dialog has the page. */
export function isElsewhere(target: EventTarget | null): boolean {
  return document.querySelector('dialog[open]') !== null || isField(target);
}

/** Whether one types in it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['range', 'color', 'button'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select');
}

function isControl(target: EventTarget | null, key: string): boolean {
  if (key === 'Escape') return document.querySelector(':popover-open') !== null;
  if (!(target instanceof HTMLElement) || !CONTROL_KEYS.test(key)) return false;
  return target.closest('button, a, input, [role], [popover]') !== null && !target.matches('#board');
}

/** Copy, cut and paste come as clipboard events, which carry the data. */
function isClipboardKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && /^[cxv]$/i.test(event.key);
}

/** Ctrl on a Mac and the Windows key elsewhere belong to the system: no letter with them is ours. */
function isForeign(event: KeyboardEvent): boolean {
  return isMac ? event.ctrlKey : event.metaKey;
}

/** Listens to the window until the signal aborts. `send` tells whether the engine handled it. */
export function listenToKeys(
  send: (command: Command) => boolean,
  page: PageKey,
  signal: AbortSignal,
): void {
  addEventListener('keydown', (event) => {
    if (event.isComposing || isElsewhere(event.target)) return;
    if (isControl(event.target, event.key) || isClipboardKey(event) || isForeign(event)) return;
    if (event.key === ' ') space = true;
    if (page(event)) return event.preventDefault();
    const { key, code, repeat, shiftKey: shift, altKey: alt } = event;
    const command = isMac ? event.metaKey : event.ctrlKey;
    const handled = send({ key: { key, code, shift, alt, command, repeat } });
    if (handled) event.preventDefault();
  }, { signal });
  addEventListener('keyup', (event) => {
    // A Space that went down on the board may come up in a field or dialog opened meanwhile.
    if (space && event.key === ' ') send({ keyUp: ' ' });
    else if (!isElsewhere(event.target)) send({ keyUp: event.key });
    if (event.key === ' ') space = false;
  }, { signal });
  addEventListener('blur', () => {
    // The keyup of a held Space goes to another window.
    if (space) send({ keyUp: ' ' });
    space = false;
  }, { signal });
}
