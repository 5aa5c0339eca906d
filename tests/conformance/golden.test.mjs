/**
 * The page's engine paints the golden scenes by the words that a native one paints them by, word for word:
 * `wasm-client/tests/golden.rs` keeps the boards and what stands for the words.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { newEngine } from './engine.mjs'

const FOLDER = new URL('../../wasm-client/tests/golden/', import.meta.url)

const kept = await readFile(new URL('words.txt', FOLDER), 'utf8')

for (const line of kept.trim().split('\n')) {
  const [name, theme, digest] = line.split(' ')
  test(`${name}, ${theme}`, async () => {
    const engine = newEngine({ dark: theme === 'dark' })
    engine.resize(1600, 1200, 1)
    engine.load(await readFile(new URL(`${name}.update`, FOLDER)))
    const hash = createHash('sha256')
    for (const words of engine.paint().tiles) hash.update(words)
    assert.equal(hash.digest('hex'), digest)
    engine.free()
  })
}
