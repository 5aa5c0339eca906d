/**
 * A file that is read or written in a worker, and whether a server takes what one brings.
 * Owns the worker's life and these bounds; knows no format and no board.
 */
import type { Answers, Asked, Told } from './file-work';
import { later } from './words-later';

/** Larger files are not read, bytes: as the readers have it. */
export const MOST = 128 << 20;
/** What a server takes where it cannot be asked, bytes. */
const USUAL: Limits = { frame: 32 << 20, board: 64 << 20, file: 20 << 20, files: 512 << 20 };
/** So many reasons are told at once. */
const REASONS = 3;

/** What the server takes, bytes. */
interface Limits {
  /** One change. */
  frame: number;
  board: number;
  file: number;
  /** All files of a board. */
  files: number;
}

async function limits(): Promise<Limits> {
  const answer = await fetch('/v1/limits').catch(() => undefined);
  return answer?.ok ? (answer.json() as Promise<Limits>) : USUAL;
}

/** A worker for one job, which ends with it. */
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
        else refused(data.refused);
      };
      this.#worker.onerror = (event) => refused(event.message || later.foreign.broken);
      this.#worker.postMessage(asked, moved);
    });
  }

  cancel(): void {
    this.#cancelled = true;
    this.end();
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** Random bits for new names. */
export function seed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}

/** Why a server does not take what a file brings, to a board of so many bytes; undefined where it does. */
export async function tooMuch({ board: whole, records, pictures }: Answers['read'], now: number): Promise<string | undefined> {
  const { frame, board, file, files } = await limits();
  const largest = Math.max(0, ...pictures.map(({ bytes }) => bytes.length));
  const all = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const say = later.foreign;
  const change = whole?.length ?? records.length;
  if (change > frame) return say.tooLarge(change, frame);
  if (now + change > board) return say.boardFull(now + change, board);
  if (largest > file) return say.pictureTooLarge(largest, file);
  return all > files ? say.picturesTooLarge(all, files) : undefined;
}

/** The first reasons why something is not as it was, as one line. */
export function told(losses: readonly string[]): string {
  const more = losses.length - REASONS;
  return [...losses.slice(0, REASONS), ...(more > 0 ? [later.foreign.more(more)] : [])].join('; ');
}
