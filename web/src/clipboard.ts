/**
 * Copy, cut and paste events of the page.
 * Owns when they mean the board; what is copied is the engine's text.
 */
import type { Command } from './engine/wasm_client.js';
import { isElsewhere } from './keys';

/** Runs a command and gives the text that it put on the clipboard, if any. */
export type Copying = (command: Command) => string | undefined;

/** Listens to the document until the signal aborts. */
export function listenToClipboard(copying: Copying, signal: AbortSignal): void {
  const copy = (type: 'copy' | 'cut') => (event: ClipboardEvent) => {
    if (isElsewhere(event.target) || hasTextSelection()) return;
    const text = copying(type);
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', copy('copy'), { signal });
  document.addEventListener('cut', copy('cut'), { signal });
  document.addEventListener('paste', (event) => {
    if (isElsewhere(event.target)) return;
    const text = event.clipboardData?.getData('text/plain');
    if (!text) return;
    event.preventDefault();
    copying({ paste: text });
  }, { signal });
}

function hasTextSelection(): boolean {
  return (getSelection()?.toString() ?? '') !== '';
}
