/**
 * Clients: y-websocket as it comes, and a bare one that speaks the frames by hand.
 * Owns their cleanup. Knows no server but its address.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { until } from './support.mjs'

/** An unmodified y-websocket client with its document. */
export function yClient(test, server, board, doc = new Y.Doc()) {
  const provider = new WebsocketProvider(server.ws, board, doc, {
    WebSocketPolyfill: WebSocket,
    disableBc: true,
    maxBackoffTime: 200,
  })
  test.after(() => {
    provider.destroy()
    // Its awareness keeps a timer until the document goes.
    doc.destroy()
  })
  return { doc, provider, awareness: provider.awareness }
}

/** Waits until a client has the server's state. */
export const synced = (client) => until('synced', () => client.provider.synced)

/** The number of types and subtypes. */
export const SYNC = 0
export const AWARENESS = 1
export const FENCE = 102
export const EPHEMERAL = 103

/** A client without a library: every frame that came in is in `frames`. */
export class Bare {
  static async connect(test, url, { protocols = ['drawbridge.1'], headers = {} } = {}) {
    const bare = new Bare(url, protocols, headers)
    test.after(() => bare.socket.terminate())
    await until('open or closed', () => bare.open || bare.closed)
    return bare
  }

  constructor(url, protocols, headers) {
    this.frames = []
    this.socket = new WebSocket(url, protocols, { headers })
    this.socket.binaryType = 'arraybuffer'
    this.socket.on('open', () => (this.open = true))
    this.socket.on('message', (data) => this.frames.push(new Uint8Array(data)))
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }))
    this.socket.on('error', (error) => (this.error = error))
    this.socket.on('unexpected-response', (_, response) => {
      this.closed = { status: response.statusCode }
    })
  }

  send(...bytes) {
    this.socket.send(Uint8Array.from(bytes.flat()))
  }

  /** Sends a sync message: step 0, 1 or 2. */
  sync(step, payload) {
    this.socket.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, SYNC)
        encoding.writeVarUint(encoder, step)
        encoding.writeVarUint8Array(encoder, Uint8Array.from(payload))
      }),
    )
  }

  update(update) {
    this.sync(2, update)
  }

  fence(number) {
    this.socket.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, FENCE)
        encoding.writeVarUint8Array(encoder, encoding.encode((e) => encoding.writeVarUint(e, number)))
      }),
    )
  }

  ephemeral(slot, payload) {
    this.socket.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, EPHEMERAL)
        encoding.writeVarUint(encoder, slot)
        encoding.writeVarUint8Array(encoder, Uint8Array.from(payload))
      }),
    )
  }

  /** The fences that came back, as numbers. */
  fences() {
    return this.of(FENCE).map((decoder) => {
      const payload = decoding.readVarUint8Array(decoder)
      return decoding.readVarUint(decoding.createDecoder(payload))
    })
  }

  /** The ephemeral messages that came in. */
  ephemerals() {
    return this.of(EPHEMERAL).map((decoder) => ({
      sender: decoding.readVarUint(decoder),
      slot: decoding.readVarUint(decoder),
      payload: [...decoding.readVarUint8Array(decoder)],
    }))
  }

  /** The updates that came in, by step 2 or relayed. */
  updates() {
    const all = this.of(SYNC).map((decoder) => ({
      step: decoding.readVarUint(decoder),
      payload: decoding.readVarUint8Array(decoder),
    }))
    return all.filter(({ step }) => step > 0).map(({ payload }) => payload)
  }

  of(type) {
    const decoders = this.frames.map((frame) => decoding.createDecoder(frame))
    return decoders.filter((decoder) => decoding.readVarUint(decoder) === type)
  }

  /** Waits for the close; answers {code, reason}. */
  end() {
    return until('closed', () => this.closed)
  }
}

/** A document with everything in these updates. */
export function docOf(...updates) {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** Whether two documents are the same, deletions included. */
export function same(one, two) {
  return Buffer.compare(
    Buffer.from(Y.encodeStateAsUpdate(one)),
    Buffer.from(Y.encodeStateAsUpdate(two)),
  ) === 0
}
