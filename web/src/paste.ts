/**
 * Paste from a menu, where no key has asked for it: the page reads the clipboard itself, if it may.
 * Owns that reading; what of it is taken is `clipboard.ts`'s.
 */
import { EXCALIDRAW, pasteAll } from './clipboard';
import { toast } from './ui-state';
import { shortcutText } from './ui/shortcut';
import type { Place } from './uploads';
import { words } from './words';
import { later } from './words-later';

/** Whether the browser has a clipboard that pages can look into; on plain HTTP none has. */
export const pastes = (): boolean => typeof navigator.clipboard?.read === 'function';

/** Pastes what is on the clipboard at a place, once the person and the browser allow it. */
export async function pasteAt(at?: Place): Promise<void> {
  let items: ClipboardItems;
  try {
    items = await navigator.clipboard.read();
  } catch {
    return toast(later.menu.noPaste(shortcutText('mod+v')));
  }
  const read = async (type: string): Promise<string> => {
    const item = items.find(({ types }) => types.includes(type));
    return (await (await item?.getType(type))?.text()) ?? '';
  };
  const clip = { text: (await read(`web ${EXCALIDRAW}`)) || (await read('text/plain')), html: await read('text/html') };
  const shown = items.flatMap((item) => item.types.filter((type) => type.startsWith('image/')).map((type) => ({ item, type })));
  const pictures = await Promise.all(shown.map(async ({ item, type }) => new File([await item.getType(type)], '', { type })));
  if (!pasteAll(clip, pictures, at)) toast(words.toasts.pasteText);
}
