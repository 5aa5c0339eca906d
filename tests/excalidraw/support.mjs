/**
 * A browser with the real Excalidraw in it, and Drawbridge's command line.
 *
 * Owns how both are started. What a scene must be is the tests'.
 */
import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { chromium } from '@playwright/test'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const BINARY = process.env.DRAWBRIDGE_BIN ?? here('../../target/release/drawbridge')
const MEDIA = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** A page on which `excalidraw` is what the package exports; and how it is closed. */
export async function excalidraw() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
  const files = createServer((request, response) => {
    const path = join(here('.page'), request.url === '/' ? 'index.html' : decodeURI(request.url.split('?')[0]))
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': MEDIA[extname(path)] ?? 'application/octet-stream' })
    return createReadStream(path).pipe(response)
  })
  await new Promise((resolve) => files.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${files.address().port}/`)
  await page.waitForFunction('window.excalidraw')
  return {
    page,
    async close() {
      await browser.close()
      files.close()
    },
  }
}

/** Bytes in one format as bytes in another. */
export function convert(bytes, from, to) {
  const done = spawnSync(BINARY, ['convert', '-', '-', '--from', from, '--to', to], { input: bytes })
  if (done.status !== 0) throw new Error(done.stderr.toString())
  return done.stdout
}

/** A scene that was a board meanwhile. */
export function throughBoard(scene) {
  return convert(convert(scene, 'excalidraw', 'drawbridge'), 'drawbridge', 'excalidraw').toString()
}

/** The scenes of a folder of the reader's own tests, by their names. */
export function scenes(folder) {
  const path = here(`../../interchange/tests/${folder}`)
  const names = readdirSync(path).filter((name) => name.endsWith('.excalidraw'))
  return new Map(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]))
}
