/**
 * Keeps one board: what this browser stored, the first load, the connection, and their order.
 * Owns when things are kept, sent and folded; knows no widget and looks into no frame.
 */
import type { UiEvent } from './engine/wasm_client.js';
import { Offline, type Row } from './offline';
import type { Shell } from './shell';
import { Socket, type Link } from './socket';
import { DownloadError, downloadState } from './state-download';
import { Tabs } from './tabs';

/** What the page hears. */
export interface Hearer {
  link(link: Link): void;
  /** Fraction of the first load; undefined once the board is there. */
  loading(fraction: number | undefined): void;
  failed(kind: 'unreachable' | 'refused' | 'damaged', detail: string): void;
  /** There is no such board; settles when a person wants one here all the same. */
  absent(): Promise<void>;
  /** A new engine has taken over. */
  renewed(): void;
}

/** More rows than this are folded into one. */
const FOLD_ROWS = 256;

/** One board's keeping. */
export class BoardSync {
  readonly #board: string;
  readonly #shell: Shell;
  readonly #offline: Offline;
  readonly #hearer: Hearer;
  readonly #tabs: Tabs;
  #socket: Socket | undefined;
  /** Counts engines, so that nothing goes to one it was not meant for. */
  #generation = 0;
  #changed = false;
  #folding = false;
  #wasOnline = false;

  /** `offline` is the board's opened log. */
  constructor(board: string, shell: Shell, offline: Offline, hearer: Hearer) {
    this.#board = board;
    this.#shell = shell;
    this.#offline = offline;
    this.#hearer = hearer;
    this.#tabs = new Tabs(board, () => void this.#catchUp());
  }

  /** Fills the engine, first from this browser, else from the server; then connects. */
  async open(): Promise<void> {
    const generation = this.#supersede();
    const rows = await this.#offline.read();
    if (generation !== this.#generation) return;
    this.#restore(rows, generation);
    // With a whole document at hand the handshake brings the rest, in fewer bytes.
    const hasWhole = rows.some((row) => row.whole);
    if (!hasWhole && !(await this.#download(generation, rows.length > 0))) return;
    if (generation !== this.#generation) return;
    this.#hearer.loading(undefined);
    this.#socket = new Socket(this.#board, {
      link: (link) => this.#linked(link),
      frame: (bytes) => this.#receive(bytes),
    });
    this.#socket.start();
    // What other tabs wrote meanwhile.
    void this.#catchUp();
  }

  /** Connects at once, whatever is being waited for. */
  retry(): void {
    this.#socket?.restart();
  }

  /** A new engine runs, empty. */
  renew(): void {
    this.#hearer.renewed();
    void this.open();
  }

  /** Nothing goes out or comes in any more. */
  close(): void {
    this.#supersede();
  }

  /** Sends frames and keeps own updates; neither waits for the other. */
  leave(updates: readonly Uint8Array[], frames: readonly Uint8Array[]): void {
    for (const frame of frames) this.#socket?.send(frame);
    if (updates.length > 0) void this.#keep(updates);
  }

  /** Hears how far the engine's changes have got. */
  synced(event: Extract<UiEvent, { type: 'sync' }>): void {
    const { online, waiting, owed, savedThrough } = event;
    this.#socket?.awaitAnswer(owed);
    // Before the handshake nobody has confirmed anything, whatever the count says.
    this.#offline.saved(savedThrough, online ? waiting : Infinity);
    if (online === this.#wasOnline) return;
    this.#wasOnline = online;
    if (online) {
      this.#foldWhenIdle();
      // A tab that closed meanwhile may have left something that is not on the server.
      void this.#catchUp();
    } else {
      // What was sent last may have been lost, and the log must say by then what was not.
      void this.#offline.flush().then(() => this.#tabs.ring());
    }
  }

  /** The page is seen again: while it was frozen it may have missed the bell. */
  shown(): void {
    if (!this.#wasOnline) void this.#catchUp();
  }

  /** The page is hidden and may never come back: what is open is written down. */
  hidden(): void {
    this.#shell.pump();
    this.fold();
  }

  /** Replaces the log by one whole document, when anything has changed. */
  fold(): void {
    if (!this.#changed || this.#folding) return;
    const state = this.#shell.run((engine) => engine.snapshot());
    if (!state) return;
    this.#changed = false;
    this.#folding = true;
    void this.#offline.fold(state).finally(() => (this.#folding = false));
  }

  #supersede(): number {
    this.#socket?.stop();
    this.#socket = undefined;
    this.#wasOnline = false;
    return (this.#generation += 1);
  }

  /** Takes in what other tabs of this browser have written. */
  async #catchUp(): Promise<void> {
    const generation = this.#generation;
    // Before, everything is read anyhow.
    if (!this.#socket) return;
    const rows = await this.#offline.news();
    if (rows.length > 0) this.#changed = true;
    this.#restore(rows, generation);
  }

  #restore(rows: readonly Row[], generation: number): void {
    for (const row of rows) {
      if (generation !== this.#generation) return;
      try {
        const fresh = this.#offline.fresh(row);
        this.#shell.run((engine) => engine.restore(row.update, fresh));
        this.#offline.take(row);
      } catch (error) {
        // It stays stored; the rest of the board must not wait for it.
        console.warn('a stored piece of this board cannot be read:', error);
      }
    }
  }

  /** Whether the board can be shown: it came, or this browser has some of it. */
  async #download(generation: number, hasSome: boolean): Promise<boolean> {
    this.#hearer.loading(0);
    try {
      const { state, absent } = await downloadState(this.#board, (fraction) => this.#hearer.loading(fraction));
      if (absent && !hasSome) await this.#hearer.absent();
      if (generation !== this.#generation) return false;
      this.#shell.run((engine) => engine.load(state));
      this.#changed = true;
      return true;
    } catch (error) {
      if (error instanceof DownloadError && error.kind === 'unreachable' && hasSome) return true;
      const kind = error instanceof DownloadError ? error.kind : 'damaged';
      this.#hearer.failed(kind, error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #receive(frame: Uint8Array): void {
    this.#changed = true;
    try {
      this.#shell.run((engine) => engine.receive(frame));
    } catch (error) {
      // A new handshake brings whatever was in it.
      console.warn('a frame could not be read:', error);
      this.#socket?.drop();
    }
  }

  #linked(link: Link): void {
    this.#shell.run((engine) => engine.connected(link.phase === 'open'));
    this.#hearer.link(link);
    // What others drew since the last folding is here and nowhere else we could reach.
    if (link.phase === 'waiting' || link.phase === 'stopped') this.fold();
  }

  async #keep(updates: readonly Uint8Array[]): Promise<void> {
    this.#changed = true;
    await this.#offline.append(updates);
    // With the server there, it is the server that tells them.
    if (!this.#wasOnline) this.#tabs.ring();
    if (this.#offline.length > FOLD_ROWS) this.fold();
  }

  /** A first copy for days without network, once there is nothing better to do. */
  #foldWhenIdle(): void {
    const later = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000));
    later(() => this.fold());
  }
}
