/**
 * What a person can save when the engine cannot run.
 * Owns the file that "Download my changes" makes; needs no engine.
 */
import { base64 } from './base64';
import type { Waiting } from './file-store';
import type { Row } from './offline';
import { words } from './words';

/** A name that every system takes for a file. */
function fileName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ').slice(0, 80);
  return plain.replace(/^[. ]+|[. ]+$/g, '') || words.product;
}

/** Offers everything that this browser keeps of a board as a file; any Yjs program can apply it. */
export async function downloadRows(
  board: string, name: string, rows: readonly Row[], files: readonly Waiting[], now: number,
): Promise<void> {
  const content = {
    about: words.rescue,
    board,
    name,
    savedAt: new Date(now).toISOString(),
    updates: rows.map(({ update, unsaved, whole }) => ({ whole, unsaved: unsaved.length, update: base64(update) })),
    files: await Promise.all(files.map(async ({ hash, media, blob }) => ({
      hash, media, bytes: base64(new Uint8Array(await blob.arrayBuffer())),
    }))),
  };
  const file = new Blob([JSON.stringify(content)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${fileName(name)}.json`;
  link.click();
  // The browser reads the file after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
