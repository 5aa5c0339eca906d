/**
 * What people do before the engine is there: nothing of it is lost, all is done in order once it runs.
 * Owns what waits; knows neither what it asks for nor what comes of it.
 */
import type { Engine } from './engine/wasm_client.js';
import type { Shell } from './shell';

/** Who scribbles for longer before the engine has come loses the rest. */
const LIMIT = 20_000;

/** The engine's shell, or what waits for it. */
export class Early {
  #shell: Shell | undefined;
  #waiting: ((engine: Engine) => void)[] = [];

  /** Whether the engine runs. */
  get over(): boolean {
    return this.#shell !== undefined;
  }

  /** Asks the engine, now or as soon as it can answer; undefined while it cannot. */
  run<T>(call: (engine: Engine) => T): T | undefined {
    if (this.#shell) return this.#shell.run(call);
    if (this.#waiting.length < LIMIT) this.#waiting.push(call);
    return undefined;
  }

  /** The engine runs: all that waited is done. */
  end(shell: Shell): void {
    this.#shell = shell;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const call of waiting) shell.run(call);
  }
}
