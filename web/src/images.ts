/**
 * Pictures as they are painted: decoded, as small as they are seen, within a bound of memory.
 * Owns which copy of a picture there is. Knows no element; an SVG is shown as an image, in which
 * nothing runs.
 */
import { IN_CLIP } from './clip-files';
import type { Drawn } from './display-list';
import { sizeOf } from './file-look';
import type { FileStore } from './file-store';
import { ofBoard } from './of-board';

/** Bytes of pixels that are kept decoded, four a pixel. */
const MOST = 192 << 20;
/** Bytes of one of them. */
const MOST_OF_ONE = MOST / 4;
/** Bytes of small files that are at hand for whoever copies: reading a file takes longer than a copy may. */
const AT_HAND = 8 << 20;
/** Longest side of a drawing that has no pixels of its own. */
const MOST_OF_SVG = 4096;
/** A server that has a file and does not give it is asked again, ms. */
const AGAIN = 10_000;
/** So many are fetched and decoded at a time. */
const AT_ONCE = 4;

interface Entry {
  state: 'away' | 'coming' | 'here' | 'broken';
  blob: Blob | undefined;
  /** Of a small file: all of it. */
  bytes?: Uint8Array;
  width: number;
  height: number;
  bitmap: ImageBitmap | undefined;
  /** How often the bitmap was halved. */
  level: number;
  /** How often the one may be halved that was asked for. */
  wanted: number;
  used: number;
}

/** The decoded pictures of one board. */
export class Images {
  readonly #board: string;
  readonly #store: FileStore;
  readonly #named: (hash: string) => boolean;
  readonly #arrived: () => void;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: (() => Promise<void>)[] = [];
  #busy = 0;
  #clock = 0;
  #atHand = 0;
  #agains = 0;
  readonly #waiting: (() => void)[] = [];

  /** `named` says whether the server has a file; `arrived` is told when there is more to be painted. */
  constructor(board: string, store: FileStore, named: (hash: string) => boolean, arrived: () => void) {
    this.#board = board;
    this.#store = store;
    this.#named = named;
    this.#arrived = arrived;
  }

  /** See `PictureSource`. */
  get(hash: string, across: number): { source: Drawn; settled: boolean } | undefined {
    const entry = this.#entry(hash);
    entry.used = this.#clock += 1;
    if (entry.state === 'away') this.#fetch(hash, entry, across);
    if (entry.state !== 'here') return undefined;
    const wanted = level(entry, across);
    if (wanted < entry.wanted || !entry.bitmap) this.#decode(entry, wanted);
    const { bitmap } = entry;
    return bitmap && { source: bitmap, settled: entry.level <= wanted };
  }

  /** A small file that was seen here. */
  bytes(hash: string): Uint8Array | undefined {
    return this.#entries.get(hash)?.bytes;
  }

  /** What was not to be had may be by now. */
  again(): void {
    this.#agains += 1;
    let any = false;
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'broken' || entry.blob) continue;
      entry.state = 'away';
      any = true;
    }
    if (any) this.#arrived();
  }

  /** Settles when none is on its way any more. */
  settled(): Promise<void> {
    return new Promise((settle) => {
      this.#waiting.push(settle);
      this.#next();
    });
  }

  #entry(hash: string): Entry {
    let entry = this.#entries.get(hash);
    if (!entry) {
      entry = {
        state: 'away', blob: undefined, width: 0, height: 0, bitmap: undefined, level: 0, wanted: Infinity, used: 0,
      };
      this.#entries.set(hash, entry);
    }
    return entry;
  }

  #fetch(hash: string, entry: Entry, across: number): void {
    entry.state = 'coming';
    this.#soon(async () => {
      const asked = this.#agains;
      const blob = await this.#blob(hash).catch(() => undefined);
      const facts = blob && await sizeOf(blob);
      entry.blob = blob;
      // It may have come while nobody had it yet.
      entry.state = facts ? 'here' : blob || asked === this.#agains ? 'broken' : 'away';
      if (!blob && this.#named(hash)) setTimeout(() => this.again(), AGAIN);
      if (!facts) return;
      [entry.width, entry.height] = [facts.width, facts.height];
      await this.#keepAtHand(entry);
      await this.#make(entry, entry.wanted = level(entry, across));
    });
  }

  async #keepAtHand(entry: Entry): Promise<void> {
    const { blob } = entry;
    if (!blob || blob.size > IN_CLIP || this.#atHand + blob.size > AT_HAND) return;
    this.#atHand += blob.size;
    entry.bytes = new Uint8Array(await blob.arrayBuffer());
  }

  async #blob(hash: string): Promise<Blob | undefined> {
    const kept = await this.#store.blob(hash);
    if (kept ?? !this.#named(hash)) return kept;
    const answer = await ofBoard(this.#board, `files/${hash}`);
    if (!answer.ok) return undefined;
    const blob = await answer.blob();
    void this.#store.see(hash, blob);
    return blob;
  }

  #decode(entry: Entry, wanted: number): void {
    entry.wanted = wanted;
    this.#soon(() => this.#make(entry, wanted));
  }

  async #make(entry: Entry, wanted: number): Promise<void> {
    const { blob } = entry;
    if (!blob || (entry.bitmap && entry.level <= wanted)) return;
    const [width, height] = [entry.width, entry.height].map((side) => Math.max(1, Math.round(side / 2 ** wanted)));
    try {
      const bitmap = await decoded(blob, width ?? 1, height ?? 1);
      entry.bitmap?.close();
      [entry.bitmap, entry.level] = [bitmap, wanted];
    } catch (error) {
      console.warn('a picture cannot be shown:', error);
      entry.state = 'broken';
    }
    this.#shrink(entry);
  }

  /** Gives up those that were painted longest ago while there are too many. */
  #shrink(newest: Entry): void {
    const size = ({ bitmap }: Entry): number => (bitmap ? bitmap.width * bitmap.height * 4 : 0);
    const all = [...this.#entries.values()].filter((entry) => entry.bitmap);
    let bytes = all.reduce((sum, entry) => sum + size(entry), 0);
    for (const entry of all.sort((a, b) => a.used - b.used)) {
      if (bytes <= MOST || entry === newest) return;
      bytes -= size(entry);
      entry.bitmap?.close();
      [entry.bitmap, entry.wanted] = [undefined, Infinity];
    }
  }

  #soon(work: () => Promise<void>): void {
    this.#queue.push(work);
    this.#next();
  }

  #next(): void {
    if (this.#busy + this.#queue.length === 0) this.#waiting.splice(0).forEach((settle) => settle());
    while (this.#busy < AT_ONCE) {
      const work = this.#queue.shift();
      if (!work) return;
      this.#busy += 1;
      void work().finally(() => {
        this.#busy -= 1;
        this.#arrived();
        this.#next();
      });
    }
  }
}

/** How often a picture may be halved that is to be so many pixels across; an SVG may be doubled. */
function level({ width, height, blob }: Entry, across: number): number {
  const drawing = blob?.type === 'image/svg+xml';
  let halved = Math.floor(Math.log2(width / Math.max(1, across)));
  if (!drawing) halved = Math.max(0, halved);
  while ((width * height * 4) / 4 ** halved > MOST_OF_ONE) halved += 1;
  while (drawing && Math.max(width, height) / 2 ** halved > MOST_OF_SVG) halved += 1;
  return halved;
}

/** A picture in so many pixels; rejects where it is damaged, or this browser cannot show it. */
export async function decoded(blob: Blob, width: number, height: number): Promise<ImageBitmap> {
  if (blob.type !== 'image/svg+xml') {
    return createImageBitmap(blob, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
  }
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    // One that may not be read throws here, and never reaches what else is painted.
    return canvas.transferToImageBitmap();
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
