/**
 * What is dragged onto the page: text and links become texts on the board, a link one that leads there,
 * pictures pictures, files of other programs what they hold; all else is refused.
 * Owns that no drop leaves the page; fields take text as they always do.
 */
import { bringFiles, foreign } from './board-files';
import { type Put, carried, elementHere, picturesIn } from './clipboard';
import { isField } from './keys';
import { toast } from './ui-state';
import { words } from './words';

/** Listens until the signal aborts. Text that is dropped on `stage` is put where that was. */
export function listenToDrops(
  stage: HTMLElement,
  put: Put,
  signal: AbortSignal,
): void {
  const over = (event: DragEvent): void => {
    const data = event.dataTransfer;
    if (!data || isFieldsOwn(event, data)) return;
    event.preventDefault();
    const usable = isUsable(data) && stage.contains(event.target as Node);
    data.dropEffect = !usable ? 'none' : data.effectAllowed.startsWith('link') ? 'link' : 'copy';
    // A drop with no effect is never heard of, so this is when it can be told.
    if (event.type === 'dragenter' && !isUsable(data)) toast(words.toasts.dropText);
  };
  addEventListener('dragenter', over, { signal });
  addEventListener('dragover', over, { signal });
  addEventListener('drop', (event) => {
    const data = event.dataTransfer;
    if (!data || isFieldsOwn(event, data)) return;
    event.preventDefault();
    if (!stage.contains(event.target as Node)) return;
    const pictures = picturesIn(data);
    if (pictures.length > 0) bringFiles(pictures, [event.clientX, event.clientY]);
    if (data.files.length > 0) {
      const others = [...data.files].filter(({ type }) => !type.startsWith('image/'));
      return others.forEach((file) => foreign.open(file, [event.clientX, event.clientY]));
    }
    if (!isText(data)) return;
    const { text, address } = textOf(data);
    put({ text, html: '' }, elementHere(text) || address, [event.clientX, event.clientY]);
  }, { signal });
}

/** Whether the browser puts dragged text into a field. */
function isFieldsOwn(event: DragEvent, data: DataTransfer): boolean {
  return isField(event.target) && isText(data);
}

function isUsable(data: DataTransfer): boolean {
  return isText(data) || hasFile(data);
}

/** Before the drop browsers say only what sort of files there are; of those of other boards they know none. */
function hasFile({ items }: DataTransfer): boolean {
  return [...items].some(({ kind, type }) => kind === 'file' && /^(image\/.*|application\/(json|zip)|)$/.test(type));
}

function isText({ types }: DataTransfer): boolean {
  return !types.includes('Files') && (types.includes('text/plain') || types.includes('text/uri-list'));
}

/** A link as its words, and where it leads; several, and those that lead nowhere here, as lines; else the text. */
function textOf(data: DataTransfer): { text: string; address: string } {
  const links = carried(data, 'text/uri-list').split(/\r?\n/).filter((line) => line && !line.startsWith('#'));
  const [address = '', ...more] = links;
  if (more.length > 0) return { text: links.join('\n'), address: '' };
  if (!address) return { text: carried(data, 'text/plain'), address };
  const words = wordsOf(carried(data, 'text/html'));
  const leads = /^(https?|mailto):/i.test(address);
  return { text: leads ? words || address : [words, address].filter(Boolean).join('\n'), address };
}

/** What the first link of some HTML is called. */
function wordsOf(html: string): string {
  const inside = /<a\b[^>]*>(.*?)<\/a>/is.exec(html)?.[1] ?? '';
  // Without its tags it is text with entities, which the browser reads best.
  const page = new DOMParser().parseFromString(inside.replace(/<[^>]*>/g, ''), 'text/html');
  return (page.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
