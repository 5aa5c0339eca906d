/**
 * Copy, cut and paste events of the page.
 * Owns when they mean the board, and what a paste brings; what is copied, and what of a paste is taken, is
 * the engine's.
 */
import { bringFiles, foreign } from './board-files';
import { hover } from './input';
import { isElsewhere } from './keys';
import type { Clip } from './shell';
import { toast } from './ui-state';
import type { Place } from './uploads';
import { words } from './words';

/** More characters of one type than this are not read: more than a whole board that can be sent at once. */
const MOST = 64 << 20;

/** Elements of Excalidraw, beside their words. */
export const EXCALIDRAW = 'application/vnd.excalidraw.clipboard+json';

/** Puts on the board what came from elsewhere, and where its text leads: at a place, else where the pointer is. */
export type Put = (clip: Clip, address: string, at?: Place, columns?: boolean) => void;

/** The address of an element of this board as the document has it, `#` and its id; empty for all else. */
export function elementHere(text: string): string {
  const own = `${location.origin}${location.pathname}#`;
  return text.trim().startsWith(own) ? text.trim().slice(own.length - 1) : '';
}

/** What a paste or a drop brings of one type; empty when there is none. */
export function carried(data: DataTransfer | null, type: string): string {
  const text = data?.getData(type) ?? '';
  return text.length > MOST ? '' : text;
}

/** The pictures among the files of a paste or a drop. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
}

/** How what is pasted comes to the board that is open. */
let put: Put | undefined;

/** What only `paste-forms.ts` can tell from words: it comes when somebody pastes what may be more. */
const MORE = /tldraw|"excalidraw|<(table|ul|ol|img|svg)\b|^\s*[-*|] ?|\t/m;

/** Pastes at a place, else where the pointer is; false when there is nothing that can be pasted. */
export function pasteAll(clip: Clip, pictures: readonly File[], at: Place | undefined = hover.at): boolean {
  const { text, html } = clip;
  // A picture that is copied on a page comes with a line of HTML that leads to it.
  if (pictures.length > 0 && !text.trim()) bringFiles(pictures, at);
  else if (!text && !html) return false;
  else if (MORE.test(text + html) && !html.includes('data-drawbridge=')) void pasteMore(clip, at);
  else put?.(clip, elementHere(text), at);
  return true;
}

async function pasteMore(clip: Clip, at?: Place): Promise<void> {
  const forms = await import('./paste-forms').catch(() => undefined);
  // A drawing's code is not what anybody means.
  if (!forms && /^\s*<svg/i.test(clip.text)) return toast(words.toasts.unfetched);
  const { file, text = clip.text, columns, pictures = [] } = forms?.find(clip) ?? {};
  if (file?.type) return bringFiles([file], at);
  if (file) return foreign.open(file, at);
  if (pictures.length > 0) bringFiles(pictures, at);
  put?.({ text, html: '' }, elementHere(text), at, columns);
}

/** Listens to the document until the signal aborts. `copying` gives what an action copied. */
export function listenToClipboard(
  copying: (id: 'copy' | 'cut') => Clip | undefined,
  putThere: Put,
  signal: AbortSignal,
): void {
  put = putThere;
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
    const { clipboardData: data } = event;
    const clip = { text: carried(data, EXCALIDRAW) || carried(data, 'text/plain'), html: carried(data, 'text/html') };
    if (pasteAll(clip, picturesIn(data))) event.preventDefault();
    else if (data?.types.includes('Files')) toast(words.toasts.pasteText);
  }, { signal });
}

function hasTextSelection(): boolean {
  return (getSelection()?.toString() ?? '') !== '';
}
