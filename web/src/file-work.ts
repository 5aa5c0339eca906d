/**
 * What is said between the page and the worker that reads and writes files.
 * Owns the words alone.
 */

/** A picture's file. */
export interface Picture {
  hash: string;
  media: string;
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What the worker is asked. */
export type Asked =
  /** What a file brings. */
  | { ask: 'read'; file: Uint8Array; seed: bigint }
  /** Which pictures a board shows. */
  | { ask: 'board'; state: Uint8Array }
  /** That board as a file. */
  | { ask: 'file'; what: 'excalidraw' | 'drawbridge'; pictures: readonly Pick<Picture, 'hash' | 'bytes'>[]; source: string; now: number; seed: bigint };

/** What it answers; `losses` has a line for each reason why something is not as it was. */
export interface Answers {
  /** Of another program `records`, of Drawbridge a whole `board`. */
  read: { board: Uint8Array | undefined; records: Uint8Array; pictures: Picture[]; losses: string[] };
  board: { shows: string[] };
  file: { file: string | Uint8Array<ArrayBuffer>; losses: string[] };
}

/** An answer, or why there is none, as a sentence without its stop. */
export type Told = { answer: Answers[keyof Answers] } | { refused: string };
