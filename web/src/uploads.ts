/**
 * Pictures on their way to the server, those among them that another browser lends.
 * Owns their order, when they are tried again, and what is told of them. What brings them, and what
 * paints them, is elsewhere.
 */
import { effect } from '@preact/signals';
import { unpack } from './clip-files';
import { lookAt } from './file-look';
import type { Facts, FileStore, Waiting } from './file-store';
import { decoded } from './images';
import { toBoard } from './of-board';
import type { Shell } from './shell';
import { loading, sync, toast, uploads } from './ui-state';
import { later } from './words-later';

/** Largest file, bytes; a server that takes less says so. */
const MOST = 20 << 20;
/** Between two tries, ms; each is twice the one before. */
const SOON = 2_000;
const LATE = 60_000;
/** A server that lends nothing is asked so often: the copy may have overtaken what it lends. */
const TRIES = 2;
/** What nothing on the board shows any more is kept for so long, ms: somebody may undo that. */
const A_DAY = 86_400_000;
/** Where one drops. */
export type Place = readonly [x: number, y: number] | undefined;

/** The pictures that one person brings to one board. */
export class Uploads {
  readonly #board: string;
  readonly #store: FileStore;
  readonly #shell: Shell;
  readonly #came: () => void;
  /** Files that the server lends, by their hash: the token, and how often it lent nothing. */
  readonly #lent = new Map<string, { token: string; tries: number }>();
  /** All that the server lacks, shown or not. */
  #all: readonly Waiting[] = [];
  #running = false;
  #again = false;
  #delay = SOON;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `came` is told of files that have come since they were first looked for. */
  constructor(board: string, store: FileStore, shell: Shell, came: () => void) {
    this.#board = board;
    this.#store = store;
    this.#shell = shell;
    this.#came = came;
    // Every change of one's own is heard here: it may take a picture away, or bring it back.
    effect(() => {
      void sync.value;
      queueMicrotask(() => this.#lookAgain());
    });
  }

  /** What is shown of all that the server lacks: nobody misses the rest. */
  #shown(): readonly Waiting[] {
    return this.#all.filter(({ hash }) => this.#shell.run((engine) => engine.showsFile(hash)) ?? true);
  }

  #tell(fraction: number): void {
    const shown = this.#shown();
    const failed = shown.find((one) => one.failed)?.failed;
    uploads.value = { waiting: shown.filter((one) => !one.failed).length, fraction, failed, coming: this.#lent.size };
  }

  #lookAgain(): void {
    if (this.#all.length === 0) return;
    const { waiting, fraction } = uploads.value;
    this.#tell(fraction);
    if (uploads.value.waiting > waiting) void this.run();
  }

  /** What is on this board and the server lacks; what has long been gone from the board is dropped. */
  async #look(): Promise<void> {
    this.#all = await this.#store.waiting();
    if (loading.value !== undefined) return;
    const shown = new Set(this.#shown());
    const old = (one: Waiting) => !shown.has(one) && one.since < Date.now() - A_DAY;
    for (const one of this.#all.filter(old)) await this.#store.forget(one);
    this.#all = this.#all.filter((one) => !old(one));
  }

  /** Puts files on the board, or one instead of what an element shows; shows them at once, and sends them. */
  async add(files: readonly File[], at: Place, instead?: string): Promise<void> {
    let nth = 0;
    for (const file of files) {
      const facts = await factsOf(file).catch((error: unknown) => (error instanceof Error ? error.message : ''));
      if (typeof facts === 'string') {
        toast(facts === 'large' ? later.files.tooLarge(file.name) : later.files.unknown(file.name));
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

  /** Sends pictures of other boards that somebody has pasted here, as this browser or the clip's HTML has them. */
  async bring(hashes: readonly string[], html: string): Promise<void> {
    const ways = unpack(html);
    const waits = new Set((await this.#store.waiting()).map(({ hash }) => hash));
    let missing = 0;
    for (const hash of new Set(hashes.filter((one) => !waits.has(one)))) {
      const way = ways.get(hash);
      if (await this.#take(hash, await this.#store.blob(hash))) continue;
      if (typeof way === 'string') this.#lent.set(hash, { token: way, tries: 0 });
      else if (!(await this.#take(hash, way))) missing += 1;
    }
    if (missing > 0) toast(later.files.missing(missing));
    void this.run();
  }

  /** Keeps a file until the server has it; false when there is none, or it is another. */
  async #take(hash: string, blob: Blob | undefined): Promise<boolean> {
    const facts = blob && await factsOf(blob).catch(() => undefined);
    if (!facts || facts.hash !== hash) return false;
    await this.#store.wait(facts, new Blob([blob], { type: facts.media }));
    this.#came();
    return true;
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
    const tell = (fraction: number): void => this.#tell(fraction);
    await this.#look();
    tell(0);
    await this.#fetchLent();
    await this.#look();
    tell(0);
    for (const one of this.#shown().filter(({ failed }) => !failed)) {
      const { status, text } = await send(this.#board, one, tell);
      if (status === 200 || status === 201) {
        this.#delay = SOON;
        const { hash, media, width, height, blob } = one;
        this.#shell.run((engine) => engine.nameFile(hash, media, blob.size, width, height));
        await this.#store.brought(one);
      } else if (passes(status)) {
        this.#later();
        return tell(0);
      } else {
        await this.#store.wait(one, one.blob, text.trim() || String(status));
      }
      await this.#look();
      tell(0);
    }
    if (this.#lent.size > 0) this.#later();
  }

  /** What waits goes when the connection is back, or after a while. */
  #later(): void {
    this.#timer = setTimeout(() => void this.run(), this.#delay);
    this.#delay = Math.min(LATE, 2 * this.#delay);
  }

  /** Gets what clips have promised, as far as the server has it by now. */
  async #fetchLent(): Promise<void> {
    let missing = 0;
    for (const [hash, lent] of this.#lent) {
      const here = this.#shell.run((engine) => engine.hasFile(hash)) ?? false;
      const { status, blob } = here ? { status: 200, blob: undefined } : await fetched(lent.token);
      if (status === 404) lent.tries += 1;
      if (passes(status) || (status === 404 && lent.tries < TRIES)) continue;
      this.#lent.delete(hash);
      if (!here && !(await this.#take(hash, blob))) missing += 1;
    }
    if (missing > 0) toast(later.files.missing(missing));
  }
}

/** Whether what the server said will not be so for long. */
function passes(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 507);
}

/** A file that the server lends; status 0 when it is out of reach. */
async function fetched(token: string): Promise<{ status: number; blob: Blob | undefined }> {
  try {
    const answer = await fetch(`/v1/tokens/${token}`);
    return { status: answer.status, blob: answer.ok ? await answer.blob() : undefined };
  } catch {
    return { status: 0, blob: undefined };
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
    const request = toBoard(board, `files/${file.hash}`);
    request.setRequestHeader('content-type', file.media);
    request.setRequestHeader('x-picture-size', `${file.width}x${file.height}`);
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onloadend = () => settle({ status: request.status, text: request.responseText });
    request.send(file.blob);
  });
}
