/**
 * Taking pictures of the board along: by a dialog, or by the clipboard at once.
 * Owns what is copied of what is selected, or of all, and what is told of it; the dialog owns itself.
 */
import { dark } from './appearance';
import type { Copyable } from './board-files';
import { Job } from './file-job';
import { told } from './file-bounds';
import type { OpenBoard } from './foreign-files';
import type { Choice } from './picture-choice';
import { Making } from './picture-making';
import { toast } from './ui-state';
import { later } from './words-later';
import { exporting } from './words-export';

export { askForPicture } from './ui/export-dialog';

/** Pixels of a copied PNG for each unit of the board, where there are not too many. */
const SCALE = 2;

/** What is selected, by ids. */
export function selectedOf({ shell }: OpenBoard): string[] {
  return (shell.run((engine) => engine.selection()) ?? '').split(' ').filter(Boolean);
}

/** What is selected, or all, as it goes on the clipboard. */
export async function copied(what: Copyable, open: OpenBoard): Promise<Blob> {
  const ids = selectedOf(open);
  if (what === 'excalidraw') return clip(ids, open);
  const choice: Choice = {
    what: ids.length > 0 ? { show: 'selected' } : { show: 'all' },
    format: what, dark: dark.value, background: true, scale: what === 'png' ? SCALE : 1, orSmaller: true,
    outlines: false, pages: false, reopens: false,
  };
  const state = snapshotOf(open);
  const made = await new Making(choice, { state, frames: [], ids }, open).made;
  if (!made) throw new Error(exporting.empty);
  return what === 'svg' ? new Blob([made.file], { type: 'text/plain' }) : made.file;
}

function snapshotOf({ shell }: OpenBoard): Uint8Array {
  const state = shell.run((engine) => engine.snapshot());
  if (!state) throw new Error(exporting.empty);
  return state;
}

async function clip(ids: readonly string[], open: OpenBoard): Promise<Blob> {
  const job = new Job();
  try {
    await job.open(snapshotOf(open), open);
    const { text, losses } = await job.ask({ ask: 'clip', ids, now: Date.now() });
    if (losses.length > 0) toast(`${later.foreign.written} ${told(losses)}`);
    return new Blob([text], { type: 'text/plain' });
  } finally {
    job.end();
  }
}

/** Says whether it has worked: what was made, and that it was taken. */
export async function toldCopied(what: Copyable, made: Promise<Blob>, written: Promise<void>): Promise<void> {
  try {
    await made;
  } catch (error) {
    return toast(exporting.notCopied(String(error instanceof Error ? error.message : error)));
  }
  await written.then(() => toast(exporting.copied[what]), () => toast(exporting.notCopied(exporting.noClipboard)));
}
