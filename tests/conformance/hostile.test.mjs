/** Hostile frames against the real server: whatever they were, real Yjs loads the board afterwards. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as Y from 'yjs'
import { Bare, docOf, same, synced, yClient } from './clients.mjs'
import { ATTACKS, corpus, read, REAL } from './corpus.mjs'
import { Server, until } from './support.mjs'

/** Mutants of one run: enough to pass and to be refused in all ways. */
const MUTANTS = 600
const CODES = [4400, 4413, 4422, 4509]

test('the corpus is what Yjs writes', () => {
  assert.equal(readFileSync(REAL, 'utf8'), corpus())
})

test('attacks end as documented, and Yjs loads what is left', async (t) => {
  const server = await Server.start(t)
  const updates = read(ATTACKS).filter(({ kind }) => kind === 'update')
  for (const { name, expected, bytes } of updates) {
    const bare = await Bare.connect(t, `${server.ws}/${name}`)
    bare.update(bytes)
    bare.sync(0, [0])
    await until(name, () => bare.closed || bare.updates().length > 0)
    const code = Number(expected)
    if (code) assert.equal(bare.closed?.code, code, name)
    else assert.equal(bare.closed, undefined, name)
    const doc = docOf(await server.state(name))
    if (expected !== 'ok') assert.equal(doc.store.clients.size, 0, name)
  }
})

test('mutants hurt nobody: somebody honest stays, somebody late loads it all', async (t) => {
  const server = await Server.start(t)
  const honest = yClient(t, server, 'mutants')
  await synced(honest)
  const real = read(REAL).filter(({ kind, expected }) => kind === 'update' && expected === 'ok')
  for (const { bytes } of real) Y.applyUpdate(honest.doc, bytes)
  let disconnected = 0
  honest.provider.on('connection-close', () => disconnected++)
  const random = dice(20_261_123)
  let bare = await Bare.connect(t, `${server.ws}/mutants`)
  const codes = new Set()
  for (let i = 0; i < MUTANTS; i++) {
    const { bytes } = real[random(real.length)]
    bare.update(mutant(random, bytes, 100 + i))
    bare.fence(i)
    await until('an answer', () => bare.closed || bare.fences().at(-1) === i || bare.of(0).length > 1)
    if (bare.closed || bare.of(0).length > 1) {
      if (bare.closed) codes.add(bare.closed.code)
      bare.socket.terminate()
      bare = await Bare.connect(t, `${server.ws}/mutants`)
    }
  }
  assert.deepEqual([...codes].filter((code) => !CODES.includes(code)), [])
  honest.doc.getMap('m').set('still', 'here')
  const late = yClient(t, server, 'mutants')
  await synced(late)
  await until('the same', () => late.doc.getMap('m').get('still') === 'here')
  assert.equal(disconnected, 0)
  await server.restart()
  const stored = docOf(await server.state('mutants'))
  assert.deepEqual(Y.encodeStateVector(stored), Y.encodeStateVector(late.doc))
  assert.deepEqual(stored.getMap('m').toJSON(), late.doc.getMap('m').toJSON())
  assert.equal(stored.store.pendingStructs, null)
  assert.equal(late.doc.store.pendingStructs, null)
  assert.ok(same(docOf(Y.encodeStateAsUpdate(stored)), stored))
})

/** Numbers below a bound, the same for the same seed. */
function dice(seed) {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Its client made another, so that it brings something, and mostly one byte wrong. */
function mutant(random, bytes, client) {
  const copy = Uint8Array.from(bytes)
  if (random(3) > 0 && copy[0] === 1 && copy[2] < 128) copy[2] = 1 + (client % 100)
  for (let wounds = random(3); wounds > 0; wounds--) copy[random(copy.length)] = random(256)
  return random(20) === 0 ? copy.subarray(0, random(copy.length)) : copy
}
