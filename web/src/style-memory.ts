/**
 * What this person used last, on every board in this browser.
 * Owns its place in localStorage; what it says is between the engine and itself.
 */
import type { Engine } from './engine/wasm_client.js';
import { read, write } from './local';

const KEY = 'drawbridge.style';

/** Tells an engine what was used last. */
export function tellStyle(engine: Pick<Engine, 'rememberStyle'>): void {
  const kept = read(KEY);
  if (typeof kept === 'string') engine.rememberStyle(kept);
}

/** Keeps what was just used. */
export function keepStyle(text: string): void {
  write(KEY, text);
}

/** Calls when another tab has kept something else: whoever is on two boards is one person. */
export function onStyleKept(call: () => void, signal: AbortSignal): void {
  addEventListener('storage', ({ key }) => {
    if (key === KEY) call();
  }, { signal });
}
