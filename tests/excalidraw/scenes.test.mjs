/** Scenes through a board and back, as Excalidraw itself reads them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { convert, excalidraw, scenes, throughBoard } from './support.mjs'

let app

before(async () => {
  app = await excalidraw()
})
after(() => app?.close())

/** What old programs wrote and the newest never looks at. */
const OF_OLD = ['font', 'baseline', 'rawText', 'strokeSharpness', 'boundElementIds', 'lastCommittedPoint']
const LENGTHS = ['x', 'y', 'width', 'height', 'points']
/** One text more in a shape than it can show, and a scene of 2020 whose lines Excalidraw measures by its height. */
const KNOWN = ['two.boundElements', 'two-b.containerId', 'old.lineHeight']
/** The newest gives every line that field, but for those of a type that there was once. */
if (process.env.EXCALIDRAW === 'newest') KNOWN.push('draw.polygon')
/** Excalidraw cannot open it: arrows had no points once. */
const TOO_OLD = 'ancient.excalidraw'

/** When scenes are read. */
const NOW = 1_700_000_000_000

/** What Excalidraw makes of a scene's text. */
const restored = (text, deleteInvisibleElements = true) =>
  app.page.evaluate(([text, now, deleteInvisibleElements]) => {
    Date.now = () => now
    const scene = JSON.parse(text)
    const elements = scene.elements.filter((element) => element && typeof element === 'object' && !element.isDeleted)
    // As its own page opens a file.
    const restored = window.excalidraw.restoreElements(elements, null, { repairBindings: true, deleteInvisibleElements })
    return restored.filter((element) => !element.isDeleted)
  }, [text, NOW, deleteInvisibleElements])

function near(one, other, reach) {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= reach
  if (!one || !other || typeof one !== 'object' || typeof other !== 'object') return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => near(one[key], other[key], reach))
}

/** What differs between two restored scenes, each as one line. */
function differences(came, went, sameKeys) {
  const found = []
  if (came.length !== went.length) found.push(`${came.length} elements became ${went.length}`)
  for (const [i, one] of came.entries()) {
    const other = went[i] ?? {}
    const named = sameKeys.includes(i)
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const place = `${one.id}.${key}`
      // What had no name or no key is given one anew with each reading, and so is its version.
      const anew = !named && ['id', 'index', 'updated', 'versionNonce', 'boundElements'].includes(key)
      // The reader itself has changed something, both times.
      const mended = key === 'versionNonce' && one.updated === NOW && other.updated === NOW
      if (OF_OLD.includes(key) || KNOWN.includes(place) || anew || mended) continue
      const reach = LENGTHS.includes(key) ? 0.5 : key === 'pressures' ? 0.02 : 1e-4
      const sorted = (value) => (key === 'boundElements' && value ? [...value].sort((a, b) => (a.id < b.id ? -1 : 1)) : value)
      if (!near(sorted(one[key]), sorted(other[key]), reach)) {
        found.push(`${place}: ${JSON.stringify(one[key])} became ${JSON.stringify(other[key])}`)
      }
    }
  }
  return found
}

/** The places of elements that are told apart by a name of their own, and have a key. */
function named(text, came) {
  const elements = JSON.parse(text).elements.filter((element) => element && typeof element === 'object')
  const told = new Set(elements.filter((element) => element.index && element.updated).map((element) => element.id))
  return came.flatMap((element, i) => (told.has(element.id) ? [i] : []))
}

test('what nobody has touched is the same scene', async () => {
  for (const [name, text] of scenes('corpus')) {
    if (name === TOO_OLD) continue
    const [came, went] = [await restored(text), await restored(throughBoard(text))]
    assert.deepEqual(differences(came, went, named(text, came)), [], name)
  }
})

test('what Excalidraw makes itself is the same scene', async () => {
  const text = await app.page.evaluate(() => {
    const { convertToExcalidrawElements, serializeAsJSON } = window.excalidraw
    const elements = convertToExcalidrawElements([
      { type: 'rectangle', id: 'a', x: 0, y: 0, label: { text: 'A label that is long enough for lines' }, width: 160 },
      { type: 'diamond', id: 'b', x: 400, y: 80, label: { text: 'Yes?' }, backgroundColor: '#ffec99' },
      { type: 'ellipse', id: 'c', x: 100, y: 400, label: { text: 'End', fontSize: 28 }, roughness: 2 },
      { type: 'arrow', x: 200, y: 40, width: 150, start: { id: 'a' }, end: { id: 'b' }, label: { text: 'on' } },
      { type: 'arrow', x: 300, y: 300, start: { id: 'b' }, end: { id: 'c' }, strokeStyle: 'dashed' },
      { type: 'text', id: 'd', x: 500, y: 400, text: 'Words\non a board', fontFamily: 6 },
      { type: 'frame', id: 'f', children: ['a', 'd'], name: 'Both' },
    ], { regenerateIds: false })
    return serializeAsJSON(elements, {}, {}, 'local')
  })
  const [came, went] = [await restored(text), await restored(throughBoard(text))]
  assert.ok(came.length >= 11)
  assert.deepEqual(differences(came, went, named(text, came)), [])
})

/** How many of a picture's pixels differ in two scenes, without words and by a steady hand. */
const unlike = (one, other) =>
  app.page.evaluate(
    async (texts) => {
      const { exportToCanvas, restoreElements } = window.excalidraw
      const pictures = []
      for (const text of texts) {
        const scene = JSON.parse(text)
        const all = scene.elements.filter((element) => element && typeof element === 'object' && !element.isDeleted)
        const restored = restoreElements(all, null, { repairBindings: true })
        const elements = restored.filter((element) => element.type !== 'text')
        const steady = elements.map((element) => ({ ...element, roughness: 0 }))
        const canvas = await exportToCanvas({
          elements: steady,
          files: scene.files ?? {},
          appState: { exportBackground: true, viewBackgroundColor: '#ffffff' },
          getDimensions: (width, height) => ({ width, height, scale: 1 }),
        })
        pictures.push(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height))
      }
      const [one, other] = pictures
      if (Math.abs(one.width - other.width) > 1 || Math.abs(one.height - other.height) > 1) return 1
      const [width, height] = [Math.min(one.width, other.width), Math.min(one.height, other.height)]
      let differ = 0
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const at = (picture) => 4 * (y * picture.width + x)
          const apart = [0, 1, 2].map((part) => Math.abs(one.data[at(one) + part] - other.data[at(other) + part]))
          if (Math.max(...apart) > 96) differ += 1
        }
      }
      return differ / (width * height)
    },
    [one, other],
  )

test('what nobody has touched is the same picture', async () => {
  for (const [name, text] of scenes('corpus')) {
    if (name === TOO_OLD) continue
    const share = await unlike(text, throughBoard(text))
    assert.ok(share <= 0.002, `${name}: ${share}`)
  }
})

test('what is drawn here is read whole, and holds on to what it held', async () => {
  for (const [name, text] of scenes('golden')) {
    const { elements } = JSON.parse(text)
    const read = await restored(text, false)
    assert.equal(read.length, elements.length, name)
    for (const [i, element] of elements.entries()) {
      for (const end of ['startBinding', 'endBinding', 'containerId', 'frameId']) {
        const [told, stands] = [element[end], read[i][end]]
        assert.equal(told?.elementId ?? told ?? null, stands?.elementId ?? stands ?? null, `${name} ${element.id}`)
      }
    }
  }
})

test('a picture with a scene in it, as Excalidraw makes it, is a board', async () => {
  const text = scenes('corpus').get('labels.excalidraw')
  const pictures = await app.page.evaluate(async (text) => {
    const { exportToBlob, exportToSvg, restoreElements } = window.excalidraw
    const elements = restoreElements(JSON.parse(text).elements, null)
    const appState = { exportEmbedScene: true, exportBackground: true, viewBackgroundColor: '#ffffff' }
    const blob = await exportToBlob({ elements, appState, files: {}, mimeType: 'image/png' })
    const svg = await exportToSvg({ elements, appState, files: {} })
    return { png: [...new Uint8Array(await blob.arrayBuffer())], svg: svg.outerHTML }
  }, text)
  const ids = (scene) => JSON.parse(scene).elements.map((element) => element.id)
  for (const [from, bytes] of [['png', Buffer.from(pictures.png)], ['svg', Buffer.from(pictures.svg)]]) {
    assert.deepEqual(ids(convert(bytes, from, 'excalidraw').toString()), ids(throughBoard(text)), from)
  }
})
