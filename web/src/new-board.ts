/**
 * New boards of files: those that people have, and the templates that come with the page.
 * Owns the order in which that happens, and what is told meanwhile; the page goes to the board when it is there.
 */
import { MOST, limits, seed, told, tooMuch } from './file-bounds';
import { Job } from './file-job';
import { boardPath, noteOpened } from './recents';
import { toast, toastUntil } from './ui-state';
import { later } from './words-later';
import { start } from './words-start';

/** Makes a board of a file and opens it; says why when it cannot. */
export async function openAsBoard(file: File): Promise<void> {
  if (file.size > MOST) return toast(start.told.notMade(later.foreign.tooLarge(file.size, MOST)));
  const title = file.name.replace(/\.[^.]*$/, '').trim();
  await make(file.name, title, async () => new Uint8Array(await file.arrayBuffer()));
}

/** Makes a board of a template and opens it. */
export async function openTemplate(address: string, title: string): Promise<void> {
  await make(title, title, async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(start.told.unreachable);
    return new Uint8Array(await answer.arrayBuffer());
  });
}

async function make(name: string, title: string, load: () => Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
  const job = new Job();
  const done = toastUntil(start.from.making(name), { label: start.from.cancel, go: () => job.cancel() });
  try {
    const bytes = await load();
    const read = job.ask({ ask: 'read', file: bytes, seed: seed() }, [bytes.buffer]);
    const [brought, bounds] = await Promise.all([read, limits()]);
    const why = tooMuch(brought, 0, bounds);
    if (why !== undefined) throw new Error(why);
    const { fillBoard } = await import('./errands');
    if (job.cancelled) return;
    const board = await fillBoard(brought, title);
    noteOpened(board, Date.now(), { title, words: '' });
    if (brought.losses.length === 0) return job.cancelled ? undefined : location.assign(boardPath(board));
    // There would be no time to read it.
    const go = () => location.assign(boardPath(board));
    toast(`${start.from.broughtNot} ${told(brought.losses)}`, { label: start.from.openBoard, go });
  } catch (error) {
    if (!job.cancelled) toast(start.told.notMade(reason(error)));
  } finally {
    done();
    job.end();
  }
}

/** Why, as a sentence without its stop. */
function reason(error: unknown): string {
  // What `fetch` says when there is no network means nothing to anybody.
  if (error instanceof TypeError) return start.told.unreachable;
  return String(error instanceof Error ? error.message : error);
}
