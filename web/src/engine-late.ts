/**
 * The half of the engine that nobody needs to see a board and draw on it with a pen.
 * Owns how it is fetched and joined to the running instance; the engine asks by `bring`.
 */
import { bringLate, exportsNow } from './engine/wasm_client.js';

const ADDRESS = new URL('./engine/wasm_client_late.wasm', import.meta.url);

let half: WebAssembly.Module | undefined;

/** Fetches it while nobody waits for it; rejects when that fails. */
export async function fetchLate(): Promise<void> {
  if (half) return;
  const answer = await fetch(ADDRESS);
  if (!answer.ok) throw new Error(`${ADDRESS.pathname}: ${answer.status}`);
  // Whatever type a proxy says it has.
  const fetched = await WebAssembly.compile(await answer.arrayBuffer());
  half ??= fetched;
  bringLate();
}

/** Joins it to the running instance, and fetches it at once if it is not here: the caller cannot wait. */
export function bring(): void {
  half ??= new WebAssembly.Module(fetchNow());
  new WebAssembly.Instance(half, { first: exportsNow() });
}

function fetchNow(): Uint8Array<ArrayBuffer> {
  const request = new XMLHttpRequest();
  request.open('GET', ADDRESS, false);
  // Where nothing may wait, browsers give text alone: each byte as the low half of a letter.
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
  } catch {
    // Said below.
  }
  // The engine is left in the middle of something, as by a trap.
  if (request.status !== 200) throw new WebAssembly.RuntimeError(`${ADDRESS.pathname} cannot be had: ${request.status}`);
  return Uint8Array.from(request.responseText, (letter) => letter.codePointAt(0) ?? 0);
}
