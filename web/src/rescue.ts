/**
 * What a person can save when the engine cannot run.
 * Owns the file that "Download my changes" makes; needs no engine.
 */
import { base64 } from './base64';
import { downloadFile } from './download';
import type { Waiting } from './file-store';
import type { Row } from './offline';
import { words } from './words';

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
  downloadFile(new Blob([JSON.stringify(content)], { type: 'application/json' }), name, 'json');
}
