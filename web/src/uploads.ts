/**
 * Pictures on their way to the server.
 * Owns their order, when they are tried again, and what is told of them. What brings them, and what
 * paints them, is elsewhere.
 */
import { lookAt } from './file-look';
import type { Facts, FileStore, Waiting } from './file-store';
import { decoded } from './images';
import type { Shell } from './shell';
import { toast, uploads } from './ui-state';
import { later } from './words-later';

/** Largest file, bytes; a server that takes less says so. */
const MOST = 20 << 20;
/** Between two tries, ms; each is twice the one before. */
const SOON = 2_000;
const LATE = 60_000;
/** Where one drops. */
export type Place = readonly [x: number, y: number] | undefined;

/** The pictures that one person brings to one board. */
export class Uploads {
  readonly #board: string;
  readonly #store: FileStore;
  readonly #shell: Shell;
  #running = false;
  #again = false;
  #delay = SOON;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(board: string, store: FileStore, shell: Shell) {
    this.#board = board;
    this.#store = store;
    this.#shell = shell;
  }

  /** Puts files on the board, or one instead of what an element shows; shows them at once, and sends them. */
  async add(files: readonly File[], at: Place, instead?: string): Promise<void> {
    let nth = 0;
    for (const file of files) {
      const facts = await factsOf(file).catch((error: unknown) => (error instanceof Error ? error.message : ''));
      if (typeof facts === 'string') {
        toast(facts === 'large' ? later.files.tooLarge : later.files.unknown(file.name));
        continue;
      }
      // Whatever its name says, it is shown as what it is.
      const blob = new Blob([file], { type: facts.media });
      if (!(await isWhole(blob))) {
        toast(later.files.damaged(file.name));
        continue;
      }
      await this.#store.wait(facts, blob);
      const place = Float64Array.of(facts.width, facts.height, nth, files.length, ...(at ?? []));
      const there = this.#shell.run((engine) => engine.insertImage(facts.hash, place, instead)) ?? false;
      if (there) nth += 1;
    }
    void this.run();
  }

  /** Sends pictures of other boards that somebody has pasted here, as far as this browser has them. */
  async bring(hashes: readonly string[]): Promise<void> {
    const waits = new Set((await this.#store.waiting()).map(({ hash }) => hash));
    for (const hash of hashes.filter((one) => !waits.has(one))) {
      const blob = await this.#store.blob(hash);
      const facts = blob && await factsOf(blob).catch(() => undefined);
      if (facts && blob) await this.#store.wait(facts, blob);
    }
    void this.run();
  }

  /** Sends what failed once more. */
  async retry(): Promise<void> {
    for (const one of await this.#store.waiting()) if (one.failed) await this.#store.wait(one, one.blob);
    this.#delay = SOON;
    void this.run();
  }

  /** Sends what waits. */
  async run(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      while (this.#again) {
        this.#again = false;
        await this.#alone(() => this.#sendAll());
      }
    } finally {
      this.#running = false;
    }
  }

  /** One tab at a time, where browsers can tell. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const locks = navigator.locks as LockManager | undefined;
    if (locks) await locks.request(`drawbridge files:${this.#board}`, work);
    else await work();
  }

  async #sendAll(): Promise<void> {
    let all = await this.#store.waiting();
    const tell = (fraction: number): void => {
      const failed = all.find((one) => one.failed)?.failed;
      uploads.value = { waiting: all.filter((one) => !one.failed).length, fraction, failed };
    };
    tell(0);
    for (const one of all.filter(({ failed }) => !failed)) {
      const { status, text } = await send(this.#board, one, tell);
      if (status === 200 || status === 201) {
        this.#delay = SOON;
        const { hash, media, width, height, blob } = one;
        this.#shell.run((engine) => engine.nameFile(hash, media, blob.size, width, height));
        await this.#store.brought(one);
      } else if (status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 507)) {
        // What waits goes when the connection is back, or after a while.
        this.#timer = setTimeout(() => void this.run(), this.#delay);
        this.#delay = Math.min(LATE, 2 * this.#delay);
        return tell(0);
      } else {
        await this.#store.wait(one, one.blob, text.trim() || String(status));
      }
      all = await this.#store.waiting();
      tell(0);
    }
  }
}

/** What a file is; rejects with why it cannot be shown. */
async function factsOf(file: Blob): Promise<Facts> {
  if (file.size > MOST) throw new Error('large');
  return lookAt(file);
}

/** Whether this browser can show it: what begins as a picture does may be damaged further on. */
async function isWhole(blob: Blob): Promise<boolean> {
  return decoded(blob, 1, 1).then((bitmap) => (bitmap.close(), true), () => false);
}

/** Sends one; status 0 when the server is out of reach. */
function send(board: string, file: Waiting, tell: (fraction: number) => void): Promise<{ status: number; text: string }> {
  return new Promise((settle) => {
    // Of what `fetch` sends nobody hears how far it has got.
    const request = new XMLHttpRequest();
    request.open('PUT', `/files/${board}/${file.hash}`);
    request.setRequestHeader('content-type', file.media);
    request.setRequestHeader('x-picture-size', `${file.width}x${file.height}`);
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onloadend = () => settle({ status: request.status, text: request.responseText });
    request.send(file.blob);
  });
}
