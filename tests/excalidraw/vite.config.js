/** Owns how the page with the real Excalidraw is built, of the last release or of what comes next. */
const newest = process.env.EXCALIDRAW === 'newest'

export default {
  root: 'page',
  resolve: { alias: newest ? { '@excalidraw/excalidraw': 'excalidraw-newest' } : {} },
  base: './',
  define: { 'process.env.IS_PREACT': '"false"' },
  build: { outDir: '../.page', emptyOutDir: true, minify: false, target: 'esnext', chunkSizeWarningLimit: 1e5 },
}
