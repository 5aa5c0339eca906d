/**
 * Reads files of other programs and writes them, beside the page's own thread.
 * Owns the modules that do it, each fetched when it is first needed, and which of them a file is for. Commits
 * nothing.
 */
import type { Answers, Asked, Picture, Told } from '../src/file-work';
import type { Board } from '../src/modules/wasm_writers.js';

declare const self: DedicatedWorkerGlobalScope;

let board: Board | undefined;

/** What a document of tldraw says of itself near its beginning, and what its clipboard does. */
const TLDRAW = /^\s*\{[^]*"(tldrawFileFormatVersion|application\/tldraw)"/;
/** So many bytes say what a file is. */
const HEAD = 4096;

async function readers(file: Uint8Array) {
  if (TLDRAW.test(String.fromCharCode(...file.subarray(0, HEAD)))) {
    const module = await import('../src/modules/wasm_tldraw.js');
    await module.default();
    return module;
  }
  const module = await import('../src/modules/wasm_readers.js');
  await module.default();
  return module;
}

async function read(file: Uint8Array, seed: bigint): Promise<Answers['read']> {
  const { read } = await readers(file);
  const brought = read(file, seed);
  const pictures: Picture[] = [];
  for (let next = brought.picture(); next; next = brought.picture()) {
    const { hash, media, width, height } = next;
    pictures.push({ hash, media, width, height, bytes: new Uint8Array(next.bytes) });
  }
  return { board: brought.board(), records: brought.records(), pictures, losses: brought.losses() };
}

async function look(state: Uint8Array): Promise<Answers['board']> {
  const writers = await import('../src/modules/wasm_writers.js');
  await writers.default();
  board = new writers.Board(state);
  return { shows: board.shows() };
}

function write(asked: Extract<Asked, { ask: 'file' }>): Answers['file'] {
  if (!board) throw new Error('no board');
  for (const { hash, bytes } of asked.pictures) board.add(hash, bytes);
  if (asked.what === 'drawbridge') return { file: new Uint8Array(board.drawbridge(asked.seed)), losses: [] };
  const { text, losses } = board.excalidraw(asked.source, asked.now);
  return { file: text, losses };
}

async function answer(asked: Asked): Promise<Answers[keyof Answers]> {
  switch (asked.ask) {
    case 'read': return read(asked.file, asked.seed);
    case 'board': return look(asked.state);
    case 'file': return write(asked);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const tell = (told: Told) => self.postMessage(told);
  // What a reader refuses it says in a sentence; all else is a fault.
  answer(data).then(
    (answer) => tell({ answer }),
    (error: unknown) => tell({ refused: typeof error === 'string' ? error : String(error) }),
  );
});
