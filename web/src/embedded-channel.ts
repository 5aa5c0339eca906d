/**
 * What a host's page asks of the board within it, and what it is told.
 * Owns whom it listens to: the page that has the board in a frame, and nobody else. The words are the package's,
 * which is the other end.
 */
import { effect } from '@preact/signals';
import { type Answer, type Asked, type Format, type Hello, type Here, type Looks, type Question, type Told, VERSION } from '../../packages/board-element/src/messages';
import { appearance } from './appearance';
import { boardName } from './recents';
import type { Shell } from './shell';
import * as state from './ui-state';
import { words } from './words';

/** So often it is looked where somebody's pointer is, ms. */
const FOLLOW = 100;
/** Changes are told at most so often, ms. */
const PACE = 500;

/** Meets the host of this page, however often that loads its own end anew. */
export function meetHost(board: string, shell: Shell): void {
  let met: Host | undefined;
  addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<Partial<Hello>>) => {
    // Who may have this page in a frame, the server's policy says, and the browser sees to it.
    if (source !== parent || source === window || !port) return;
    if (data?.type !== 'hello' || typeof data.drawbridge !== 'number' || data.drawbridge < 1) return;
    met?.end();
    met = new Host(board, shell, port, Math.min(VERSION, data.drawbridge));
  });
  // Nothing is in it that anybody may not know.
  const here: Here = { drawbridge: VERSION, type: 'here' };
  if (parent !== window) parent.postMessage(here, '*');
}

/** Why the board is not shown, or not as everybody else sees it. */
function trouble(): string | undefined {
  if (state.failure.value) return words.failure[`${state.failure.value.kind}Title`];
  if (state.link.value.phase !== 'stopped') return undefined;
  return state.link.value.gone ? words.stopped.deleted : state.link.value.reason;
}

/** Settles when the server has all that was done here, so that a file of it has what is seen. */
function saved(): Promise<void> {
  return new Promise((done, failed) => {
    let stop: (() => void) | undefined;
    let over = false;
    stop = effect(() => {
      const why = trouble() ?? (state.connection.value === 'offline' ? words.details.noAnswer : undefined);
      const isSaved = state.connection.value === 'saved' && state.loading.value === undefined;
      if (why === undefined && !isSaved) return;
      over = true;
      if (why === undefined) done();
      else failed(new Error(why));
      stop?.();
    });
    // It was over before there was anything to stop.
    if (over) stop();
  });
}

/** The board as a file, as the server makes it. */
async function fileOf(board: string, format: Format, { frame, theme, transparent, scale }: Looks): Promise<Blob> {
  await saved();
  const isBoard = format === 'excalidraw' || format === 'drawbridge';
  const options = new URLSearchParams({
    ...(frame !== undefined && { frame }), ...(theme && { theme }), ...(scale !== undefined && { scale: String(scale) }),
    ...(transparent && { transparent: '' }),
  });
  const name = `/v1/boards/${encodeURIComponent(board)}/${isBoard ? 'export' : 'picture'}.${format}`;
  const answer = await fetch(isBoard ? name : `${name}?${options}`);
  if (!answer.ok) throw new Error((await answer.text()).trim() || words.details.answered(answer.status));
  return answer.blob();
}

/** One host. */
class Host {
  readonly #board: string;
  readonly #shell: Shell;
  readonly #port: MessagePort;
  readonly #ends: (() => void)[] = [];
  #following: ReturnType<typeof setInterval> | undefined;

  constructor(board: string, shell: Shell, port: MessagePort, version: number) {
    this.#board = board;
    this.#shell = shell;
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Question>) => void this.#hear(data);
    this.#tell({ type: 'welcome', version });
    this.#report();
  }

  end(): void {
    clearInterval(this.#following);
    for (const end of this.#ends.splice(0)) end();
    this.#port.close();
  }

  #tell(told: Told): void {
    this.#port.postMessage(told);
  }

  /** Tells what there is to tell, now and whenever it is something else. */
  #report(): void {
    let ready = false;
    this.#ends.push(
      effect(() => {
        const { online, waiting } = state.sync.value;
        this.#tell({ type: 'state', online, saved: waiting === 0 });
        if (ready || !online || state.loading.value !== undefined) return;
        ready = true;
        this.#tell({ type: 'ready' });
      }),
      effect(() => this.#tell({ type: 'people', people: state.people.value })),
      effect(() => this.#tell({ type: 'title', title: boardName(this.#board, state.cover.value) })),
      effect(() => {
        const why = trouble();
        if (why !== undefined) this.#tell({ type: 'failed', why });
      }),
    );
    const revision = () => this.#shell.run((engine) => engine.revision()) ?? 0;
    let seen = revision();
    const timer = setInterval(() => {
      const now = revision();
      if (now !== seen) this.#tell({ type: 'change' });
      seen = now;
    }, PACE);
    this.#ends.push(() => clearInterval(timer));
  }

  async #hear({ number, asked }: Question): Promise<void> {
    let answer: Answer;
    try {
      answer = { number, answer: await this.#do(asked) };
    } catch (error) {
      answer = { number, refused: String(error instanceof Error ? error.message : error) };
    }
    this.#port.postMessage(answer);
  }

  #do(asked: Asked): unknown {
    switch (asked.ask) {
      case 'look': return this.#shell.run((engine) => engine.showFrame(asked.frame));
      case 'export': return fileOf(this.#board, asked.format, asked.looks ?? {});
      case 'follow': return this.#follow(asked.person);
      case 'theme': return void (appearance.value = asked.theme);
      // A host of a version to come.
      default: throw new Error('this board does not know what is asked');
    }
  }

  #follow(person: string | undefined): boolean {
    clearInterval(this.#following);
    if (person === undefined) return true;
    const look = () => this.#shell.run((engine) => engine.lookAtPerson(person)) ?? false;
    this.#following = setInterval(look, FOLLOW);
    return look();
  }
}
