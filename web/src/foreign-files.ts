/**
 * Files of other programs: what one brings onto the board, and the board as one.
 * Owns the order in which that happens, and what is told; `file-job.ts` has the worker. Knows no format.
 */
import { downloadFile } from './download';
import { type Limits, MOST, limits, seed, told, tooMuch } from './file-bounds';
import { Job } from './file-job';
import type { Answers, Asked, Read } from './file-work';
import type { FileStore } from './file-store';
import type { Images } from './images';
import type { Shell } from './shell';
import { toast, toastUntil, type Way } from './ui-state';
import type { Place } from './uploads';
import { words } from './words';
import { later } from './words-later';

/** What can run, and so is cleaned first. */
const SVG = 'image/svg+xml';

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
    if (!job.cancelled) await put(brought, bounds, file.name, open, at);
  });
}

/** Puts on the board what was read, and says so, with the way that there is back from the elements of these ids. */
async function put(
  brought: Read, bounds: Limits, name: string, open: OpenBoard, at: Place, way?: (ids: string) => Way,
): Promise<void> {
  const why = tooMuch(brought, open.shell.run((engine) => engine.snapshot())?.length ?? 0, bounds);
  if (why !== undefined) return toast(later.foreign.refused(why));
  // Before the elements, which would show holes where the browser ends now.
  for (const { bytes, ...facts } of brought.pictures) {
    await open.store.wait(facts, new Blob([bytes], { type: facts.media }));
  }
  const { board, records } = brought;
  const count = open.shell.run((engine) =>
    board ? engine.takeInBoard(board, at?.[0], at?.[1]) : engine.takeIn(records, at?.[0], at?.[1])) ?? 0;
  if (count === 0) return toast(later.foreign.nothing(name));
  const ids = open.shell.run((engine) => engine.selection()) ?? '';
  open.send();
  toast([later.foreign.brought(count, name), told(brought.losses)].filter(Boolean).join(' '), way?.(ids));
}

/**
 * A picture as it may be on a board. Nothing where that cannot be had, or where an SVG was made of what boards
 * have: its elements are there then. `keep` puts a picture there as one.
 */
export async function drawn(file: File, open: OpenBoard, at: Place, keep: (file: File) => void): Promise<File | undefined> {
  if (file.type !== SVG) return file;
  const drawing = await asked({ ask: 'drawing', svg: new Uint8Array(await file.arrayBuffer()), seed: seed() });
  if (!drawing) return undefined;
  if ('picture' in drawing) return shown(file, drawing.picture);
  const now = () => open.shell.run((engine) => engine.revision());
  const asPicture = async (ids: string, then: number | undefined): Promise<void> => {
    // Nothing has been done since: then this was never done either. Else, whatever is selected by now, it is these that go.
    if (now() === then) open.shell.act('undo');
    else if (open.shell.run((engine) => engine.lead(`#${ids}`))) open.shell.act('delete');
    const clean = await cleaned(file);
    if (clean) keep(clean);
  };
  const way = (ids: string) => {
    const then = now();
    return { label: later.foreign.asPicture, go: () => void asPicture(ids, then) };
  };
  await put(drawing.elements, await limits(), file.name, open, at, way);
  return undefined;
}

/** What a job of its own answers; nothing, and told, where what does it is out of reach. */
async function asked<A extends Asked>(what: A): Promise<Answers[A['ask']] | undefined> {
  const job = new Job();
  try {
    return await job.ask(what);
  } catch (error) {
    console.warn('an SVG cannot be read:', error);
    return void toast(words.toasts.unfetched);
  } finally {
    job.end();
  }
}

/**
 * A picture as it may be on a board: in an SVG nothing runs, or asks for something elsewhere. Nothing where it
 * is beyond bounds, or what cleans it is out of reach: a server takes none that is not clean.
 */
export async function cleaned(file: File): Promise<File | undefined> {
  if (file.type !== SVG) return file;
  const clean = await asked({ ask: 'clean', svg: new Uint8Array(await file.arrayBuffer()) });
  return clean === undefined ? undefined : shown(file, clean);
}

/** A file with what of it may be shown; nothing, and told, where that is nothing. */
function shown(file: File, clean: Answers['clean']): File | undefined {
  if (typeof clean !== 'string') return new File([clean], file.name, { type: file.type });
  return void toast(later.foreign.refused(clean));
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
