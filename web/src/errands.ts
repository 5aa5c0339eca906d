/**
 * What is done to a board that is not open: naming it, making another one like it.
 * Owns an engine and a connection for as long as that takes; shows nothing. It is done when the
 * server has it on disk, and rejects when it cannot be.
 */
import { dark } from './appearance';
import { loadEngine } from './engine-load';
import { Engine } from './engine/wasm_client.js';
import { profile, randomHex } from './profile';
import { Shell } from './shell';
import { Socket } from './socket';
import { downloadState } from './state-download';

/** An errand that takes longer will not come to an end. */
const LIMIT = 30_000;

/** Writes a board's title. */
export async function nameBoard(board: string, title: string): Promise<void> {
  await run(board, (engine) => engine.title(title, true));
}

/** Makes a new board with all that is on another; gives its id. */
export async function duplicateBoard(board: string, title: string): Promise<string> {
  const { state } = await downloadState(board, () => undefined);
  const made = await fetch('/new');
  const copy = /^\/b\/([^/]+)$/.exec(new URL(made.url).pathname)?.[1];
  if (!made.ok || !copy) throw new Error('the server made no board');
  const id = decodeURIComponent(copy);
  await run(id, (engine) => {
    if (!engine.fill(state)) throw new Error('the board is newer than this page');
    if (title) engine.title(title, true);
  });
  return id;
}

/** Connects to a board, does something there, and waits until that is saved. */
async function run(board: string, work: (engine: Engine) => void): Promise<void> {
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
      const shell: Shell = new Shell(newEngine, { resize: () => undefined, paint: () => undefined }, {
        leave: (_, frames) => frames.forEach((frame) => socket.send(frame)),
        show: (event) => {
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
