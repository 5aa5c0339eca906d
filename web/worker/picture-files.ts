/**
 * Pictures of a board as display lists, and those as SVG and PDF.
 * Owns the module that writes these, and that it is given the page's own fonts and what it cannot read as PNG.
 */
import type { Answers, Asked, Painted, Shown, Sight } from '../src/file-work';
import type { Board } from '../src/modules/wasm_writers.js';

/** Where the page has its fonts, by their names. */
const FONTS = import.meta.glob<string>('../src/fonts/**/*.woff2', { query: '?url', import: 'default', eager: true });

/** Paints what is to be seen. */
export function paint(board: Board, { ids, frame, dark, transparent }: Sight): Painted {
  board.look(dark, transparent);
  const painted = frame === undefined ? board.paint([...ids]) : board.paintFrame(frame);
  const { width, height, ground } = painted;
  const list = new Uint32Array(painted.list());
  painted.free();
  return { width, height, list, ground };
}

/** A picture that is no PNG as one. */
async function asPng(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => undefined);
  if (!bitmap) return undefined;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

async function font(name: string): Promise<Uint8Array> {
  const answer = await fetch(FONTS[`../src/fonts/${name}`] ?? '');
  if (!answer.ok) throw new Error(`no font ${name}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Makes a file of pictures. */
export async function picture(
  board: Board, shown: readonly Shown[], { as, sights, outlines }: Extract<Asked, { ask: 'picture' }>,
): Promise<Answers['picture']> {
  const { default: start, Maker, Picture, takes } = await import('../src/modules/wasm_pictures.js');
  await start();
  const maker = new Maker();
  for (const { hash, bytes, drawn } of shown) {
    const taken = takes(bytes, as === 'pdf') ? bytes : drawn ?? await asPng(bytes);
    if (taken) maker.add(hash, taken);
  }
  const pictures = sights.map((sight) => {
    const { width, height, list, ground } = paint(board, sight);
    return new Picture(width, height, list, ground);
  });
  const wanted = new Set(pictures.flatMap((picture) => maker.wanted(picture)));
  await Promise.all([...wanted].map(async (name) => maker.give(name, await font(name))));
  const [first] = pictures;
  if (!first) throw new Error('no picture');
  const made = as === 'svg' ? maker.svg(first, outlines) : maker.pdf(pictures);
  return { file: new Uint8Array(made.bytes), missing: made.missing, lacking: made.lacking };
}
