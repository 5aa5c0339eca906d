/**
 * What is done to a board that is not open: naming it, making another one like it or of a file, or its picture.
 * Owns an engine and a connection for as long as that takes; shows nothing. What changes a board is
 * done when the server has it on disk; all reject when it cannot be done.
 */
import { dark } from './appearance';
import { Player } from './display-list';
import { loadEngine } from './engine-load';
import { Engine } from './engine/wasm_client.js';
import { FileStore } from './file-store';
import type { Answers } from './file-work';
import './fonts/board-font.css';
import './fonts/families.css';
import { Images } from './images';
import { ofBoard } from './of-board';
import { Offline } from './offline';
import { artistOf, makePicture } from './pictures';
import { profile, randomHex } from './profile';
import { Shell } from './shell';
import { Socket } from './socket';
import { downloadState } from './state-download';
import { start } from './words-start';

/** An errand that takes longer will not come to an end. */
const LIMIT = 30_000;

/** Nobody looks at the board meanwhile. */
const NO_SURFACE = { resize: () => undefined, paint: () => undefined };

/** Writes a board's title. */
export async function nameBoard(board: string, title: string): Promise<void> {
  await run(board, (engine) => engine.title(title, true));
}

/** Makes a new board with all that is on another; gives its id. */
export async function duplicateBoard(board: string, title: string): Promise<string> {
  const { state } = await downloadState(board, () => undefined);
  const id = await newBoard();
  const lacking: string[] = [];
  await run(id, (engine) => {
    if (!engine.fill(state)) throw new Error('the board is newer than this page');
    if (title) engine.title(title, true);
  }, (files) => lacking.push(...files));
  const brought: Brought[] = [];
  for (const hash of new Set(lacking)) {
    // One that is not there is missing on the board itself.
    const facts = await bring(board, id, hash).catch(() => undefined);
    if (facts) brought.push([hash, facts]);
  }
  if (brought.length > 0) {
    await run(id, (engine) => {
      for (const [hash, [media, bytes, width, height]] of brought) engine.nameFile(hash, media, bytes, width, height);
    });
  }
  return id;
}

/** The id of a board that nobody has seen yet. */
async function newBoard(): Promise<string> {
  const made = await fetch('/new');
  const id = /^\/b\/([^/]+)$/.exec(new URL(made.url).pathname)?.[1];
  if (!made.ok || !id) throw new Error('the server made no board');
  return decodeURIComponent(id);
}

/** Makes a new board of what a file brings, a board of Drawbridge that very one; gives its id. */
export async function fillBoard({ board, records, pictures }: Answers['read'], title: string): Promise<string> {
  const id = await newBoard();
  const named: Brought[] = [];
  for (const { hash, media, bytes } of pictures) {
    const facts = await send(id, hash, new Blob([bytes], { type: media }));
    if (!facts) throw new Error(start.told.noPicture);
    named.push([hash, facts]);
  }
  await run(id, (engine) => {
    const made = board ? engine.becomeBoard(board) : engine.takeIn(records) > 0;
    if (!made) throw new Error(board ? start.told.newer : start.told.nothing);
    for (const [hash, [media, bytes, width, height]] of named) engine.nameFile(hash, media, bytes, width, height);
    if (title && !board) engine.title(title, true);
  });
  return id;
}

/** A file, and what the server says of it. */
type Brought = [hash: string, facts: [media: string, bytes: number, width: number, height: number]];

/** Brings a file of one board to another. */
async function bring(from: string, to: string, hash: string): Promise<Brought[1] | undefined> {
  const had = await ofBoard(from, `files/${hash}`);
  if (!had.ok) return undefined;
  return send(to, hash, await had.blob());
}

/** Sends a file to a board. */
async function send(board: string, hash: string, body: Blob): Promise<Brought[1] | undefined> {
  const answer = await ofBoard(board, `files/${hash}`, { method: 'PUT', body, headers: { 'content-type': body.type } });
  return answer.ok ? ((await answer.json()) as Brought[1]) : undefined;
}

/** Makes a board's picture, from what this browser keeps of it and what the server has. */
export async function pictureBoard(board: string): Promise<void> {
  const player = new Player(await loadEngine());
  const unheard = () => undefined;
  const log = await Offline.open(board, unheard);
  const [rows, download] = await Promise.all([log.read(), downloadState(board, unheard).catch(unheard)]);
  let broken = false;
  const shell = new Shell(newEngine, NO_SURFACE, {
    leave: unheard, show: unheard, renewed: () => (broken = true), broken: () => (broken = true),
  });
  // No file is fetched for a small picture: there is what this browser keeps.
  const images = new Images(board, new FileStore(board), () => false, unheard);
  player.picture = (hash, across) => images.get(hash, across);
  player.settled = () => images.settled();
  shell.start();
  if (download) shell.run((engine) => engine.load(download.state));
  for (const { update } of rows) shell.run((engine) => engine.restore(update, 0));
  const paint = () => makePicture(board, artistOf(player, shell));
  await paint();
  // The board's letters are fetched as they are painted.
  if (document.fonts.status === 'loading') await document.fonts.ready.then(paint);
  if (broken) throw new Error('the engine stopped');
}

/** Connects to a board, does something there, and waits until that is saved. */
async function run(
  board: string, work: (engine: Engine) => void, lacks: (files: string[]) => void = () => undefined,
): Promise<void> {
  await loadEngine();
  let stop = (): void => undefined;
  try {
    await new Promise<void>((done, failed) => {
      const timer = setTimeout(() => failed(new Error('the server did not save it in time')), LIMIT);
      let begun = false;
      let saved = false;
      const broken = () => failed(new Error('the engine stopped'));
      const begin = () => {
        begun = true;
        try {
          shell.run(work);
        } catch (error) {
          failed(error instanceof Error ? error : new Error(String(error)));
        }
        // Work that changes nothing has nothing to wait for; by then the engine has told all it has.
        setTimeout(() => saved && done());
      };
      const shell: Shell = new Shell(newEngine, NO_SURFACE, {
        leave: (_, frames) => frames.forEach((frame) => socket.send(frame)),
        show: (event) => {
          if (event.type === 'lacking') lacks(event.files);
          if (event.type !== 'sync') return;
          saved = event.online && event.waiting === 0;
          if (event.online && !begun) begin();
          else if (begun && saved) done();
        },
        renewed: broken,
        broken,
      });
      const socket = new Socket(board, {
        link: ({ phase }) => {
          shell.run((engine) => engine.connected(phase === 'open'));
          if (phase === 'waiting' || phase === 'stopped') failed(new Error('no connection'));
        },
        frame: (bytes) => void shell.run((engine) => engine.receive(bytes)),
      });
      stop = () => (clearTimeout(timer), socket.stop());
      shell.start();
      socket.start();
    });
  } finally {
    stop();
  }
}

function newEngine(): Engine {
  const { browser, name, color } = profile.value;
  return new Engine(randomHex(16), browser, name, color, dark.value, undefined);
}
