/**
 * Reads files of other programs and writes them, beside the page's own thread.
 * Owns the modules that do it, each fetched when it is first needed, and which of them a file is for. Commits
 * nothing.
 */
import type { Answers, Asked, Picture, Read, Shown, Told } from '../src/file-work';
import type { Brought } from '../src/modules/wasm_svg.js';
import type { Board } from '../src/modules/wasm_writers.js';

declare const self: DedicatedWorkerGlobalScope;

let board: Board | undefined;
const shown: Shown[] = [];

const writers = async () => {
  const writers = await import('../src/modules/wasm_writers.js');
  await writers.default();
  return writers;
};

/** The board that was looked at before. */
function opened(): Board {
  if (!board) throw new Error('no board');
  return board;
}

/** What a document of tldraw says of itself near its beginning, and what its clipboard does. */
const TLDRAW = /^\s*\{[^]*"(tldrawFileFormatVersion|application\/tldraw)"/;
/** An SVG, and what it says of a scene in it. */
const DRAWING = /^[\s\xef\xbb\xbf]*<([^]*<)?svg[\s>]/;
const SCENE = 'application/vnd.excalidraw+json';
/** So many bytes say what a file is. */
const HEAD = 4096;

const drawings = async () => {
  const module = await import('../src/modules/wasm_svg.js');
  await module.default();
  return module;
};

async function readers(file: Uint8Array<ArrayBuffer>) {
  const head = String.fromCharCode(...file.subarray(0, HEAD));
  if (DRAWING.test(head) && !(await new Blob([file]).text()).includes(SCENE)) return drawings();
  if (TLDRAW.test(head)) {
    const module = await import('../src/modules/wasm_tldraw.js');
    await module.default();
    return module;
  }
  const module = await import('../src/modules/wasm_readers.js');
  await module.default();
  return module;
}

async function read(file: Uint8Array<ArrayBuffer>, seed: bigint): Promise<Read> {
  const { read } = await readers(file);
  return handedOut(read(file, seed));
}

/** All that is brought, by whichever module. */
function handedOut(brought: Pick<Brought, 'board' | 'losses' | 'picture' | 'records'>): Read {
  const pictures: Picture[] = [];
  for (let next = brought.picture(); next; next = brought.picture()) {
    const { hash, media, width, height } = next;
    pictures.push({ hash, media, width, height, bytes: new Uint8Array(next.bytes) });
  }
  return { board: brought.board(), records: brought.records(), pictures, losses: brought.losses() };
}

async function clean(svg: Uint8Array): Promise<Answers['clean']> {
  const { cleanSvg } = await drawings();
  try {
    return new Uint8Array(cleanSvg(svg));
  } catch (why) {
    return String(why);
  }
}

async function drawing(svg: Uint8Array, seed: bigint): Promise<Answers['drawing']> {
  const picture = await clean(svg);
  const elements = typeof picture === 'string' ? undefined : (await drawings()).elements(svg, seed);
  return elements ? { elements: handedOut(elements) } : { picture };
}

async function look({ state, unnamed }: Extract<Asked, { ask: 'board' }>): Promise<Answers['board']> {
  const { Board } = await writers();
  board = new Board(state, unnamed);
  return { shows: board.shows(), frames: board.frames().map(({ id, name }) => ({ id, name })) };
}

function take(pictures: readonly Shown[]): void {
  shown.push(...pictures);
  for (const { hash, bytes } of pictures) opened().add(hash, bytes);
}

function write(asked: Extract<Asked, { ask: 'file' }>): Answers['file'] {
  if (asked.what === 'drawbridge') return { file: new Uint8Array(opened().drawbridge(asked.seed)), losses: [] };
  const { text, losses } = opened().excalidraw([], asked.source, asked.now);
  return { file: text, losses };
}

async function embed({ as, file, ids, source, now }: Extract<Asked, { ask: 'embed' }>): Promise<Answers['embed']> {
  const { intoPng, intoSvg } = await writers();
  const { text, losses } = opened().excalidraw([...ids], source, now);
  const into = as === 'png' ? intoPng : intoSvg;
  return { file: new Uint8Array(into(file, text)), losses };
}

async function answer(asked: Asked): Promise<Answers[keyof Answers]> {
  switch (asked.ask) {
    case 'read': return read(asked.file, asked.seed);
    case 'clean': return clean(asked.svg);
    case 'drawing': return drawing(asked.svg, asked.seed);
    case 'board': return look(asked);
    case 'pictures': return take(asked.pictures) as undefined;
    case 'file': return write(asked);
    case 'clip': {
      const { text, losses } = opened().clip([...asked.ids], asked.now);
      return { text, losses };
    }
    case 'paint': return (await import('./picture-files')).paint(opened(), asked.sight);
    case 'picture': return (await import('./picture-files')).picture(opened(), shown, asked);
    case 'embed': return embed(asked);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Told) => self.postMessage(told);
  // What a reader refuses it says in a sentence; a module that cannot be had is the page's to explain; all
  // else is a fault.
  const reason = (error: unknown) => (error instanceof TypeError && /fetch|import/i.test(error.message) ? '' : String(error));
  answer(data).then((answer) => tell({ answer }), (error: unknown) => tell({ refused: reason(error) }));
});
