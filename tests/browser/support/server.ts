/**
 * The real `drawbridge` binary on a free port with a data folder of its own.
 * Owns its process; can kill it as a power cut would and start it again on the same data.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import * as Y from 'yjs';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../../..');
const binary = process.env['DRAWBRIDGE_BIN'] ?? path.join(root, 'target/release/drawbridge');

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** One server. */
export class Server {
  readonly port: number;
  readonly #data: string;
  readonly #web: string | undefined;
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  #wasDown = false;
  /** What it printed, for a test that fails. */
  log = '';

  private constructor(port: number, data: string, web: string | undefined, flags: readonly string[]) {
    this.port = port;
    this.#data = data;
    this.#web = web;
    this.#flags = flags;
  }

  /** Starts one with an empty data folder, with the page from a folder instead of its own, and with further flags. */
  static async create(web?: string, flags: readonly string[] = []): Promise<Server> {
    const data = await mkdtemp(path.join(tmpdir(), 'drawbridge-test-'));
    const server = new Server(await freePort(), data, web, flags);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whether it was ever down: a browser may complain of it only after it is back. */
  get wasDown(): boolean {
    return this.#wasDown;
  }

  /** Starts it on its data and waits until it answers. */
  async start(): Promise<void> {
    const listen = `127.0.0.1:${this.port}`;
    const web = this.#web === undefined ? [] : ['--web', this.#web];
    const child = spawn(binary, ['serve', '--listen', listen, '--data', this.#data, ...web, ...this.#flags], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.on('error', (error) => (this.log += `${error}\n`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    }
    this.#child = child;
    await expect.poll(() => this.#answers(), { intervals: [20], message: 'the server does not answer' }).toBe(true);
  }

  /** Ends it without a chance to write anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop; gives its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Runs a command of the operator on its data; gives what it printed. */
  async command(...words: string[]): Promise<string> {
    const [name = '', ...rest] = words;
    const { stdout } = await promisify(execFile)(binary, [name, '--data', this.#data, ...rest], { cwd: root });
    return stdout;
  }

  /** Converts a file on the command line. */
  static async convert(from: string, to: string): Promise<void> {
    await promisify(execFile)(binary, ['convert', from, to], { cwd: root });
  }

  /** What the binary says of licences. */
  static async licences(): Promise<string> {
    return (await promisify(execFile)(binary, ['licences'], { cwd: root, maxBuffer: 1 << 20 })).stdout;
  }

  /** Ends it for good and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** The name of a board that nobody has seen yet. */
  async newBoard(): Promise<string> {
    const answer = await fetch(`${this.url}/new`, { redirect: 'manual' });
    return (answer.headers.get('location') ?? '').replace('/b/', '');
  }

  /** The board as any Yjs program reads it. */
  async document(board: string): Promise<Y.Doc> {
    const answer = await fetch(`${this.url}/sync/${encodeURIComponent(board)}`);
    if (!answer.ok) throw new Error(`GET /sync/${board}: ${answer.status}`);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
    return doc;
  }

  async #answers(): Promise<boolean> {
    if (this.#child?.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
    const answer = await fetch(`${this.url}/healthz`).catch(() => undefined);
    return answer?.ok ?? false;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = undefined;
    this.#wasDown = true;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}
