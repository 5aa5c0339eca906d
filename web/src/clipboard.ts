/**
 * Copy, cut and paste events of the page.
 * Owns when they mean the board; what is copied, and what of a paste is taken, is the engine's.
 */
import { bringFiles } from './board-files';
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

/** The pictures among the files of a paste or a drop. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
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
    const pictures = picturesIn(event.clipboardData);
    const text = carried(event.clipboardData, 'text/plain');
    const html = carried(event.clipboardData, 'text/html');
    // A picture that is copied on a page comes with a line of HTML that leads to it.
    if (pictures.length > 0 && !text.trim()) {
      event.preventDefault();
      return bringFiles(pictures);
    }
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
