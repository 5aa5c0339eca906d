/** Drawbridge's own messages, the handshake, and every refusal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { Bare, docOf, synced, yClient } from './clients.mjs'
import { Server, until } from './support.mjs'

test('the first frame asks for the state; step 1 is answered with step 2', async (t) => {
  const server = await Server.start(t)
  const bare = await Bare.connect(t, `${server.ws}/shake`)
  await until('asked', () => bare.frames.length > 0)
  assert.deepEqual([...bare.frames[0]], [0, 0, 1, 0])
  bare.sync(0, new Uint8Array([0]))
  await until('answered', () => bare.frames.length > 1)
  assert.deepEqual([...bare.frames[1]], [0, 1, 2, 0, 0])
})

test('the own subprotocol is picked, else the first, else none', async (t) => {
  const server = await Server.start(t)
  for (const [offered, chosen] of [
    [['a', 'drawbridge.1'], 'drawbridge.1'],
    [['a', 'b'], 'a'],
    [[], ''],
  ]) {
    const bare = await Bare.connect(t, `${server.ws}/sub`, { protocols: offered })
    assert.equal(bare.socket.protocol, chosen)
  }
})

test('a fence comes back when everything before it is on disk', async (t) => {
  const server = await Server.start(t)
  const bare = await Bare.connect(t, `${server.ws}/fence`)
  const doc = new Y.Doc()
  doc.on('update', (update) => bare.update(update))
  for (let i = 1; i <= 20; i++) {
    doc.getMap('m').set(`k${i}`, i)
    bare.fence(i)
  }
  await until('all', () => bare.fences().length === 20)
  assert.deepEqual(bare.fences(), Array.from({ length: 20 }, (_, i) => i + 1))
  await server.restart('SIGKILL')
  assert.equal(docOf(await server.state('fence')).getMap('m').size, 20)
})

test('ephemeral messages reach own clients only, stamped, and end with their sender', async (t) => {
  const server = await Server.start(t)
  const url = `${server.ws}/ink`
  const [a, b] = [await Bare.connect(t, url), await Bare.connect(t, url)]
  const plain = await Bare.connect(t, url, { protocols: [] })
  a.ephemeral(3, [1, 2, 3])
  await until('relayed', () => b.ephemerals().length === 1)
  const [{ sender, slot, payload }] = b.ephemerals()
  assert.deepEqual([slot, payload], [3, [1, 2, 3]])
  a.socket.close()
  await until('gone', () => b.ephemerals().length === 2)
  assert.deepEqual(b.ephemerals()[1], { sender, slot: 0, payload: [] })
  assert.equal(a.ephemerals().length, 0, 'nothing comes back to the sender')
  plain.sync(0, [0])
  await until('answered', () => plain.updates().length === 1)
  assert.equal(plain.ephemerals().length, 0)
  assert.deepEqual([...(await server.state('ink'))], [0, 0], 'nothing is stored')
})

test('frames that are no message close with 4400', async (t) => {
  const server = await Server.start(t)
  for (const frame of [[0], [0, 9, 0], [0, 2, 9, 1], [0, 2, 4, 255, 255, 255, 127], [1, 1, 200]]) {
    const bare = await Bare.connect(t, `${server.ws}/bad`)
    bare.send(frame)
    assert.equal((await bare.end()).code, 4400, frame.join())
  }
  const text = await Bare.connect(t, `${server.ws}/bad`)
  text.socket.send('hello')
  assert.equal((await text.end()).code, 4400)
})

test('types of the future and trailing bytes are ignored', async (t) => {
  const server = await Server.start(t)
  const bare = await Bare.connect(t, `${server.ws}/future`)
  bare.send([])
  bare.send([99, 1, 2, 3])
  bare.send([0, 0, 1, 0, 7, 7, 7])
  await until('still answered', () => bare.updates().length === 1)
})

test('poison closes with 4422 and harms nobody', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'poison')
  await synced(a)
  a.doc.getText('t').insert(0, 'fine')
  const poison = Buffer.from(
    '01050500270103656c7302653001280005000178017c00000000280005000173017703612b' +
      '336263040101740668c3a96c6c6f08010161017d0000',
    'hex',
  )
  const deep = [1, 1, 5, 0, 8, 1, 1, 114, 1, ...Array(5000).fill([117, 1]).flat(), 126, 0]
  for (const attack of [poison, Uint8Array.from(deep)]) {
    const bare = await Bare.connect(t, `${server.ws}/poison`)
    bare.update(attack)
    assert.equal((await bare.end()).code, 4422)
  }
  const late = yClient(t, server, 'poison')
  await synced(late)
  assert.equal(late.doc.getText('t').toString(), 'fine')
})

test('a frame above the cap closes with 4413', async (t) => {
  const server = await Server.start(t, ['--max-frame', '1'])
  // Most of such a frame is still on its way when the server refuses it: the reason must arrive.
  for (const bytes of Array(20).fill([1_100_000, 9_000_000]).flat()) {
    const bare = await Bare.connect(t, `${server.ws}/huge`)
    bare.socket.send(new Uint8Array(bytes))
    assert.equal((await bare.end()).code, 4413, `${bytes} bytes`)
  }
})

test('an address that names no board is refused so that clients stop', async (t) => {
  const server = await Server.start(t)
  for (const name of ['a/b', 'caf%C3%A9', '%', 'x'.repeat(129), '']) {
    const bare = await Bare.connect(t, `${server.ws}/${name}`)
    assert.equal((await bare.end()).code, 4404, name)
    const response = await fetch(`${server.http}/sync/${name}`)
    assert.equal(response.status, 404)
    assert.match(await response.text(), /^This address /)
  }
  const stopped = yClient(t, server, 'caf%C3%A9')
  await until('it does not try again', () => !stopped.provider.shouldConnect)
})

test('a page of another site may not connect', async (t) => {
  const server = await Server.start(t, ['--allow-origin', 'https://friend.example'])
  const from = (origin) => Bare.connect(t, `${server.ws}/o`, { headers: { origin } })
  assert.equal((await from('https://evil.example')).closed.status, 403)
  assert.ok((await from(server.http)).open)
  assert.ok((await from('https://friend.example')).open)
})

test('the state over HTTP is compressed and says how long it is', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'get')
  await synced(a)
  a.doc.getText('t').insert(0, 'compress me '.repeat(500))
  await until('stored', async () => (await server.state('get')).length > 5000)
  for (const encoding of ['br', 'gzip', 'identity']) {
    const headers = { 'accept-encoding': encoding }
    const response = await fetch(`${server.http}/sync/get`, { headers })
    assert.equal(response.headers.get('content-type'), 'application/x-yjs-update')
    assert.equal(response.headers.get('content-encoding') ?? 'identity', encoding)
    const state = new Uint8Array(await response.arrayBuffer())
    assert.equal(Number(response.headers.get('x-raw-length')), state.length)
    assert.equal(docOf(state).getText('t').length, 6000)
  }
  assert.deepEqual([...(await server.state('nobody'))], [0, 0])
})

test('a restart tells clients to come back', async (t) => {
  const server = await Server.start(t)
  const bare = await Bare.connect(t, `${server.ws}/r`)
  await until('asked', () => bare.frames.length > 0)
  const [code] = await server.stop('SIGINT')
  assert.equal(code, 0)
  assert.equal((await bare.end()).code, 1012)
})
