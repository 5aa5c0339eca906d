/**
 * A file that the page makes, for the person to keep.
 * Owns its name, and how long the browser may read it.
 */
import { words } from './words';

/** A name that every system takes for a file. */
function fileName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ').slice(0, 80);
  return plain.replace(/^[. ]+|[. ]+$/g, '') || words.product;
}

/** Offers a file under a board's name. */
export function downloadFile(file: Blob, name: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${fileName(name)}.${ending}`;
  link.click();
  // The browser reads the file after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
