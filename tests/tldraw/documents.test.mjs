/** Documents of tldraw, as the real releases write them, on a board. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { convert, drawn, tldraw } from './support.mjs'

let app

before(async () => {
  app = await tldraw()
})
after(() => app?.close())

/** Its pen smooths what was drawn; ours keeps it. */
const SMOOTHED = ['draw', 'closed']
/** What is larger or smaller by its nature: letters of another font, round sides that bulge between points. */
const SIZES_DIFFER = ['text', 'wrapped', 'highlight', 'bent', 'curved', 'geo-cloud']
/** Its box is that of the box that was turned, and not of the line. */
const TURNED = ['geo-oval']

/** The box around an element of a scene, as it is turned. */
function boxOf({ type, x, y, width, height, angle, points }) {
  const corners = points ?? [[0, 0], [width, 0], [width, height], [0, height]]
  const [left, top] = [0, 1].map((axis) => Math.min(...corners.map((point) => point[axis])))
  const [right, bottom] = [0, 1].map((axis) => Math.max(...corners.map((point) => point[axis])))
  const [cx, cy] = [x + (left + right) / 2, y + (top + bottom) / 2]
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  if (type === 'ellipse') {
    const [w, h] = [Math.hypot(width * cos, height * sin), Math.hypot(width * sin, height * cos)]
    return [cx - w / 2, cy - h / 2, w, h]
  }
  const turned = corners.map(([px, py]) => {
    const [dx, dy] = [x + px - cx, y + py - cy]
    return [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
  })
  const [xs, ys] = [0, 1].map((axis) => turned.map((point) => point[axis]))
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)]
  return [x0, y0, Math.max(...xs) - x0, Math.max(...ys) - y0]
}

/** Each shape beside what a board makes of it: both are told bottom first, frames apart. */
function pairs(boxes, elements) {
  const own = elements.filter(({ containerId }) => !containerId)
  const isFrame = ({ type }) => type === 'frame'
  const shapes = boxes.filter(({ type }) => type !== 'group')
  assert.equal(own.length, shapes.length)
  const apart = (list) => [...list.filter((one) => !isFrame(one)), ...list.filter(isFrame)]
  return apart(shapes).map((shape, i) => [shape, apart(own)[i]])
}

for (const release of ['newest', 'old']) {
  test(`all that the ${release} release draws is where it was, and says what it said`, async () => {
    const page = await app.open(release)
    const { text, boxes } = await drawn(page, release)
    const { bytes, told } = convert(text, 'tldr', 'excalidraw')
    const { elements } = JSON.parse(bytes)
    const found = []
    for (const [{ id, box }, element] of pairs(boxes, elements)) {
      if (TURNED.includes(id)) continue
      const reach = SMOOTHED.includes(id) ? 5 : 1.6
      const sides = SIZES_DIFFER.includes(id) ? 0 : 4
      const apart = boxOf(element).slice(0, sides).filter((side, i) => Math.abs(side - box[i]) > reach)
      if (apart.length > 0) found.push(`${id}: ${box} became ${boxOf(element)}`)
    }
    assert.deepEqual(found, [])
    const words = elements.filter(({ type }) => type === 'text').map(({ originalText }) => originalText)
    for (const said of ['A label\nof two lines', 'Some words', 'A note', 'On the way']) assert.ok(words.includes(said), said)
    assert.match(told, /1 embedded page,/)
    assert.match(told, /1 bookmark,/)
    assert.doesNotMatch(told, /unknown type|malformed|without (its|their) file/)
    await page.close()
  })

  test(`ends of arrows of the ${release} release hold on to what they held on to`, async () => {
    const page = await app.open(release)
    const { text, boxes } = await drawn(page, release)
    const { elements } = JSON.parse(convert(text, 'tldr', 'excalidraw').bytes)
    const by = new Map(pairs(boxes, elements).map(([{ id }, element]) => [id, element]))
    for (const id of ['bound', 'curved']) {
      assert.equal(by.get(id).startBinding?.elementId, by.get('one').id)
      assert.equal(by.get(id).endBinding?.elementId, by.get('two').id)
    }
    assert.equal(by.get('inside').frameId, by.get('frame').id)
    assert.deepEqual(by.get('geo-cloud').groupIds, by.get('geo-rectangle').groupIds)
    assert.equal(by.get('geo-cloud').groupIds.length, 1)
    assert.equal(by.get('one').locked, true)
    assert.equal(by.get('one').link, 'https://example.org/one')
    assert.equal(by.get('two').opacity, 50)
    assert.equal(by.get('draw').strokeColor, '#e03131')
    await page.close()
  })
}

for (const release of ['newest', 'old']) {
  test(`what the ${release} release copies is read`, async () => {
    const page = await app.open(release)
    await drawn(page, release)
    const clip = await page.evaluate(async () => {
      const { editor } = window.tldraw
      editor.selectAll()
      editor.getContainer().focus()
      document.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true }))
      // It is written while nobody waits for it.
      let html = ''
      while (!html.includes('tldraw')) {
        const items = await navigator.clipboard.read()
        const item = items.find(({ types }) => types.includes('text/html'))
        html = await item?.getType('text/html').then((blob) => blob.text(), () => '') ?? ''
      }
      return new DOMParser().parseFromString(html, 'text/html').querySelector('[data-tldraw], tldraw').textContent
    })
    const packed = JSON.stringify({ type: 'application/tldraw', otherCompressed: clip })
    const { bytes } = convert(clip.startsWith('{') ? clip : packed, 'tldr', 'excalidraw')
    assert.ok(JSON.parse(bytes).elements.length > 35)
    await page.close()
  })
}
