/**
 * Pictures of boards that were left before theirs was made.
 * Owns when they are made up for, on the start page; how that is done is `errands.ts`.
 */
import { breath } from './pictures';
import { noteCover, recents } from './recents';

/** Boards of which none could be made; the next visit tries again. */
const failed = new Set<string>();
let busy = false;

/** Makes them, one after the other, while nothing else is to be done. */
export async function makeUp(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let id = missed(); id !== undefined; id = missed()) {
    await breath();
    try {
      await (await import('./errands')).pictureBoard(id);
      noteCover(id, { pictured: Date.now() });
    } catch (error) {
      console.warn('no picture of a board:', error);
      failed.add(id);
    }
  }
  busy = false;
}

const missed = (): string | undefined => recents.value.find(({ id, pictured }) => !pictured && !failed.has(id))?.id;
