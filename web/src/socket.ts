/**
 * The connection to a board: opens it, keeps it, opens it again.
 * Owns the WebSocket, back-off and close codes; never looks into a frame.
 */
import { words } from './words';

/** How the connection stands. */
export type Link =
  | { phase: 'connecting' }
  | { phase: 'open' }
  /** Down; the next try comes by itself. */
  | { phase: 'waiting' }
  /** Down for good: the server said why. `gone`: the board was deleted. */
  | { phase: 'stopped'; reason: string; gone: boolean };

/** What the owner of a connection hears. */
export interface Listener {
  /** The link changed. */
  link(link: Link): void;
  /** A frame came. */
  frame(bytes: Uint8Array): void;
}

const PROTOCOL = 'drawbridge.1';
/** The first wait; doubled with every failure in a row. */
const FIRST_WAIT = 400;
/** No outage should cost more than this after it ends. */
const LONGEST_WAIT = 10_000;
/** A handshake that takes longer has failed, whatever TCP still hopes. */
const CONNECT_LIMIT = 15_000;
/** An answer that takes longer means that the line is dead. */
const ANSWER_LIMIT = 20_000;
/** A connection that lived this long was a good one: failures count from none again. */
const STEADY = 5_000;
/** The board was deleted. */
const DELETED = 4410;
/** What the close codes from 4400 mean; they end it for good, all others are tried again. */
const CLOSED: Readonly<Record<number, string>> = words.closed;

/** One board's connection. */
export class Socket {
  readonly #url: string;
  readonly #listener: Listener;
  readonly #events = new AbortController();
  #socket: WebSocket | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #stopped = false;
  #awaiting = false;
  #heard = 0;
  /** When the present connection opened; 0 while it has not. */
  #opened = 0;

  constructor(board: string, listener: Listener) {
    const url = new URL(`/sync/${encodeURIComponent(board)}`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#url = url.href;
    this.#listener = listener;
  }

  /** Connects, and from now on keeps connected. */
  start(): void {
    const { signal } = this.#events;
    addEventListener('online', () => this.retryNow(), { signal });
    addEventListener('offline', () => this.drop(), { signal });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.retryNow();
    }, { signal });
    this.#watch = setInterval(() => this.#checkAnswer(), ANSWER_LIMIT / 4);
    this.#connect();
  }

  /** Ends the connection for good. */
  stop(): void {
    this.#stopped = true;
    this.#events.abort();
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    this.#discard();
  }

  /** Tries at once when it is waiting to. */
  retryNow(): void {
    if (this.#stopped || this.#socket) return;
    this.#failures = 0;
    this.#connect();
  }

  /** Tries at once, also when a try is under way that gets nowhere. */
  restart(): void {
    if (this.#stopped || this.#socket?.readyState === WebSocket.OPEN) return;
    this.#discard();
    this.retryNow();
  }

  /** Gives up the present connection and starts over. */
  drop(): void {
    if (!this.#socket) return;
    this.#discard();
    this.#retryLater();
  }

  /** Sends a frame; false when there is no open connection. */
  send(frame: Uint8Array): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(frame as Uint8Array<ArrayBuffer>);
    return true;
  }

  /** Whether the server owes an answer. Silence is then a dead line. */
  awaitAnswer(awaiting: boolean): void {
    if (awaiting && !this.#awaiting) this.#heard = performance.now();
    this.#awaiting = awaiting;
  }

  #checkAnswer(): void {
    const silence = performance.now() - this.#heard;
    if (this.#awaiting && silence > ANSWER_LIMIT) this.drop();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#listener.link({ phase: 'connecting' });
    const socket = new WebSocket(this.#url, PROTOCOL);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timer = setTimeout(() => this.drop(), CONNECT_LIMIT);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#opened = this.#heard = performance.now();
      this.#listener.link({ phase: 'open' });
    };
    socket.onmessage = ({ data }) => {
      this.#heard = performance.now();
      if (data instanceof ArrayBuffer) this.#listener.frame(new Uint8Array(data));
    };
    socket.onclose = ({ code, reason }) => {
      this.#discard();
      if (code >= 4400 && code < 4500) this.#refused(code, reason);
      else this.#retryLater();
    };
  }

  #refused(code: number, reason: string): void {
    const said = CLOSED[code] ?? (reason || words.closed.other);
    this.stop();
    this.#listener.link({ phase: 'stopped', reason: said, gone: code === DELETED });
  }

  #retryLater(): void {
    const wait = Math.min(FIRST_WAIT * 2 ** this.#failures, LONGEST_WAIT);
    this.#failures += 1;
    // Jitter over half of it, so that a restarted server is not met by everybody at once.
    const jittered = wait * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#connect(), jittered);
    this.#listener.link({ phase: 'waiting' });
  }

  #discard(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#awaiting = false;
    if (!socket) return;
    if (this.#opened > 0 && performance.now() - this.#opened > STEADY) this.#failures = 0;
    this.#opened = 0;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
