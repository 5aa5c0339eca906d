/** `drawbridge backup` and `check` beside a server that people draw on. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { docOf, synced, yClient } from './clients.mjs'
import { Server, until } from './support.mjs'

/** Runs a command of the binary; answers [exit code, stdout, stderr]. */
async function run(...args) {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.env.DRAWBRIDGE_BIN, args)
    return [0, stdout, stderr]
  } catch ({ code, stdout, stderr }) {
    return [code, stdout, stderr]
  }
}

test('a backup of a live server is a server that holds the same', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'kept')
  await synced(a)
  a.doc.getText('t').insert(0, 'before the backup')
  const stored = async (of) => docOf(await of.state('kept')).getText('t').toString()
  await until('stored', async () => (await stored(server)) === 'before the backup')

  const restored = join(server.data, 'restored')
  await mkdir(restored)
  const file = join(restored, 'boards.sqlite')
  // The state shows what is applied; wait for what is durable too.
  await until('backed up', async () => {
    await run('backup', '--data', server.data, file)
    const [code, told] = await run('check', '--data', restored)
    if (code === 0 && told.startsWith('1 boards')) return true
    await rm(file, { force: true })
    return false
  })
  a.doc.getText('t').insert(0, 'not ')

  const copy = new Server(restored, [])
  t.after(() => copy.stop('SIGKILL'))
  await copy.spawn('127.0.0.1:0')
  assert.equal(await stored(copy), 'before the backup')
  await copy.stop()

  const bytes = await readFile(file)
  const [code, , why] = await run('backup', '--data', server.data, file)
  assert.equal(code, 1)
  assert.match(why, /exists already/)
  assert.deepEqual(await readFile(file), bytes, 'it is left alone')
})

test('a check tells damage by its exit code, and names the row', async (t) => {
  const server = await Server.start(t)
  const a = yClient(t, server, 'kept')
  await synced(a)
  a.doc.getText('t').insert(0, 'written well')
  const stored = async () => docOf(await server.state('kept')).getText('t').toString()
  await until('stored', async () => (await stored()) === 'written well')
  await server.stop()
  const check = () => run('check', '--data', server.data)
  const [sound, told] = await check()
  assert.equal(sound, 0, told)

  const file = join(server.data, 'boards.sqlite')
  const bytes = await readFile(file)
  bytes.write('W', bytes.indexOf('written well'))
  await writeFile(file, bytes)
  const [code, out, why] = await check()
  assert.equal(code, 1)
  assert.match(out + why, /board kept: row 1 is not as it was written/)
  assert.deepEqual(await readFile(file), bytes, 'it is left alone')

  await writeFile(file, 'no database at all, but somebody’s data'.repeat(100))
  const [refused, , sentence] = await check()
  assert.equal(refused, 1)
  assert.match(sentence, /not a SQLite database/)
  assert.equal(sentence.trim().split('\n').length, 1)
})
