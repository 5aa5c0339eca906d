/**
 * `<drawbridge-board src="https://boards.example.org" board="team-7">`: a board within a page.
 * Owns the element: its attributes, its methods, its events. All that is shown is a frame with the board's own
 * page, so that a host's style sheets and scripts and the board's never meet.
 */
import { Channel } from './channel.js';
import type { Format, Here, Looks, Person, Theme, Told } from './messages.js';

export type { Format, Looks, Person, Theme } from './messages.js';

/** What is heard of a board, as `detail` of events. */
export interface BoardEvents {
  'board-ready': undefined;
  'board-change': undefined;
  'board-state': { online: boolean; saved: boolean };
  'board-people': readonly Person[];
  'board-title': string;
  'board-failed': string;
}

/** The events' names by what the board tells. */
const EVENTS = {
  ready: 'board-ready', change: 'board-change', state: 'board-state', people: 'board-people',
  title: 'board-title', failed: 'board-failed',
} as const satisfies Record<Exclude<Told['type'], 'welcome'>, keyof BoardEvents>;

/** A channel to come. */
class Meeting {
  over = false;
  met: (channel: Channel) => void = () => undefined;
  gone: () => void = () => undefined;
  readonly channel: Promise<Channel>;

  constructor() {
    this.channel = new Promise((met, refused) => {
      this.met = (channel) => ((this.over = true), met(channel));
      this.gone = () => ((this.over = true), refused(new Error('the board is gone')));
    });
    // Nobody may be waiting.
    this.channel.catch(() => undefined);
  }
}

export class DrawbridgeBoard extends HTMLElement {
  static readonly observedAttributes = ['src', 'board', 'frame', 'theme', 'view'];

  readonly #frame = document.createElement('iframe');
  #channel: Channel | undefined;
  /** The channel that there will be, for whoever asks before the board's page has come. */
  #meeting: Meeting | undefined;
  #origin = '';
  /** Whether attributes change without anything being shown for it. */
  #quiet = false;

  constructor() {
    super();
    this.#frame.allow = 'clipboard-read; clipboard-write; fullscreen';
    // By properties: a host's policy may forbid style sheets and attributes.
    Object.assign(this.#frame.style, { display: 'block', width: '100%', height: '100%', border: '0' });
    this.attachShadow({ mode: 'open' }).append(this.#frame);
  }

  connectedCallback(): void {
    addEventListener('message', this.#listen);
    if (!this.style.display) this.style.display = 'block';
    this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#listen);
    this.#part();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || this.#quiet || before === now) return;
    if (name === 'theme') return void this.#ask({ ask: 'theme', theme: this.theme }).catch(() => undefined);
    if (name === 'frame' && now) return void this.look(now).catch(() => undefined);
    if (name !== 'frame') this.#show();
  }

  /** The theme that is asked for. */
  get theme(): Theme {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  }

  set theme(theme: Theme) {
    this.setAttribute('theme', theme);
  }

  /** Shows another board. */
  open(board: string, frame?: string): void {
    // With the board, or it would be looked for on the one before.
    this.#quiet = true;
    if (frame) this.setAttribute('frame', frame);
    else this.removeAttribute('frame');
    this.#quiet = false;
    if (this.getAttribute('board') !== board) this.setAttribute('board', board);
    else if (frame) void this.look(frame).catch(() => undefined);
  }

  /** Looks at a frame, by its id or name: whether there is one. */
  look(frame: string): Promise<boolean> {
    return this.#ask({ ask: 'look', frame }) as Promise<boolean>;
  }

  /** The board as a file. Rejects with a sentence when there is nothing on it, or too much. */
  export(format: Format, looks: Looks = {}): Promise<Blob> {
    return this.#ask({ ask: 'export', format, looks }) as Promise<Blob>;
  }

  /** Keeps in view where somebody's pointer is, of those whom `board-people` names; nobody's without one. */
  follow(person?: string): Promise<boolean> {
    return this.#ask(person === undefined ? { ask: 'follow' } : { ask: 'follow', person }) as Promise<boolean>;
  }

  /** Asks the board's page, once it is there. */
  async #ask(asked: Parameters<Channel['ask']>[0]): Promise<unknown> {
    if (!this.#meeting) throw new Error('no board is shown');
    return (await this.#meeting.channel).ask(asked);
  }

  /** Loads the board's page, where there is one to load. */
  #show(): void {
    this.#part();
    const [server, board] = [this.getAttribute('src'), this.getAttribute('board')];
    if (!server || !board) return this.#frame.removeAttribute('src');
    const address = new URL(`/embed/${encodeURIComponent(board)}`, new URL(server, location.href));
    if (this.hasAttribute('view')) address.searchParams.set('view', '');
    if (this.theme !== 'system') address.searchParams.set('theme', this.theme);
    const frame = this.getAttribute('frame');
    if (frame) address.searchParams.set('frame', frame);
    this.#origin = address.origin;
    this.#meeting = new Meeting();
    this.#frame.title = this.title || board;
    this.#frame.src = address.href;
  }

  /** Whoever is in the frame says that it listens: if that is the server's page, it is met. */
  #listen = ({ source, origin, data }: MessageEvent<Partial<Here> | undefined>): void => {
    const target = this.#frame.contentWindow;
    if (!target || source !== target || origin !== this.#origin || data?.type !== 'here') return;
    this.#channel?.close();
    // The page may load anew; whoever asks then is not to ask the one before.
    if (!this.#meeting || this.#meeting.over) this.#meeting = new Meeting();
    const meeting = this.#meeting;
    const channel = this.#channel = new Channel(target, this.#origin, (told) => {
      if (told.type === 'welcome') meeting.met(channel);
      else this.#hear(told);
    });
  };

  #part(): void {
    this.#channel?.close();
    this.#meeting?.gone();
    this.#channel = this.#meeting = undefined;
  }

  #hear(told: Exclude<Told, { type: 'welcome' }>): void {
    // One of a version to come.
    const name: string | undefined = EVENTS[told.type];
    if (name === undefined) return;
    this.dispatchEvent(new CustomEvent(name, { detail: detailOf(told) }));
  }
}

function detailOf(told: Exclude<Told, { type: 'welcome' }>): BoardEvents[keyof BoardEvents] {
  switch (told.type) {
    case 'state': return { online: told.online, saved: told.saved };
    case 'people': return told.people;
    case 'title': return told.title;
    case 'failed': return told.why;
    case 'ready':
    case 'change': return undefined;
  }
}

if (!customElements.get('drawbridge-board')) customElements.define('drawbridge-board', DrawbridgeBoard);

declare global {
  interface HTMLElementTagNameMap {
    'drawbridge-board': DrawbridgeBoard;
  }
}
