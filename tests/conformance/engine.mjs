/**
 * The page's own engine, run in Node: the WebAssembly that browsers get, on a real socket.
 * Owns what a page does around it: the clock, the socket, pumping. Looks into no frame.
 */
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import WebSocket from 'ws'

register('./page-modules.mjs', import.meta.url)
const { initSync, Engine, ops } = await import('../../web/src/engine/wasm_client.js')

const FOLDER = new URL('../../web/src/engine/', import.meta.url)

initSync({ module: await readFile(new URL('wasm_client_bg.wasm', FOLDER)) })

/** The numbers of the paint operations, by name. */
export const OPS = ops()

/** The bit of the primary button that is down. */
const PRIMARY = 128
const DOWN = 0
const MOVE = 1
const UP = 2

let pages = 0

/** An engine of its own. */
export function newEngine({ browser = 'browser', dark = false }) {
  pages += 1
  return new Engine(String(pages).padStart(32, '5'), browser, `page ${pages}`, '#3b7bf6', dark)
}

/** One page on one board. */
export class Page {
  static open(test, server, board) {
    const page = new Page(`${server.ws}/${board}`)
    test.after(() => page.socket.terminate())
    return page
  }

  constructor(url) {
    this.browser = `browser-${pages}`
    this.engine = newEngine({ browser: this.browser })
    this.engine.resize(800, 600, 1)
    this.told = {}
    /** What each slot of the scene shows. */
    this.tiles = []
    this.socket = new WebSocket(url, 'drawbridge.1')
    this.socket.on('open', () => this.run((engine) => engine.connected(true)))
    this.socket.on('message', (frame) => this.run((engine) => engine.receive(frame)))
  }

  /** Calls the engine, and lets everything out that is to leave it. */
  run(call) {
    this.engine.tick(performance.now())
    const answer = call(this.engine)
    const drained = this.engine.drain()
    for (const frame of drained.frames) this.socket.send(frame)
    for (const event of drained.events) this.told[event.type] = event
    return answer
  }

  /** Whether everything done here is on the server's disk. */
  get saved() {
    return this.told.sync?.online && this.told.sync.waiting === 0
  }

  /** Pulls the pointer from one place to another with a tool. */
  pull(tool, from, to) {
    this.run((engine) => engine.act(tool))
    for (const [kind, [x, y]] of [[DOWN, from], [MOVE, to], [UP, to]]) {
      const held = kind === UP ? 0 : PRIMARY
      const event = Float64Array.of(kind, 1, 0, x, y, 0, held, performance.now())
      this.run((engine) => engine.input(event))
    }
  }

  /** What it shows of the board, as words: the tiles that were painted before and now. */
  paint() {
    const { places, tiles } = this.engine.paint()
    for (const [i, words] of tiles.entries()) this.tiles[places[3 * i]] = [...words]
    return Uint32Array.from(this.tiles.flat())
  }

  /** Whether an operation with these numbers is among what it paints. */
  paints(name, ...numbers) {
    const words = this.paint()
    const wanted = Uint32Array.of(OPS[name], ...new Uint32Array(Float32Array.from(numbers).buffer))
    return words.some((_, at) => wanted.every((word, i) => words[at + i] === word))
  }

  /** Whether a run of text is among what it paints. */
  writes(text) {
    const { buffer, byteOffset, byteLength } = this.paint()
    return Buffer.from(buffer, byteOffset, byteLength).includes(text)
  }
}
