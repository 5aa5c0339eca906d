/**
 * The engine's one owner: every call goes through here, and all that leaves it leaves by `pump`.
 * Owns frames of animation, the wake-up timer, and what happens when the engine traps.
 * Knows no frame's content and no element.
 */
import { batch } from '@preact/signals';
import type { Engine, UiEvent } from './engine/wasm_client.js';
import type { ActionId } from './actions';
import { renewEngine } from './engine-load';
import type { Canvases } from './canvas';
import { type Family, measured } from './display-list';

/** What the shell hands on. */
export interface Outlets {
  /** Own updates to keep and frames to send, each in order. */
  leave(updates: readonly Uint8Array[], frames: readonly Uint8Array[]): void;
  /** Something to show. */
  show(event: UiEvent): void;
  /** The engine trapped and a new one runs, empty; give it what it needs. */
  renewed(): void;
  /** It trapped again and again: nothing runs any more. */
  broken(): void;
}

/** This many traps within {@link TRAP_WINDOW} mean that replaying leads straight to the next. */
const TRAP_LIMIT = 2;
const TRAP_WINDOW = 30_000;

/** Where the engine's paintings go. */
type Surface = Pick<Canvases, 'resize' | 'paint'>;

/** What goes on the clipboard, by type. */
export interface Clip {
  text: string;
  html: string;
}

/** The same, copied here, and the files that pictures in it show. */
export interface Copied extends Clip {
  files: readonly string[];
}

/** What one drain brought. */
interface Drain {
  frames: readonly Uint8Array[];
  updates: readonly Uint8Array[];
  events: readonly UiEvent[];
  repaint: boolean;
  wakeMs: number | undefined;
}

/** Runs one engine. */
export class Shell {
  readonly #newEngine: () => Engine;
  readonly #canvases: Surface;
  readonly #outlets: Outlets;
  #engine: Engine | undefined;
  #traps: number[] = [];
  #pumping = false;
  #again = false;
  #frame = 0;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #size: [width: number, height: number, dpr: number] = [0, 0, 1];
  #clip: Copied | undefined;

  /** Told after each frame that was painted. */
  painted: (() => void) | undefined;

  constructor(newEngine: () => Engine, canvases: Surface, outlets: Outlets) {
    this.#newEngine = newEngine;
    this.#canvases = canvases;
    this.#outlets = outlets;
  }

  /** Starts the first engine. */
  start(): void {
    this.#guard(() => this.#create());
    this.pump();
  }

  /** Whether an engine runs. */
  get running(): boolean {
    return this.#engine !== undefined;
  }

  /**
   * Calls the engine and then pumps. Undefined when it trapped or none runs.
   * Errors that the engine means to throw, such as a damaged state, are thrown on.
   */
  run<T>(call: (engine: Engine) => T): T | undefined {
    const engine = this.#engine;
    if (!engine) return undefined;
    try {
      return this.#guard(() => {
        engine.tick(performance.now());
        return call(engine);
      });
    } finally {
      this.pump();
    }
  }

  /** Asks for an action of the table. */
  act(id: ActionId): void {
    this.run((engine) => engine.act(id));
  }

  /** Asks for an action and gives what it puts on the clipboard. */
  copying(id: ActionId): Copied | undefined {
    this.#clip = undefined;
    this.act(id);
    return this.#clip;
  }

  /** Sets the size of the board in CSS pixels. */
  resize(width: number, height: number, dpr: number): void {
    this.#size = [width, height, dpr];
    this.#canvases.resize(width, height, dpr);
    this.run((engine) => engine.resize(width, height, dpr));
  }

  /** Lets time pass and takes out everything that the engine has for us. */
  pump(): void {
    // Handlers below call the engine again; they are served by one more round, in order.
    this.#again = true;
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#drain();
      }
    } finally {
      this.#pumping = false;
    }
  }

  #drain(): void {
    const engine = this.#engine;
    if (!engine) return;
    const drained = this.#guard(() => {
      engine.tick(performance.now());
      return takeAll(engine);
    });
    if (drained) this.#hand(drained);
  }

  #hand(drained: Drain): void {
    clearTimeout(this.#wake);
    if (drained.wakeMs !== undefined) {
      this.#wake = setTimeout(() => this.pump(), Math.max(0, drained.wakeMs - performance.now()));
    }
    if (drained.repaint && this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.paint());
    }
    this.#outlets.leave(drained.updates, drained.frames);
    batch(() => {
      for (const event of drained.events) {
        if (event.type === 'clipboard') this.#clip = event;
        this.#outlets.show(event);
      }
    });
  }

  /** Paints what changed, now. */
  paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const painting = this.run((engine) => {
      const painted = engine.paint();
      const { shift, side, places, tiles, overlay, unmeasured } = painted;
      painted.free();
      return { shift, side, places, tiles, overlay, unmeasured };
    });
    if (!painting) return;
    this.#canvases.paint(painting);
    this.painted?.();
    if (painting.unmeasured) this.#measure(painting.unmeasured);
  }

  /** Tells the engine how wide this browser paints what only it can know. */
  #measure(texts: string): void {
    this.run((engine) => {
      for (const text of texts.split('\0')) {
        const [id = '', family, ...lines] = text.split('\n');
        engine.measured(id, measured(lines, family as Family));
      }
    });
  }

  #create(): void {
    this.#engine = this.#newEngine();
    this.#engine.resize(...this.#size);
  }

  /** Runs a call and turns a trap into a new engine, or into the end after too many. */
  #guard<T>(call: () => T): T | undefined {
    try {
      return call();
    } catch (error) {
      if (!isTrap(error)) throw error;
      console.error('the engine trapped:', error);
      this.#trapped();
      return undefined;
    }
  }

  #trapped(): void {
    const now = performance.now();
    this.#traps = [...this.#traps.filter((at) => now - at < TRAP_WINDOW), now];
    this.#engine = undefined;
    clearTimeout(this.#wake);
    if (this.#traps.length >= TRAP_LIMIT) {
      this.#outlets.broken();
      return;
    }
    renewEngine();
    this.#guard(() => this.#create());
    if (this.running) this.#outlets.renewed();
  }
}

/** The only drain. Every getter copies out of the engine's memory, so each is read once. */
function takeAll(engine: Engine): Drain {
  const drained = engine.drain();
  const { frames, updates, events, repaint, wakeMs } = drained;
  drained.free();
  return { frames, updates, events, repaint, wakeMs };
}

/** A trap leaves the instance in no known state; other errors are meant. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}
