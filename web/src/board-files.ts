/**
 * The pictures of one board: who paints them, brings them and sends them.
 * Owns when all of that is fetched: with the first picture, or when a file may be waiting.
 */
import type { Canvases } from './canvas';
import type { Player } from './display-list';
import type { UiEvent } from './engine/wasm_client.js';
import type { FileStore } from './file-store';
import { pickForeign } from './foreign-pick';
import type { OpenBoard } from './foreign-files';
import type { Images } from './images';
import { boardName } from './recents';
import type { Clip, Copied, Shell } from './shell';
import { cover, onceSaved, toast } from './ui-state';
import type { Place, Uploads } from './uploads';
import { words } from './words';

interface Parts {
  store: FileStore;
  images: Images;
  uploads: Uploads;
}

/** How files come to the board that is open; SVG as pictures where these are asked for. */
let take: ((files: readonly File[], at?: Place, asPictures?: boolean) => void) | undefined;
/** How a file comes in place of another. */
let replace: (() => void) | undefined;

/** The files of what is copied, as HTML. */
let pack: ((hashes: readonly string[]) => string) | undefined;
/** The HTML of what is being pasted, which may have files. */
let pasted = '';

/** What was copied, with the files of its pictures. */
export function withFiles(copied: Copied | undefined): Clip | undefined {
  if (!copied?.files.length) return copied;
  return { text: copied.text, html: copied.html + (pack?.(copied.files) ?? '') };
}

/** Pastes HTML, in which the files are that the board turns out to lack. */
export function pasting(html: string, paste: () => void): void {
  pasted = html;
  paste();
  pasted = '';
}

/** Puts files on the board that is open. */
export function bringFiles(files: Iterable<File>, at?: Place): void {
  take?.([...files], at);
}

/** Opens a file of another program on the board, or takes the board along as one. */
export const foreign = {
  open: (file?: File, at?: Place): void => openForeign?.(file, at),
  save: (): void => void saveAs?.('excalidraw'),
  copy: (what: Copyable): void => void copyAs?.(what),
  export: (): void => void askForPicture?.(),
};
let openForeign: ((file: File | undefined, at: Place) => void) | undefined;
let copyAs: ((what: Copyable) => Promise<void>) | undefined;
let askForPicture: (() => Promise<void>) | undefined;
let saveAs: ((what: 'excalidraw' | 'drawbridge') => Promise<void>) | undefined;

/** Gives all of the board that is open as a file. */
export async function saveDrawbridge(): Promise<void> {
  await saveAs?.('drawbridge');
}

/** What is copied for other programs. */
export type Copyable = 'png' | 'svg' | 'excalidraw';

/** Puts on the clipboard what is still being made. */
export async function putOnClipboard(type: string, made: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ [type]: made })]);
}

/** Asks the person for pictures. */
export function pickFiles(): void {
  pick(true, (files) => take?.([...files], undefined, true));
}

/** Asks the person for a picture in place of the one that is selected. */
export function pickReplacement(): void {
  replace?.();
}

function pick(several: boolean, picked: (files: Iterable<File>) => void): void {
  if (navigator.userActivation?.isActive === false) {
    // The page took so long to come that the browser no longer believes that somebody asked.
    const { choose, pick: question } = words.toasts;
    return toast(question, { label: choose, go: () => pick(several, picked) });
  }
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = several;
  input.accept = 'image/png,image/jpeg,image/webp,image/gif,image/svg+xml';
  input.onchange = () => picked(input.files ?? []);
  input.click();
}

/** What Excalidraw writes into a picture that is a scene as well. */
const SCENE = 'application/vnd.excalidraw+json';

/** What can run, and so is cleaned first. */
const SVG = 'image/svg+xml';

/** Whether a picture has a scene in it, which is what its person wants. */
async function hasScene(file: File): Promise<boolean> {
  if (!/^image\/(png|svg\+xml)$/.test(file.type)) return false;
  return (await file.text()).includes(SCENE);
}

/** Pictures as they may be on a board, without what cannot be cleaned now. */
async function allCleaned(files: readonly File[]): Promise<File[]> {
  if (!files.some(({ type }) => type === SVG)) return [...files];
  try {
    const { cleaned } = await import('./foreign-files');
    return (await Promise.all(files.map(cleaned))).filter((file) => file !== undefined);
  } catch (error) {
    told(error);
    return files.filter(({ type }) => type !== SVG);
  }
}

/** Says that a part of the page is not to be had: what few need is not kept for days without network. */
function told(error: unknown): void {
  console.warn('files are not to be had:', error);
  toast(words.toasts.unfetched);
}

/** One board's pictures. */
export class BoardFiles {
  readonly #board: string;
  readonly #shell: Shell;
  readonly #canvases: Canvases;
  #parts: Promise<Parts> | undefined;
  #images: Images | undefined;
  #frame = 0;

  constructor(board: string, shell: Shell, canvases: Canvases, player: Player) {
    this.#board = board;
    this.#shell = shell;
    this.#canvases = canvases;
    player.picture = (hash, across) => {
      if (!this.#images) this.#with(() => this.#repaint());
      return this.#images?.get(hash, across);
    };
    player.settled = () => this.#come().then(({ images }) => images.settled());
    take = (files, at, asPictures) => this.#with(async ({ uploads }) => {
      const scenes = await Promise.all(files.map(hasScene));
      files.filter((_, nth) => scenes[nth]).forEach((file) => foreign.open(file, at));
      const others = files.filter((_, nth) => !scenes[nth]);
      const pictures = await (asPictures ? allCleaned(others) : this.#undrawn(others, at));
      if (pictures.length > 0) await uploads.add(pictures, at);
    });
    replace = () => {
      // The one that is meant is the one that is selected when the question is put.
      const id = shell.run((engine) => engine.imageToReplace());
      if (id === undefined) return;
      pick(false, (files) => this.#with(async ({ uploads }) => uploads.add(await allCleaned([...files]), undefined, id)));
    };
    openForeign = (file, at) => void this.#withForeign((of, open) =>
      file ? of.bringIn(file, open, at) : pickForeign((picked) => picked.type === SVG ? bringFiles([picked]) : void of.bringIn(picked, open, at)),
    ).catch(told);
    saveAs = (what) => this.#withForeign((of, open) => of.save(what, open, Date.now())).catch(told);
    askForPicture = () => this.#withForeign(async (_, open) => (await import('./export-picture')).askForPicture(open)).catch(told);
    copyAs = (what) => {
      const made = this.#withForeign(async (_, open) => (await import('./export-picture')).copied(what, open));
      // At once: browsers let nobody write to the clipboard whom no key has asked.
      const written = putOnClipboard(what === 'png' ? 'image/png' : 'text/plain', made);
      // Told below, if at all.
      for (const either of [made, written]) either.catch(() => undefined);
      return this.#withForeign(async () => (await import('./export-picture')).toldCopied(what, made, written)).catch(told);
    };
    onceSaved(() => this.#with(({ uploads }) => uploads.run()));
  }

  /** Hears what the engine says of files. */
  told(event: Extract<UiEvent, { type: 'files' | 'lacking' }>): void {
    const html = pasted;
    if (event.type === 'lacking') this.#with(({ uploads }) => uploads.bring(event.files, html));
    else this.#images?.again();
  }

  /** The connection is back. */
  connected(): void {
    this.#images?.again();
    if (this.#parts) this.#with(({ uploads }) => uploads.run());
  }

  /** Does something with the parts; without network they may not come, and whoever wants them next asks again. */
  #with(work: (parts: Parts) => void | Promise<void>): void {
    this.#come().then(work).catch((error: unknown) => console.warn('pictures are not to be had:', error));
  }

  async #withForeign<T>(work: (of: typeof import('./foreign-files'), open: OpenBoard) => T | Promise<T>): Promise<T> {
    const [board, shell] = [this.#board, this.#shell];
    const { store, images, uploads } = await this.#come();
    const name = boardName(board, cover.value);
    return work(await import('./foreign-files'), { board, name, shell, store, images, send: () => void uploads.run() });
  }

  /** Pictures as they may be on the board, without those that are on it as elements by then. */
  async #undrawn(files: readonly File[], at: Place): Promise<File[]> {
    if (!files.some(({ type }) => type === SVG)) return [...files];
    const keep = (file: File): void => this.#with(({ uploads }) => uploads.add([file], at));
    try {
      const drawn = await this.#withForeign((of, open) => Promise.all(files.map((file) => of.drawn(file, open, at, keep))));
      return drawn.filter((file) => file !== undefined);
    } catch (error) {
      told(error);
      return files.filter(({ type }) => type !== SVG);
    }
  }

  #come(): Promise<Parts> {
    this.#parts ??= import('./files-later').then(({ ClipFiles, FileStore, Images, Uploads }) => {
      const store = new FileStore(this.#board);
      void store.tidy();
      const named = (hash: string) => this.#shell.run((engine) => engine.hasFile(hash)) ?? false;
      const images = this.#images = new Images(this.#board, store, named, () => this.#repaint());
      const along = new ClipFiles(this.#board, (hash) => images.bytes(hash));
      pack = (hashes) => along.pack(hashes);
      retryUploads = () => void uploads.retry();
      const uploads = new Uploads(this.#board, store, this.#shell, () => images.again());
      return { store, images, uploads };
    });
    this.#parts.catch(() => (this.#parts = undefined));
    return this.#parts;
  }

  /** Once a frame, however many have arrived. */
  #repaint(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#canvases.fillIn();
      });
    }
  }
}

/** Sends again what the server did not take. */
export let retryUploads = (): void => undefined;
