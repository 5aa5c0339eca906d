/** Documents: unmodified y-websocket clients converge, whatever happens in between. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { Bare, docOf, same, synced, yClient } from './clients.mjs'
import { Server, until } from './support.mjs'

test('two clients converge', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'two'), yClient(t, server, 'two')]
  await Promise.all([synced(a), synced(b)])
  a.doc.getMap('m').set('from a', 1)
  b.doc.getMap('m').set('from b', [2, { deep: true }])
  b.doc.getText('t').insert(0, 'hello')
  await until('the same', () => a.doc.getMap('m').size === 2 && same(a.doc, b.doc))
  assert.deepEqual(a.doc.getMap('m').toJSON(), { 'from a': 1, 'from b': [2, { deep: true }] })
  assert.equal(a.doc.getText('t').toString(), 'hello')
})

test('updates that arrive in the order 4, 2, 3, 1, 0', async (t) => {
  const server = await Server.start(t)
  const updates = []
  const author = new Y.Doc()
  author.on('update', (update) => updates.push(update))
  for (const letter of 'abcde') author.getText('t').insert(author.getText('t').length, letter)
  const reader = yClient(t, server, 'order')
  await synced(reader)
  const bare = await Bare.connect(t, `${server.ws}/order`)
  for (const at of [4, 2, 3, 1]) bare.update(updates[at])
  bare.fence(1)
  await until('asked for what is missing', () => bare.of(0).length >= 2)
  assert.deepEqual(bare.fences(), [])
  assert.equal(reader.doc.getText('t').toString(), '')
  bare.update(updates[0])
  bare.fence(2)
  await until('whole', () => reader.doc.getText('t').toString() === 'abcde')
  await until('fenced', () => bare.fences().length === 2)
  assert.deepEqual(bare.fences(), [1, 2])
  assert.ok(same(docOf(await server.state('order')), author))
})

test('random edits by six at once', async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e9)
  t.diagnostic(`SEED=${seed}`)
  let state = seed
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const server = await Server.start(t)
  const clients = Array.from({ length: 6 }, () => yClient(t, server, 'six'))
  await Promise.all(clients.map(synced))
  for (let round = 0; round < 150; round++) {
    for (const { doc, provider } of clients) {
      const text = doc.getText('t')
      const map = doc.getMap('m')
      switch (random(5)) {
        case 0:
          text.insert(random(text.length + 1), 'xyzé😀'.slice(0, 1 + random(4)))
          break
        case 1:
          if (text.length > 0) text.delete(random(text.length), 1)
          break
        case 2:
          map.set(`k${random(20)}`, random(1000))
          break
        case 3:
          map.delete(`k${random(20)}`)
          break
        default:
          if (random(20) === 0) provider.ws?.close()
      }
    }
    if (round % 10 === 0) await new Promise(setImmediate)
  }
  await until('all the same', () => {
    const [first, ...others] = clients
    return clients.every((c) => c.provider.synced) && others.every((c) => same(c.doc, first.doc))
  }, 30_000)
  const stored = docOf(await server.state('six'))
  assert.ok(same(stored, clients[0].doc))
})

test('work done offline merges', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'offline'), yClient(t, server, 'offline')]
  a.doc.getText('t').insert(0, 'base')
  await until('base', () => b.doc.getText('t').toString() === 'base')
  a.provider.disconnect()
  a.doc.getText('t').insert(4, ' and a')
  a.doc.getMap('m').set('a', 1)
  b.doc.getText('t').insert(0, 'b and ')
  b.doc.getMap('m').set('b', 2)
  await until('b is stored', async () => docOf(await server.state('offline')).getMap('m').has('b'))
  a.provider.connect()
  await until('merged', () => same(a.doc, b.doc))
  assert.equal(b.doc.getText('t').toString(), 'b and base and a')
})

test('a late joiner gets everything, deletions too', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'late')
  await synced(a)
  a.doc.getText('t').insert(0, 'goodbye')
  a.doc.getText('t').delete(0, 4)
  a.doc.getMap('m').set('gone', 1)
  a.doc.getMap('m').delete('gone')
  await until('stored', async () => same(docOf(await server.state('late')), a.doc))
  const b = yClient(t, server, 'late')
  await synced(b)
  assert.ok(same(a.doc, b.doc))
  assert.equal(b.doc.getText('t').toString(), 'bye')
})

test('an update of 3 MB', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'big'), yClient(t, server, 'big')]
  await Promise.all([synced(a), synced(b)])
  const bytes = new Uint8Array(3_000_000).map((_, i) => (i * 31) % 251)
  a.doc.getMap('m').set('bytes', bytes)
  await until('arrived', () => b.doc.getMap('m').has('bytes'))
  assert.deepEqual(b.doc.getMap('m').get('bytes'), bytes)
})

test('several boards do not mix', async (t) => {
  const server = await Server.start(t)
  const boards = ['one', 'two', 'three', 'with%7Etilde']
  const pairs = boards.map((board) => [yClient(t, server, board), yClient(t, server, board)])
  pairs.forEach(([a], i) => a.doc.getMap('m').set('name', boards[i]))
  await until('all', () => pairs.every(([, b]) => b.doc.getMap('m').size === 1))
  pairs.forEach(([, b], i) => assert.equal(b.doc.getMap('m').get('name'), boards[i]))
  const decoded = docOf(await server.state('with~tilde'))
  assert.equal(decoded.getMap('m').get('name'), 'with%7Etilde', 'decoded once')
})

test('a restart in between loses nothing', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'restart'), yClient(t, server, 'restart')]
  await Promise.all([synced(a), synced(b)])
  a.doc.getText('t').insert(0, 'before')
  await until('before', () => b.doc.getText('t').toString() === 'before')
  const [code] = await server.restart()
  assert.equal(code, 0, 'SIGTERM is a clean end')
  a.doc.getText('t').insert(0, 'after ')
  await until('after', () => b.doc.getText('t').toString() === 'after before')
  await until('stored', async () => same(docOf(await server.state('restart')), a.doc))
})

test('emoji at both ends', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'emoji'), yClient(t, server, 'emoji')]
  await Promise.all([synced(a), synced(b)])
  a.doc.getText('t').insert(0, '😀middle👩‍👩‍👧')
  await until('typed', () => b.doc.getText('t').length > 0)
  b.doc.getText('t').insert(2, 'é')
  a.doc.getText('t').insert(a.doc.getText('t').length, '🎉')
  await until('the same', () => same(a.doc, b.doc))
  assert.equal(a.doc.getText('t').toString(), '😀émiddle👩‍👩‍👧🎉')
  b.doc.getText('t').delete(0, 2)
  await until('deleted', () => a.doc.getText('t').toString().startsWith('é'))
  assert.equal(docOf(await server.state('emoji')).getText('t').toString(), 'émiddle👩‍👩‍👧🎉')
})
