/**
 * The text being edited: a real textarea over the board, for input methods, spelling and screen readers.
 * Owns the element and when it may be changed from outside; the engine owns text, place and end.
 */
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TextField } from './engine/wasm_client.js';
import type { Act } from './actions';
import { FAMILIES, type Family, measured } from './display-list';
import { editText } from './ui-state';
import { words } from './words';

/** What the field holds after an input event; offsets in UTF-16 units. */
export interface TextInput {
  value: string;
  /** Where the selection was begun. */
  anchor: number;
  /** Where its caret is. */
  head: number;
  /** Whether an input method is composing. */
  composing: boolean;
  /** Whether a pointer has put the caret there, and not a key. */
  pointed: boolean;
}

interface Props {
  send: (input: TextInput) => void;
  act: Act;
  /** Something else has taken the keyboard. */
  leave: () => void;
}

/** Where the keyboard may go while a text stays open. */
const RESTYLES = '.style-place';

/** Room for the caret on either side, in board units per font size: a line ends at one of them. */
const CARET_ROOM = 0.5;

/** One textarea for the life of the page, so that focus can move into it within a tap. */
export function TextFieldView(props: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!area.current) return undefined;
    const editor = new TextEditor(area.current, props);
    const stop = effect(() => editor.show(editText.value));
    return () => (stop(), editor.close());
  }, []);
  return (
    <textarea
      ref={area}
      class="text-field"
      aria-label={words.board.textField}
      hidden
      wrap="off"
      dir="auto"
      rows={1}
      autocapitalize="sentences"
    />
  );
}

class TextEditor {
  readonly #area: HTMLTextAreaElement;
  readonly #send: Props['send'];
  readonly #act: Act;
  readonly #leave: () => void;
  readonly #events = new AbortController();
  #id: string | undefined;
  #composing = false;
  #pointed = false;
  /** What the engine last heard, so that it does not hear it twice. */
  #heard = '';

  constructor(area: HTMLTextAreaElement, { send, act, leave }: Props) {
    this.#area = area;
    this.#send = send;
    this.#act = act;
    this.#leave = leave;
    const { signal } = this.#events;
    area.addEventListener('input', () => this.#tell(), { signal });
    area.addEventListener('compositionstart', () => {
      this.#composing = true;
      // From here on the engine must keep others' changes apart from what this field shows.
      this.#tell();
    }, { signal });
    area.addEventListener('compositionend', () => {
      this.#composing = false;
      this.#tell();
    }, { signal });
    area.addEventListener('beforeinput', (event) => this.#history(event), { signal });
    area.addEventListener('pointerdown', () => (this.#pointed = true), { signal });
    for (const typing of ['keydown', 'beforeinput']) {
      area.addEventListener(typing, () => (this.#pointed = false), { signal });
    }
    area.addEventListener('blur', (event) => this.#blurred(event.relatedTarget), { signal });
    document.addEventListener('selectionchange', () => {
      if (document.activeElement === area) this.#tell();
    }, { signal });
  }

  /**
   * The keyboard went somewhere else without the engine's doing. Another window gives it back, and
   * what restyles the text leaves it open; anything else ends it.
   */
  #blurred(to: EventTarget | null): void {
    if (this.#id === undefined || !document.hasFocus()) return;
    if (to instanceof Element && to.closest(RESTYLES)) return;
    this.#leave();
  }

  close(): void {
    this.#events.abort();
  }

  /** Shows the engine's field, or none. */
  show(field: TextField | null): void {
    const area = this.#area;
    if (!field) {
      if (this.#id === undefined) return;
      this.#id = undefined;
      this.#composing = false;
      area.hidden = true;
      area.value = '';
      area.blur();
      return;
    }
    place(area, field, this.#composing ? area.value : field.value);
    if (field.id !== this.#id) {
      this.#id = field.id;
      this.#composing = false;
      this.#take(field);
      area.focus({ preventScroll: true });
    } else if (!this.#composing && area.value !== field.value) {
      // Somebody else typed. A value set during composition would end it.
      this.#take(field);
    }
  }

  #take({ value, selectionAnchor: anchor, selectionHead: head }: TextField): void {
    this.#area.value = value;
    const direction = head < anchor ? 'backward' : 'forward';
    this.#area.setSelectionRange(Math.min(anchor, head), Math.max(anchor, head), direction);
    this.#heard = this.#state();
  }

  #selection(): { anchor: number; head: number } {
    const { selectionStart: start, selectionEnd: end, selectionDirection } = this.#area;
    return selectionDirection === 'backward' ? { anchor: end, head: start } : { anchor: start, head: end };
  }

  #state(): string {
    const { anchor, head } = this.#selection();
    return `${anchor} ${head} ${this.#composing} ${this.#area.value}`;
  }

  #tell(): void {
    if (this.#id === undefined) return;
    const state = this.#state();
    if (state === this.#heard) return;
    this.#heard = state;
    this.#send({ value: this.#area.value, ...this.#selection(), composing: this.#composing, pointed: this.#pointed });
  }

  /** The browser's own undo knows nothing of what others typed. */
  #history(event: InputEvent): void {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    this.#act(event.inputType === 'historyUndo' ? 'undo' : 'redo');
  }
}

/**
 * Lays the textarea over the text that it stands for. What this browser paints beyond the text's box
 * has room in the padding, on the sides where lines end; so nothing scrolls.
 */
function place(area: HTMLTextAreaElement, field: TextField, text: string): void {
  const { style } = area;
  const family = field.family as Family;
  const width = field.wrapped ? wrapWidth(field, text, family) : field.width;
  const lines = () => Math.max(0, ...measured(text.split('\n'), family)) * field.fontSize;
  const widest = field.exact || field.wrapped ? 0 : lines();
  const room = Math.max(0, widest - width) + field.fontSize * CARET_ROOM;
  // A width that differs a little leaves the side where it is at which lines stand.
  const aside = (field.width - width) * (SHARES[field.align] ?? 0);
  area.hidden = false;
  style.padding = `0 ${room}px`;
  style.width = `${width + 2 * room}px`;
  style.height = `${Math.max(field.height, field.lineHeight)}px`;
  style.whiteSpace = field.wrapped ? 'pre-wrap' : 'pre';
  style.textAlign = field.align || 'start';
  style.fontFamily = FAMILIES[family];
  style.fontSize = `${field.fontSize}px`;
  style.lineHeight = `${field.lineHeight}px`;
  style.color = field.color;
  // A line ends before its label: none is seen behind it.
  style.background = field.overLine
    ? `linear-gradient(var(--canvas) 0 0) center / ${field.overLine}px 100% no-repeat`
    : '';
  style.opacity = String(field.opacity);
  style.transform = `translate(${field.x}px, ${field.y}px) rotate(${field.angle}rad) scale(${field.zoom}) translateX(${aside - room}px)`;
}

/** Which share of what is left of the width stands before a line. */
const SHARES: Record<string, number> = { center: 0.5, right: 1 };

/**
 * The width at which this browser ends lines where the engine does: all that is seen of them fits, and
 * nowhere the next word, even where its fonts are not as wide as the engine's tables have them.
 */
function wrapWidth(field: TextField, text: string, family: Family): number {
  const starts = field.wraps.filter((_, i) => i % 3 === 0);
  const seen = starts.map((start, i) => text.slice(start, field.wraps[3 * i + 1]));
  const more = starts.map((start, i) => text.slice(start, field.wraps[3 * i + 2]));
  const widths = (lines: string[]) => [...measured(lines, family)].map((width) => width * field.fontSize);
  const least = Math.max(0, ...widths(seen));
  const most = Math.min(Infinity, ...widths(more));
  // Where no width does, all that is on a line fits.
  const edge = most > least ? Math.min((most - least) / 2, ROUNDING) : ROUNDING;
  return Math.max(least + edge, Math.min(field.width, most - edge));
}

/** Browsers count widths in 64ths of a pixel, each change of font and direction by itself. */
const ROUNDING = 0.5;
