/**
 * Copy, cut and paste events of the page.
 * Owns when they mean the board; what is copied, and what of a paste is taken, is the engine's.
 */
import { isElsewhere } from './keys';
import type { Clip } from './shell';
import { toast } from './ui-state';
import { words } from './words';

/** More characters of one type than this are not read: more than a whole board that can be sent at once. */
const MOST = 64 << 20;

/** What a paste or a drop brings of one type; empty when there is none. */
export function carried(data: DataTransfer | null, type: string): string {
  const text = data?.getData(type) ?? '';
  return text.length > MOST ? '' : text;
}

/** Listens to the document until the signal aborts. `copying` gives what an action copied. */
export function listenToClipboard(
  copying: (id: 'copy' | 'cut') => Clip | undefined,
  paste: (clip: Clip) => void,
  signal: AbortSignal,
): void {
  const copy = (type: 'copy' | 'cut') => (event: ClipboardEvent) => {
    if (isElsewhere(event.target) || hasTextSelection()) return;
    const clip = copying(type);
    if (!clip) return;
    event.preventDefault();
    // Elements without words are nothing to other programs.
    if (clip.text) event.clipboardData?.setData('text/plain', clip.text);
    event.clipboardData?.setData('text/html', clip.html);
  };
  document.addEventListener('copy', copy('copy'), { signal });
  document.addEventListener('cut', copy('cut'), { signal });
  document.addEventListener('paste', (event) => {
    if (isElsewhere(event.target)) return;
    const text = carried(event.clipboardData, 'text/plain');
    const html = carried(event.clipboardData, 'text/html');
    if (!text && !html) {
      if (event.clipboardData?.types.includes('Files')) toast(words.toasts.pasteText);
      return;
    }
    event.preventDefault();
    paste({ text, html });
  }, { signal });
}

function hasTextSelection(): boolean {
  return (getSelection()?.toString() ?? '') !== '';
}
