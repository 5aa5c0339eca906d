/** Awareness: people come, change, go and return. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { AWARENESS, Bare, synced, yClient } from './clients.mjs'
import { Server, until } from './support.mjs'

const names = (client) =>
  [...client.awareness.getStates().values()].map((state) => state.name).filter(Boolean).sort()

test('people see each other come, change and go', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'people'), yClient(t, server, 'people')]
  a.awareness.setLocalStateField('name', 'Ann')
  b.awareness.setLocalStateField('name', 'Ben')
  await until('both', () => names(a).length === 2 && names(b).length === 2)
  a.awareness.setLocalStateField('name', 'Anna')
  await until('renamed', () => names(b).includes('Anna'))
  const late = yClient(t, server, 'people')
  await until('the late one sees all', () => names(late).length === 2)
  a.provider.destroy()
  await until('gone', () => names(b).join() === 'Ben' && names(late).join() === 'Ben')
})

test('somebody whose connection breaks is gone soon and back at once', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'flaky'), yClient(t, server, 'flaky')]
  a.awareness.setLocalStateField('name', 'Ann')
  await until('seen', () => names(b).includes('Ann'))
  let gone = false
  b.awareness.on('change', ({ removed }) => (gone ||= removed.includes(a.doc.clientID)))
  a.provider.ws.terminate()
  await until('away', () => !a.provider.wsconnected)
  await until('back', () => a.provider.synced)
  a.awareness.setLocalStateField('cursor', 1)
  await until('moves again', () => b.awareness.getStates().get(a.doc.clientID)?.cursor === 1)
  assert.equal(gone, false, 'a moment away is not away')
  a.provider.shouldConnect = false
  a.provider.ws.terminate()
  await until('gone', () => gone, 5000)
  assert.deepEqual(names(b), [])
  // With the clock at which it left; y-protocols raises that by itself 15 s later only.
  a.provider.connect()
  await until('back', () => names(b).includes('Ann'), 5000)
})

test('a state that is no JSON reaches nobody', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'json')
  await synced(a)
  const bare = await Bare.connect(t, `${server.ws}/json`)
  bare.send(AWARENESS, 8, 1, 9, 1, 4, ...Buffer.from('{oop'))
  assert.equal((await bare.end()).code, 4400)
  assert.equal(a.awareness.getStates().has(9), false)
})

test('nobody speaks for somebody else', async (t) => {
  const server = await Server.start(t)
  const [a, b] = [yClient(t, server, 'forge'), yClient(t, server, 'forge')]
  a.awareness.setLocalStateField('name', 'Ann')
  await until('seen', () => names(b).includes('Ann'))
  const forged = new awarenessProtocol.Awareness(new Y.Doc())
  t.after(() => forged.destroy())
  forged.clientID = a.doc.clientID
  forged.setLocalState({ name: 'Eve' })
  for (let i = 0; i < 20; i++) forged.setLocalStateField('i', i)
  const message = awarenessProtocol.encodeAwarenessUpdate(forged, [a.doc.clientID])
  const eve = await Bare.connect(t, `${server.ws}/forge`)
  eve.send(AWARENESS, message.length, ...message)
  eve.send(AWARENESS, 6, 1, 9, 1, 2, 0x7b, 0x7d)
  await until('her own state came through', () => b.awareness.getStates().has(9))
  assert.deepEqual(names(b), ['Ann'])
})

test('a lone client stays connected: data frames keep coming', async (t) => {
  const server = await Server.start(t)
  const bare = await Bare.connect(t, `${server.ws}/alone`, { protocols: [] })
  const isBeat = (frame) => frame.join() === '1,1,0'
  await until('a heartbeat', () => bare.frames.some(isBeat), 25_000)
})
