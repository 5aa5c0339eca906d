/**
 * What honest clients send, written by Yjs itself: the part of the fuzzing corpus that is real.
 * `node corpus.mjs` writes it to tests/fuzz/corpus/yjs.txt; the same bytes on every machine.
 * Owns the conversation of these clients and the form of a corpus file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

const folder = new URL('../fuzz/corpus/', import.meta.url)
/** Where the real part of the corpus is. */
export const REAL = new URL('yjs.txt', folder)
/** Where the attacks are. */
export const ATTACKS = new URL('attacks.txt', folder)

/** The entries of a corpus file: `kind name expected bytes…`, where `75.01*5000` repeats bytes. */
export function read(url) {
  const lines = readFileSync(url, 'utf8').split('\n')
  const entries = lines.filter((line) => line && !line.startsWith('#'))
  return entries.map((line) => {
    const [kind, name, expected, ...parts] = line.split(' ')
    return { kind, name, expected, bytes: Uint8Array.from(parts.flatMap(unpack)) }
  })
}

function unpack(part) {
  const [hex, times = '1'] = part.split('*')
  const once = [...Buffer.from(hex.replaceAll('.', ''), 'hex')]
  return Array.from({ length: Number(times) }, () => once).flat()
}

/** Bytes as hex, with long runs of one byte said once. */
function pack(bytes) {
  const hex = Buffer.from(bytes).toString('hex')
  const runs = hex.replace(/(..)\1{15,}/g, (run, byte) => ` ${byte}*${run.length / 2} `)
  return runs.trim().replaceAll('  ', ' ')
}

/** A document of a client whose number is fixed, and the updates it sends. */
function author(clientID) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const updates = []
  doc.on('update', (update, origin) => origin !== 'remote' && updates.push(update))
  const hear = (...others) => others.forEach((update) => Y.applyUpdate(doc, update, 'remote'))
  return { doc, updates, hear }
}

function typing() {
  const { doc, updates } = author(11)
  const text = doc.getText('text:a')
  text.insert(0, 'hello world')
  text.insert(5, ' 😀👩‍👩‍👧é')
  text.delete(3, 6)
  text.format(0, 3, { bold: true })
  text.format(1, 4, { bold: null, link: { href: 'x' } })
  text.insertEmbed(2, { image: 'a.png', size: [1, 2] })
  text.insert(0, 'x'.repeat(3000))
  text.delete(10, 2900)
  return updates
}

function elements() {
  const { doc, updates } = author(12)
  const map = doc.getMap('elements')
  map.set('k3Jd0_aQz81b', [1, 'rect', 10.5, -20.25, 300, 200, 0, 0xff0000ff])
  map.set('ink', [1, 'ink', new Uint8Array([1, 2, 3, 250]), null, undefined, true, false, 2 ** 40])
  map.set('ink', [2, { deep: [{ er: 9007199254740991n }, 1.1, -0] }])
  map.delete('k3Jd0_aQz81b')
  doc.transact(() => Array.from({ length: 20 }, (_, i) => map.set(`e${i}`, i * 1000)))
  doc.transact(() => Array.from({ length: 10 }, (_, i) => map.delete(`e${i * 2}`)))
  return updates
}

function nested() {
  const { doc, updates } = author(13)
  const list = doc.getArray('list')
  const map = new Y.Map()
  list.insert(0, ['a', map, 'b', new Y.Text('in a list')])
  map.set('inner', new Y.Map([['array', new Y.Array()]]))
  map.get('inner').get('array').push([1, 2, new Y.Map()])
  list.delete(1, 1)
  list.insert(1, [new Y.Map([['again', 1]])])
  return updates
}

function xml() {
  const { doc, updates } = author(14)
  const root = doc.getXmlFragment('page')
  const paragraph = new Y.XmlElement('p')
  paragraph.setAttribute('class', 'wide')
  root.insert(0, [paragraph, new Y.XmlText('beside')])
  paragraph.insert(0, [new Y.XmlText('in it'), new Y.XmlElement('b')])
  paragraph.setAttribute('class', 'narrow')
  root.delete(0, 1)
  return updates
}

/** Two who worked offline on the same text, one of them with undo, and the merge of it all. */
function offline() {
  const [a, b] = [author(2 ** 32 - 5), author(2 ** 53 - 7)]
  a.doc.getText('t').insert(0, 'base')
  b.hear(...a.updates)
  const undo = new Y.UndoManager(b.doc.getText('t'), { captureTimeout: 0 })
  a.doc.getText('t').insert(2, 'AAA')
  b.doc.getText('t').insert(2, 'bbb')
  b.doc.getText('t').delete(0, 3)
  undo.undo()
  b.doc.getMap('m').set('k', 'b')
  a.doc.getMap('m').set('k', 'a')
  a.hear(...b.updates)
  b.hear(...a.updates)
  a.doc.getText('t').delete(0, a.doc.getText('t').length)
  const merged = Y.mergeUpdates([...a.updates, ...b.updates])
  return [a.updates[0], ...b.updates, ...a.updates.slice(1), merged]
}

function frame(...parts) {
  return encoding.encode((encoder) =>
    parts.forEach((part) =>
      typeof part === 'number'
        ? encoding.writeVarUint(encoder, part)
        : encoding.writeVarUint8Array(encoder, part),
    ),
  )
}

function presence() {
  const awareness = new Awareness(author(77).doc)
  const states = [{}, { user: { name: 'Maya 😀', color: '#0c8599' }, cursor: { x: 120, y: -40 } }, null]
  const said = states.map((state) => {
    awareness.setLocalState(state)
    return encodeAwarenessUpdate(awareness, [77])
  })
  awareness.destroy()
  return said
}

/** The whole file. */
export function corpus() {
  const lines = ['# Written by tests/conformance/corpus.mjs; `node corpus.mjs` writes it anew.']
  const add = (kind, name, bytes, expected = 'ok') =>
    lines.push(`${kind} ${name} ${expected} ${pack(bytes)}`)
  const sessions = { typing, elements, nested, xml, offline }
  for (const [name, converse] of Object.entries(sessions)) {
    const updates = converse()
    updates.forEach((update, i) => add('update', `${name}/${i}`, update))
    const doc = new Y.Doc()
    updates.forEach((update) => Y.applyUpdate(doc, update))
    add('update', `whole-${name}/0`, Y.encodeStateAsUpdate(doc))
    add('state_vector', name, Y.encodeStateVector(doc))
    add('frame', `step-1-${name}`, frame(0, 0, Y.encodeStateVector(doc)))
    add('frame', `step-2-${name}`, frame(0, 1, Y.encodeStateAsUpdate(doc)))
    add('frame', `update-${name}`, frame(0, 2, updates[0]))
  }
  // A hole in the middle, as `mergeUpdates` leaves one.
  const gap = typing()
  add('update', 'gap/0', Y.mergeUpdates([gap[0], gap[3]]), 'waits')
  add('state_vector', 'empty', Uint8Array.of(0))
  presence().forEach((said, i) => {
    add('awareness', `maya-${i}`, said)
    add('frame', `awareness-${i}`, frame(1, said))
  })
  add('frame', 'query', frame(3))
  add('frame', 'fence', frame(102, Uint8Array.of(1)))
  add('frame', 'ephemeral', frame(103, 1, Uint8Array.of(1, 2, 3)))
  return `${lines.join('\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(REAL, corpus())
