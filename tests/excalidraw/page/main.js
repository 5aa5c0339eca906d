/** Lends a test what Excalidraw's package exports. */
import * as excalidraw from '@excalidraw/excalidraw'

window.excalidraw = excalidraw
