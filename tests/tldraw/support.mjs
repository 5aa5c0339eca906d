/**
 * A browser with the real tldraw in it, and Drawbridge's command line.
 *
 * Owns how both are started, and what is drawn. What must come of it is the tests'.
 */
import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { chromium } from '@playwright/test'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const BINARY = process.env.DRAWBRIDGE_BIN ?? here('../../target/release/drawbridge')
const FONT = here('../../web/src/fonts/m-plus-rounded-1c-latin-500-normal.woff2')
const MEDIA = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Pages on which `tldraw` is what a release exports, with an editor; and how they are closed. */
export async function tldraw() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
  const files = createServer((request, response) => {
    const path = join(here('.page'), request.url === '/' ? 'index.html' : decodeURI(request.url.split('?')[0]))
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': MEDIA[extname(path)] ?? 'application/octet-stream' })
    return createReadStream(path).pipe(response)
  })
  await new Promise((resolve) => files.listen(0, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${files.address().port}`
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  // Fonts lie elsewhere, and the second release shows nothing without them.
  await context.route((url) => !url.href.startsWith(at), (route) =>
    /\.woff2/.test(route.request().url()) ? route.fulfill({ path: FONT, headers: { 'access-control-allow-origin': '*' } }) : route.abort())
  return {
    async open(release) {
      const page = await context.newPage()
      await page.goto(`${at}/#${release}`)
      await page.waitForFunction('window.tldraw?.editor')
      return page
    },
    async close() {
      await browser.close()
      files.close()
    },
  }
}

/** Bytes in one format as bytes in another, and what was lost on the way. */
export function convert(bytes, from, to) {
  const done = spawnSync(BINARY, ['convert', '-', '-', '--from', from, '--to', to], { input: bytes, maxBuffer: 1e8 })
  if (done.status !== 0) throw new Error(done.stderr.toString())
  return { bytes: done.stdout, told: done.stderr.toString() }
}

const GEO = [
  'cloud', 'rectangle', 'ellipse', 'triangle', 'diamond', 'pentagon', 'hexagon', 'octagon', 'star', 'rhombus', 'rhombus-2',
  'oval', 'trapezoid', 'arrow-right', 'arrow-left', 'arrow-up', 'arrow-down', 'x-box', 'check-box',
]
const COLORS = ['black', 'grey', 'light-violet', 'violet', 'blue', 'light-blue', 'yellow', 'orange', 'green', 'light-green', 'light-red', 'red']
const PNG = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** One of each kind, as a release takes them: `says` is its field for text. */
export function drawing(release) {
  const rich = (text) => ({
    type: 'doc',
    content: text.split('\n').map((line) => ({ type: 'paragraph', content: line ? [{ type: 'text', text: line }] : [] })),
  })
  const says = (text) => (release === 'old' ? { text } : { richText: rich(text) })
  const shape = (id, type, x, y, props = {}, more = {}) => ({ id: `shape:${id}`, type, x, y, props, ...more })
  const geos = GEO.map((geo, i) =>
    shape(`geo-${geo}`, 'geo', 200 * (i % 7), 200 * Math.floor(i / 7), {
      geo, w: 160, h: 120, color: COLORS[i % 12], fill: ['none', 'semi', 'solid', 'pattern'][i % 4],
      dash: ['draw', 'solid', 'dashed', 'dotted'][i % 4], size: ['s', 'm', 'l', 'xl'][i % 4],
    }, i % 3 === 2 ? { rotation: 0.4 } : {}))
  const points = Array.from({ length: 30 }, (_, i) => ({ x: i * 6, y: 30 * Math.sin(i / 4), z: 0.5 }))
  const segments = release === 'old'
    ? [{ type: 'free', points }]
    : [{ type: 'free', path: null, points }]
  const vertices = [[0, 0], [60, 80], [140, 20]]
  const line = { points: Object.fromEntries(vertices.map(([x, y], i) => [`a${i + 1}`, { id: `a${i + 1}`, index: `a${i + 1}`, x, y }])) }
  return {
    asset: {
      id: 'asset:dot', typeName: 'asset', type: 'image', meta: {},
      props: { name: 'dot.png', src: PNG, w: 1, h: 1, mimeType: 'image/png', isAnimated: false },
    },
    shapes: [
      ...geos,
      shape('label', 'geo', 0, 700, { geo: 'rectangle', w: 300, h: 200, ...says('A label\nof two lines'), align: 'start', verticalAlign: 'end', font: 'serif', labelColor: 'blue' }),
      shape('draw', 'draw', 400, 700, { segments, color: 'red', size: 'l', isComplete: true }),
      shape('closed', 'draw', 700, 700, { segments, isClosed: true, fill: 'solid', isComplete: true }),
      shape('highlight', 'highlight', 1000, 700, { segments, color: 'yellow', isComplete: true }),
      shape('line', 'line', 400, 850, { ...line, color: 'green' }),
      shape('spline', 'line', 700, 850, { ...line, spline: 'cubic' }),
      shape('text', 'text', 0, 1000, { ...says('Some words'), size: 'xl', color: 'violet' }),
      shape('wrapped', 'text', 400, 1000, { ...says('Many words that do not fit into one line of this text'), autoSize: false, w: 200 }, { rotation: 0.2 }),
      shape('note', 'note', 700, 1000, { ...says('A note'), color: 'light-green' }),
      shape('frame', 'frame', 0, 1300, { w: 500, h: 300, name: 'Plans' }, { rotation: 0.1 }),
      shape('inside', 'geo', 50, 60, { geo: 'ellipse', w: 120, h: 90 }, { parentId: 'shape:frame', rotation: 0.3 }),
      shape('image', 'image', 600, 1300, { w: 150, h: 100, assetId: 'asset:dot', crop: { topLeft: { x: 0.25, y: 0 }, bottomRight: { x: 1, y: 0.5 } } }),
      shape('embed', 'embed', 800, 1300, { w: 200, h: 150, url: 'https://example.org/film' }),
      shape('bookmark', 'bookmark', 1100, 1300, { w: 300, h: 320, url: 'https://example.org/' }),
      shape('one', 'geo', 0, 1800, { geo: 'rectangle', w: 100, h: 100, url: 'https://example.org/one' }, { isLocked: true }),
      shape('two', 'geo', 400, 1900, { geo: 'ellipse', w: 120, h: 100 }, { opacity: 0.5 }),
      shape('free', 'arrow', 700, 1800, { start: point(release, 0, 0), end: point(release, 200, 60), bend: 0, ...says('On the way') }),
      shape('bent', 'arrow', 700, 1950, { start: point(release, 0, 0), end: point(release, 200, 0), bend: 60, arrowheadStart: 'dot' }, { rotation: 0.5 }),
    ],
    bound: ['bound', 'curved'].map((id) => shape(id, 'arrow', 0, 1800, { bend: id === 'bound' ? 0 : 70 })),
    pages: ['Second page'],
  }
}

function point(release, x, y) {
  return release === 'old' ? { type: 'point', x, y } : { x, y }
}

/** Draws all of that in a page, and gives the document, and each shape's box on the page, bottom first. */
export async function drawn(page, release) {
  return page.evaluate(async ({ drawing, old }) => {
    const { editor, serialize, compressLegacySegments } = window.tldraw
    for (const { props } of old ? [] : drawing.shapes) {
      if (props.segments) props.segments = compressLegacySegments(props.segments)
    }
    editor.createAssets([drawing.asset])
    editor.createShapes(drawing.shapes)
    for (const arrow of drawing.bound) {
      const end = (target, x) => ({ type: 'binding', boundShapeId: target, normalizedAnchor: { x, y: 0.5 }, isExact: false, isPrecise: true })
      const ends = { start: ['shape:one', 0.5], end: ['shape:two', 0.4] }
      if (old) Object.assign(arrow.props, { start: end(...ends.start), end: end(...ends.end) })
      editor.createShapes([arrow])
      if (old) continue
      editor.createBindings(Object.entries(ends).map(([terminal, [toId, x]]) => ({
        type: 'arrow', fromId: arrow.id, toId, props: { terminal, normalizedAnchor: { x, y: 0.5 }, isExact: false, isPrecise: true },
      })))
    }
    editor.groupShapes(['shape:geo-cloud', 'shape:geo-rectangle'])
    await document.fonts.ready
    const boxes = editor.getCurrentPageShapesSorted().map(({ id, type }) => {
      const { x, y, w, h } = editor.getShapePageBounds(id)
      return { id: id.replace('shape:', ''), type, box: [x, y, w, h] }
    })
    return { text: await serialize(), boxes }
  }, { drawing: drawing(release), old: release === 'old' })
}
