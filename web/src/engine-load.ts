/**
 * The engine's module: fetched once, instantiated again after a trap.
 * Owns the WebAssembly instance; knows no board.
 */
import init, { __wbg_reset_state, ops } from './engine/wasm_client.js';
import { words } from './words';

/** Why the engine could not start at all. */
export class EngineMissing extends Error {}

let loading: Promise<Readonly<Record<string, number>>> | undefined;

/**
 * Fetches and compiles the engine; gives the numbers of its paint operations.
 * Rejects with {@link EngineMissing}; a later call tries again.
 */
export function loadEngine(): Promise<Readonly<Record<string, number>>> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(): Promise<Readonly<Record<string, number>>> {
  if (typeof WebAssembly !== 'object') {
    throw new EngineMissing(words.details.noWebAssembly);
  }
  try {
    await init();
    return ops();
  } catch (error) {
    throw new EngineMissing(String(error), { cause: error });
  }
}

/** A fresh instance with fresh memory, because a trap leaves the old one in no known state. */
export function renewEngine(): void {
  __wbg_reset_state();
}
