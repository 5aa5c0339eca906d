/**
 * The documented file format: what a program with nothing but Yjs draws, the engine shows, and
 * what the engine draws, such a program reads. The program is the one in docs/file-format.md.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { synced, yClient } from './clients.mjs'
import { Page } from './engine.mjs'
import { Server, until } from './support.mjs'

/** The worked example, as it stands in the documentation. */
async function example() {
  const text = await readFile(new URL('../../docs/file-format.md', import.meta.url), 'utf8')
  const [, program] = /## Worked example[^]*?```js\n([^]*?)```/.exec(text) ?? []
  assert.ok(program, 'the documentation has a worked example')
  return program
}

/** Runs a program beside the packages that it imports. */
async function runProgram(t, program, ...args) {
  const path = fileURLToPath(new URL(`example-${process.pid}.mjs`, import.meta.url))
  await writeFile(path, program)
  t.after(() => rm(path, { force: true }))
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, 'the program ends well')
}

/** A transform's numbers that move only: what stands at a place on the board. */
const at = (x, y) => [1, 0, 0, 1, x, y]

test('what the documented program draws, the engine shows', async (t) => {
  const server = await Server.start(t)
  const page = Page.open(t, server, 'example')
  await runProgram(t, await example(), server.ws, 'example')
  await until('the text is shown', () => page.writes('Drawn with Yjs'))
  assert.ok(page.paints('RoundRect', 0, 0, 240, 120, 14), 'the rectangle in its size')
  assert.ok(page.paints('Transform', ...at(50, 30)), 'the rectangle where it was moved to')
  assert.ok(page.paints('Transform', ...at(330, 77)), 'the text in its place')
  assert.ok(!page.paints('Transform', ...at(40, 40)), 'nothing where the rectangle was born')
  assert.ok(page.writes('A label'), 'the label of the rectangle')
  assert.ok(page.paints('Transform', ...at(110, 300)), 'the place of the picture')
  assert.ok(page.paints('Image', 0, 0, 120, 80, 0, 0, 1, 1), 'all of it')
  assert.ok(page.paints('Transform', ...at(170, 156)), 'the arrow from the edge of the rectangle')
  assert.ok(!page.paints('Transform', ...at(170, 160)), 'and not from where it was last')
})

test('the engine shows what is changed and deleted with plain Yjs', async (t) => {
  const server = await Server.start(t)
  const page = Page.open(t, server, 'edited')
  const client = yClient(t, server, 'edited')
  await synced(client)
  const { doc } = client
  const elements = doc.getMap('elements')
  elements.set('box', ['rectangle', 'a1', 'somebody', 10, 20, 100, 50])
  await until('it is shown', () => page.paints('Transform', ...at(10, 20)))
  doc.getMap('geometry').set('box', [300, 200, 100, 50, 0])
  doc.getMap('style').set('box/width', 7)
  await until('it has moved', () => page.paints('Transform', ...at(300, 200)))
  await until('its outline is wide', () => page.paints('LineWidth', 7))
  elements.delete('box')
  await until('it is gone', () => !page.paints('Transform', ...at(300, 200)))
})

test('what the engine draws and moves, plain Yjs reads', async (t) => {
  const server = await Server.start(t)
  const page = Page.open(t, server, 'read')
  const client = yClient(t, server, 'read')
  await synced(client)
  await until('the page is online', () => page.told.sync?.online)
  page.pull('rectangle', [100, 120], [300, 220])
  const elements = client.doc.getMap('elements')
  await until('the rectangle arrives', () => elements.size === 1)
  const [[id, birth]] = elements.entries()
  const [kind, order, by, ...box] = birth
  assert.deepEqual([kind, by, box.slice(0, 4)], ['rectangle', page.browser, [100, 120, 200, 100]])
  assert.match(order, /^[A-Za-z][0-9A-Za-z]+$/)
  assert.match(id, /^[A-Za-z0-9_-]{12}$/)
  // It is selected, so that a pull inside of it moves it.
  page.pull('select', [200, 170], [250, 190])
  const geometry = client.doc.getMap('geometry')
  await until('the move arrives', () => geometry.has(id))
  assert.deepEqual(geometry.get(id), [150, 140, 200, 100, 0])
  assert.deepEqual(elements.get(id), birth, 'a birth is never rewritten')
  await until('saved', () => page.saved)
})
