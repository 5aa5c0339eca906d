/**
 * Pictures that go along with what is copied.
 * Owns how they stand in the clip's HTML, and that the server hears of what it is to lend: a copy has to be
 * complete at once, and knows of no answer. No board's name is in it.
 */
import { base64, fromBase64 } from './base64';
import { ofBoard } from './of-board';
import { randomHex } from './profile';

const ATTRIBUTE = 'data-drawbridge-files';
/** Bytes of files that travel in one clip; all others are lent. */
export const IN_CLIP = 256 << 10;
/** Most files of one clip: a server lends no more at once. */
const MOST = 500;
/** For how long a server lends, ms. */
const LENT = 600_000;
/** A server out of reach is asked again, ms. */
const AGAIN = 2_000;

/** How a file of a clip is had: it is there, or the token by which the server lends it. */
export type Way = Blob | string;

/** What one board lets go along. */
export class ClipFiles {
  readonly #board: string;
  readonly #bytes: (hash: string) => Uint8Array | undefined;
  #lent = '';

  /** `bytes` gives small files that are at hand. */
  constructor(board: string, bytes: (hash: string) => Uint8Array | undefined) {
    this.#board = board;
    this.#bytes = bytes;
  }

  /** HTML that has files, or where they are to be had. */
  pack(hashes: readonly string[]): string {
    let room = IN_CLIP;
    let lent = '';
    const items = [...new Set(hashes)].slice(0, MOST).map((hash) => {
      const bytes = this.#bytes(hash);
      if (bytes && bytes.length <= room) {
        room -= bytes.length;
        return `${hash}=${base64(bytes)}`;
      }
      const token = randomHex(16);
      lent += `${token} ${hash}\n`;
      return `${hash}:${token}`;
    });
    this.#lent = lent;
    if (lent) void this.#lend(lent, Date.now() + LENT);
    return `<span ${ATTRIBUTE}="${items.join(' ')}"></span>`;
  }

  /** Says what is lent until the server has heard it, something else is copied, or it is over. */
  async #lend(lent: string, until: number): Promise<void> {
    // Also when the page is left at once.
    const asked = { method: 'POST', body: lent, keepalive: true };
    const answer = await ofBoard(this.#board, 'files/tokens', asked).catch(() => undefined);
    if (answer?.ok || this.#lent !== lent || Date.now() > until) return;
    setTimeout(() => void this.#lend(lent, until), AGAIN);
  }
}

/** How the files are had that stand in a clip's HTML. It may come from anywhere: nothing in it is believed. */
export function unpack(html: string): Map<string, Way> {
  const ways = new Map<string, Way>();
  const items = new RegExp(`${ATTRIBUTE}="([^"]*)"`).exec(html)?.[1]?.split(' ', MOST) ?? [];
  for (const item of items) {
    const [, hash, kind, rest = ''] = /^([0-9a-f]{64})([=:])(.*)$/.exec(item) ?? [];
    if (!hash) continue;
    const bytes = kind === '=' ? fromBase64(rest) : undefined;
    if (bytes) ways.set(hash, new Blob([bytes]));
    else if (/^[0-9a-f]{32}$/.test(rest)) ways.set(hash, rest);
  }
  return ways;
}
