/**
 * Whether a server takes what a file brings.
 * Owns the bounds, and what is said of them and of what a file lost; knows no format and no board.
 */
import type { Answers } from './file-work';
import { later } from './words-later';

/** Larger files are not read, bytes: as the readers have it. */
export const MOST = 128 << 20;
/** What a server takes where it cannot be asked, bytes. */
const USUAL: Limits = { frame: 32 << 20, board: 64 << 20, file: 20 << 20, files: 512 << 20 };
/** So many reasons are told at once. */
const REASONS = 8;

/** What the server takes, bytes. */
export interface Limits {
  /** One change. */
  frame: number;
  board: number;
  file: number;
  /** All files of a board. */
  files: number;
}

/** What the server takes; to be asked while a file is read. */
export async function limits(): Promise<Limits> {
  const answer = await fetch('/v1/limits').catch(() => undefined);
  return answer?.ok ? (answer.json() as Promise<Limits>) : USUAL;
}

/** Random bits for new names. */
export function seed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}

/** Why a server does not take what a file brings, to a board of so many bytes; undefined where it does. */
export function tooMuch(
  { board: whole, records, pictures }: Answers['read'], now: number, { frame, board, file, files }: Limits,
): string | undefined {
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
