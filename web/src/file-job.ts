/**
 * One job of the worker that reads and writes files.
 * Owns the worker, which ends with the job, and how it gets a board with its pictures. Knows no format.
 */
import type { Answers, Asked, Shown, Told } from './file-work';
import type { FileStore } from './file-store';
import { decoded } from './images';
import { sizeOf } from './file-look';
import { ofBoard } from './of-board';
import { words } from './words';
import { later } from './words-later';

/** Longest side of what is drawn of an SVG, pixels. */
const MOST_OF_SVG = 4096;

/** Where the files of a board's pictures are had. */
export interface Files {
  board: string;
  store: FileStore;
}

export class Job {
  readonly #worker = new Worker(new URL('../worker/files-worker.ts', import.meta.url), { type: 'module' });
  #cancelled = false;

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Rejects with a sentence when the worker refuses; never settles once the job is cancelled. */
  ask<A extends Asked>(asked: A, moved: Transferable[] = []): Promise<Answers[A['ask']]> {
    return new Promise((answered, refused) => {
      this.#worker.onmessage = ({ data }: MessageEvent<Told>) => {
        if ('answer' in data) answered(data.answer as Answers[A['ask']]);
        else refused(data.refused || later.foreign.unfetched);
      };
      this.#worker.onerror = (event) => refused(event.message || later.foreign.broken);
      this.#worker.postMessage(asked, moved);
    });
  }

  /** Takes a board's state, and the files of its pictures where they are wanted. */
  async open(state: Uint8Array, files?: Files): Promise<Answers['board']> {
    const looked = await this.ask({ ask: 'board', state, unnamed: words.board.frame });
    if (!files) return looked;
    const pictures = await Promise.all(looked.shows.map((hash) => shownOf(hash, files)));
    await this.ask({ ask: 'pictures', pictures: pictures.filter((one) => one !== undefined) });
    return looked;
  }

  cancel(): void {
    this.#cancelled = true;
    this.end();
  }

  end(): void {
    this.#worker.terminate();
  }
}

async function shownOf(hash: string, { board, store }: Files): Promise<Shown | undefined> {
  const had = await store.blob(hash);
  const answer = had ? undefined : await ofBoard(board, `files/${hash}`).catch(() => undefined);
  const blob = had ?? (answer?.ok ? await answer.blob() : undefined);
  return blob && { hash, bytes: new Uint8Array(await blob.arrayBuffer()), drawn: await drawn(blob).catch(() => undefined) };
}

/** What the browser draws of an SVG: no one else is let into one. */
async function drawn(blob: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const size = blob.type === 'image/svg+xml' ? await sizeOf(blob) : undefined;
  if (!size) return undefined;
  const by = MOST_OF_SVG / Math.max(size.width, size.height, MOST_OF_SVG / 2);
  const bitmap = await decoded(blob, Math.max(1, Math.round(size.width * by)), Math.max(1, Math.round(size.height * by)));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
