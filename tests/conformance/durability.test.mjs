/** Whatever was fenced survives kill -9 in the middle of edits, every time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { Bare, docOf } from './clients.mjs'
import { Server, until } from './support.mjs'

const KILLS = 100
const WRITERS = 3
const IN_FLIGHT = 32

/** Edits as fast as fences come back; `fenced` counts the edits that are safe. */
class Writer {
  constructor(id) {
    this.id = id
    this.doc = new Y.Doc()
    this.made = 0
    this.fenced = 0
  }

  async connect(test, server) {
    this.bare = await Bare.connect(test, `${server.ws}/durable`)
    // What the server may lack: everything, as a client that comes back would send it.
    this.bare.sync(1, Y.encodeStateAsUpdate(this.doc))
    this.bare.fence(this.made)
    const relay = (update) => this.bare.update(update)
    this.doc.on('update', relay)
    this.bare.socket.on('message', () => this.note())
    this.bare.socket.on('close', () => {
      this.doc.off('update', relay)
      this.note()
    })
    this.edit()
  }

  note() {
    const last = this.bare.fences().at(-1)
    this.bare.frames.length = 0
    if (last !== undefined) this.fenced = Math.max(this.fenced, last)
    if (this.bare.socket.readyState === 1) this.edit()
  }

  edit() {
    while (this.made - this.fenced < IN_FLIGHT) {
      this.made++
      this.doc.getMap('m').set(`${this.id}/${this.made}`, this.made)
      this.bare.fence(this.made)
    }
  }
}

test(`everything fenced is there after each of ${KILLS} kills`, async (t) => {
  const server = await Server.start(t)
  const writers = Array.from({ length: WRITERS }, (_, id) => new Writer(id))
  for (let kill = 1; kill <= KILLS; kill++) {
    const goals = writers.map((writer) => writer.fenced + 1 + Math.floor(Math.random() * 40))
    await Promise.all(writers.map((writer) => writer.connect(t, server)))
    await until('edits are under way', () => writers.every((w, i) => w.fenced >= goals[i]))
    await server.stop('SIGKILL')
    await Promise.all(writers.map((writer) => writer.bare.end()))
    const safe = writers.map((writer) => writer.fenced)
    assert.ok(writers.every((writer) => writer.made > writer.fenced), 'killed in the middle')
    await server.spawn(server.address)
    const map = docOf(await server.state('durable')).getMap('m')
    writers.forEach(({ id }, i) => {
      for (let edit = 1; edit <= safe[i]; edit++) {
        assert.equal(map.get(`${id}/${edit}`), edit, `kill ${kill}: writer ${id}, edit ${edit}`)
      }
    })
  }
  t.diagnostic(`${writers.reduce((sum, writer) => sum + writer.fenced, 0)} fenced edits`)
})
