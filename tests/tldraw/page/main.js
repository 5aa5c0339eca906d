/** Lends a test an editor of tldraw: of the newest release, or of its second. */
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const packages = { newest: () => import('tldraw'), old: () => import('tldraw-of-old') }

const { Tldraw, serializeTldrawJson, getSvgAsImage, ...tldraw } = await packages[location.hash.slice(1) || 'newest']()

function start(editor) {
  const serialize = () => serializeTldrawJson(location.hash === '#old' ? editor.store : editor)
  window.tldraw = { ...tldraw, editor, serialize }
}

createRoot(document.getElementById('editor')).render(createElement(Tldraw, { onMount: start }))
