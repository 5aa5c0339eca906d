/** The late half of the engine, as a page joins it to the first: in Node from the disk. See `web/src/engine-late.ts`. */
import { readFileSync } from 'node:fs'
import { exportsNow } from '../../web/src/engine/wasm_client.js'

const ADDRESS = new URL('../../web/src/engine/wasm_client_late.wasm', import.meta.url)

/** Joins it to the running instance. */
export function bring() {
  new WebAssembly.Instance(new WebAssembly.Module(readFileSync(ADDRESS)), { first: exportsNow() })
}
