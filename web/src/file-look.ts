/**
 * What files are, as the engine finds out.
 * Owns that a file is read in pieces, and no more of it than is needed.
 */
import { FileLook } from './engine/wasm_client.js';
import type { Facts } from './file-store';

/** Bytes that are hashed at a time: some milliseconds. */
const CHUNK = 1 << 20;
/** How much of a file says how large it is: most say so at once. */
const HEADS = [64 << 10, 1 << 20, 4 << 20];

async function read(look: FileLook, piece: Blob): Promise<void> {
  look.take(new Uint8Array(await piece.arrayBuffer()));
}

function told(look: FileLook): Facts {
  const [hash = '', media = '', width, height] = look.end().split(' ');
  return { hash, media, width: Number(width), height: Number(height) };
}

/** What a file is; rejects when it is nothing that can be shown: `large` or `unknown`. */
export async function lookAt(file: Blob): Promise<Facts> {
  const look = new FileLook();
  for (let at = 0; at < file.size; at += CHUNK) await read(look, file.slice(at, at + CHUNK));
  return told(look);
}

/** How large a picture is, from its beginning. */
export async function sizeOf(file: Blob): Promise<{ width: number; height: number } | undefined> {
  for (const length of HEADS) {
    const look = new FileLook();
    try {
      await read(look, file.slice(0, length));
      return told(look);
    } catch {
      if (file.size <= length) return undefined;
    }
  }
  return undefined;
}
