/**
 * What the page shows, as signals.
 * Owns turning the engine's events into them; holds no scene data and calls nobody.
 */
import { computed, effect, signal } from '@preact/signals';
import type { Person, PlaceShown, StyleShown, TextField, ToolName, UiEvent } from './engine/wasm_client.js';
import { nowApply } from './actions';
import { chooseFingers } from './fingers';
import type { Link } from './socket';
import { words } from './words';

/** Why the board cannot be shown; each kind has a way out. */
export type FailureReason =
  /** The engine broke down twice in a short time. */
  | { kind: 'trap'; download: () => Promise<void>; setAside: () => Promise<void> }
  /** The engine did not arrive. */
  | { kind: 'engine'; detail: string }
  /** The browser has no WebAssembly. */
  | { kind: 'unable' }
  /** No server and no local copy. */
  | { kind: 'unreachable'; detail: string }
  /** Nobody has drawn here, and the address is none that was made for a new board. */
  | { kind: 'absent'; begin: () => void }
  /** The server says no. */
  | { kind: 'refused'; detail: string }
  /** The state that came cannot be read. */
  | { kind: 'damaged'; detail: string }
  /** The page itself failed. */
  | { kind: 'script'; detail: string };

/** A sentence shown for a while. */
export interface Toast {
  id: number;
  text: string;
  /** What one can do about it; such a sentence stays longer. */
  way?: Way | undefined;
}

/** A button beside a sentence. */
export interface Way {
  label: string;
  go: () => void;
}

export const tool = signal<ToolName>('select');
/** Whether the tool stays in hand after what it was taken for. */
export const kept = signal(false);
export const cursor = signal('default');
/** Where a click on the board leads, in words; empty when nowhere. */
export const leads = signal('');
/** The style fields that apply, and what they hold. */
export const style = signal<readonly StyleShown[]>([]);
export const selected = signal(0);
/** Whether the crop of what is selected is shown. */
export const crops = signal(false);
/** Where what is selected is. */
export const place = signal<PlaceShown | undefined>(undefined);
export const camera = signal({ zoom: 1, contentInView: true });
export const empty = signal(false);
export const people = signal<readonly Person[]>([]);
export const sync = signal({ online: false, waiting: 0, trouble: '' });
export const editText = signal<TextField | null>(null);
/** What the board is called, empty when nobody has named it, and the first words on it. */
export const cover = signal({ title: '', words: '' });
/**
 * Pictures that the server lacks: how many are on their way, how far the first has got, why one is not; and how many
 * a clip has promised.
 */
export const uploads = signal<{ waiting: number; fraction: number; failed: string | undefined; coming: number }>(
  { waiting: 0, fraction: 0, failed: undefined, coming: 0 },
);
export const toasts = signal<readonly Toast[]>([]);

/** The connection below the engine. */
export const link = signal<Link>({ phase: 'connecting' });
/** False when this browser keeps nothing for us. */
export const storage = signal(true);
/** Whether the browser has kept the page itself, so that it opens without network. */
export const opensOffline = signal(false);
/** Fraction of the first load; undefined once the board is there. */
export const loading = signal<number | undefined>(0);
/** Set when the board cannot be shown. */
export const failure = signal<FailureReason | undefined>(undefined);
/** Where the board's menu was asked for, while it is open. */
export const boardMenu = signal<{ x: number; y: number } | undefined>(undefined);
/** The address that is to be typed, and below what, while it is. */
export const addressAsked = signal<Extract<UiEvent, { type: 'address' }> | undefined>(undefined);
/** Where the menu of further tools stands, while it is open. */
export const moreTools = signal<{ x: number; y: number } | undefined>(undefined);
/** Where the sheet of styles stands, while it is open. */
export const sheet = signal<DOMRectReadOnly | undefined>(undefined);
/** Whether the style panel is folded to a disc. */
export const folded = signal(false);
/** Whether the card that says who one is stands before the board. */
export const introduced = signal(false);
/** Whether the help is open. */
export const helpOpen = signal(false);

/** The connection in one word, for people and for tests. */
export const connection = computed(() => {
  if (link.value.phase === 'stopped') return 'stopped';
  const { online, waiting, trouble } = sync.value;
  if (online && waiting > 0) return trouble ? 'unsaved' : 'saving';
  if (online) return 'saved';
  return link.value.phase === 'waiting' ? 'offline' : 'connecting';
});

/** Whether what is left to be fetched may come: by a line that has nothing better to do, or without one. */
const idle = computed(() =>
  connection.value === 'saved' || (connection.value === 'offline' && Boolean(navigator.serviceWorker?.controller)));

/** So long after the first "Saved" a person finds nothing missing, and the first visit is over. */
const MOMENT = 300;

/**
 * Does something a while after everything is saved: what no first visit should wait for is fetched then.
 * Without a connection too, where the browser has kept the page.
 */
export function onceSaved(work: () => void, delay = MOMENT): void {
  let due = false;
  const stop = effect(() => {
    if (due || !idle.value) return;
    due = true;
    setTimeout(() => (stop(), work()), delay);
  });
}

const TOAST_TIME = 5_000;
const WAY_TIME = 30_000;
/** More than this at once is a wall of text; the oldest goes. */
const TOAST_LIMIT = 3;
let toastCount = 0;

/** Shows a sentence for a while; the same sentence is not shown twice. */
export function toast(text: string, way?: Way): void {
  showToast(text, way);
}

/** The same; gives what takes it away before its time. */
export function toastUntil(text: string, way: Way): () => void {
  const id = showToast(text, way);
  return () => dropToast(id);
}

function showToast(text: string, way?: Way): number {
  const others = toasts.value.filter((one) => one.text !== text);
  const id = (toastCount += 1);
  toasts.value = [...others, { id, text, way }].slice(-TOAST_LIMIT);
  setTimeout(() => dropToast(id), way ? WAY_TIME : TOAST_TIME);
  return id;
}

/** Takes one away before its time. */
export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** So many letters of a text stand for a board that nobody has named. */
const BEGINNING = 40;

/** The beginning of a text's first line, at a blank where there is one. */
function beginning(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  if (line.length <= BEGINNING) return line;
  return `${line.slice(0, BEGINNING + 1).replace(/\s+\S*$|.$/u, '')}…`;
}

/** Takes over one event. */
export function show(event: UiEvent): void {
  switch (event.type) {
    case 'tool': [tool.value, kept.value] = [event.tool, event.kept]; return;
    case 'cursor':
      [cursor.value, leads.value] = [event.css, event.leads.startsWith('#') ? words.board.leadsWithin : event.leads];
      return;
    case 'address': addressAsked.value = event; return;
    case 'style': style.value = event.fields; return;
    case 'selection': [selected.value, crops.value] = [event.count, event.crops]; return;
    case 'place': place.value = event.place ?? undefined; return;
    case 'applies': nowApply(event.actions); return;
    case 'camera': camera.value = { zoom: event.zoom, contentInView: event.contentInView }; return;
    case 'empty': empty.value = event.empty; return;
    case 'people': people.value = event.people; return;
    case 'sync': sync.value = { online: event.online, waiting: event.waiting, trouble: event.trouble }; return;
    case 'title': cover.value = { title: event.title, words: beginning(event.words) }; return;
    case 'editText': editText.value = event.field ?? null; return;
    case 'fingers': fingersTold(event.draw ?? undefined); return;
    case 'notice': toast(words.notices[event.key]); return;
    case 'clipboard':
    case 'files':
    case 'lacking':
    case 'open':
    case 'ask':
    case 'styleMemory':
      return;
  }
}

/** The engine took drawing from the fingers because a pen draws; a choice of one's own is known. */
function fingersTold(draw: boolean | undefined): void {
  const hasFingers = navigator.maxTouchPoints > 0;
  if (draw !== undefined && chooseFingers(draw) && hasFingers) {
    toast(words.toasts.fingers);
  }
}
