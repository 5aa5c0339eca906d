/**
 * Files of other programs: what one brings onto the board, and the board as one.
 * Owns the order in which that happens, and what is told; `file-job.ts` has the worker. Knows no format.
 */
import { downloadFile } from './download';
import { MOST, limits, seed, told, tooMuch } from './file-bounds';
import { Job } from './file-job';
import type { FileStore } from './file-store';
import type { Images } from './images';
import type { Shell } from './shell';
import { toast, toastUntil } from './ui-state';
import type { Place } from './uploads';
import { words } from './words';
import { later } from './words-later';

/** A board that is open, for those who bring something or take it along. */
export interface OpenBoard {
  board: string;
  name: string;
  shell: Shell;
  store: FileStore;
  images: Images;
  /** Sends pictures that wait. */
  send: () => void;
}

/** Does a job while a sentence says so, which lets one cancel it; what goes wrong is told. */
async function working(saying: string, work: (job: Job) => Promise<void>): Promise<void> {
  const job = new Job();
  const done = toastUntil(saying, { label: later.foreign.cancel, go: () => job.cancel() });
  try {
    await work(job);
  } catch (error) {
    if (!job.cancelled) toast(later.foreign.refused(String(error instanceof Error ? error.message : error)));
  } finally {
    done();
    job.end();
  }
}

/** Puts on the board what a file brings, all of it or nothing. */
export async function bringIn(file: File, open: OpenBoard, at: Place): Promise<void> {
  if (file.size > MOST) return toast(later.foreign.refused(later.foreign.tooLarge(file.size, MOST)));
  await working(later.foreign.reading(file.name), async (job) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = job.ask({ ask: 'read', file: bytes, seed: seed() }, [bytes.buffer]);
    const [brought, bounds] = await Promise.all([read, limits()]);
    const why = tooMuch(brought, open.shell.run((engine) => engine.snapshot())?.length ?? 0, bounds);
    if (job.cancelled) return;
    if (why !== undefined) return toast(later.foreign.refused(why));
    // Before the elements, which would show holes where the browser ends now.
    for (const { bytes, ...facts } of brought.pictures) {
      await open.store.wait(facts, new Blob([bytes], { type: facts.media }));
    }
    const { board, records } = brought;
    const count = open.shell.run((engine) =>
      board ? engine.takeInBoard(board, at?.[0], at?.[1]) : engine.takeIn(records, at?.[0], at?.[1])) ?? 0;
    if (count === 0) return toast(later.foreign.nothing(file.name));
    open.send();
    toast([later.foreign.brought(count, file.name), told(brought.losses)].filter(Boolean).join(' '));
  });
}

/**
 * A picture as it may be on a board: in an SVG nothing runs, or asks for something elsewhere. Nothing where it
 * is beyond bounds, or what cleans it is out of reach: a server takes none that is not clean.
 */
export async function cleaned(file: File): Promise<File | undefined> {
  if (file.type !== 'image/svg+xml') return file;
  const job = new Job();
  try {
    const clean = await job.ask({ ask: 'clean', svg: new Uint8Array(await file.arrayBuffer()) });
    if (typeof clean !== 'string') return new File([clean], file.name, { type: file.type });
    return void toast(later.foreign.refused(clean));
  } catch (error) {
    console.warn('an SVG cannot be cleaned:', error);
    return void toast(words.toasts.unfetched);
  } finally {
    job.end();
  }
}

/** Gives the board as a file, of Excalidraw's or our own. */
export async function save(what: 'excalidraw' | 'drawbridge', open: OpenBoard, now: number): Promise<void> {
  await working(later.foreign.writing, async (job) => {
    const state = open.shell.run((engine) => engine.snapshot());
    if (!state) return;
    await job.open(state, open);
    const { file, losses } = await job.ask({ ask: 'file', what, source: location.origin, now, seed: seed() });
    downloadFile(new Blob([file]), open.name, what);
    if (losses.length > 0) toast(`${later.foreign.written} ${told(losses)}`);
  });
}
