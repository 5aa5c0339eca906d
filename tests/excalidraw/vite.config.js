/** Owns how the page with the real Excalidraw is built. */
export default {
  root: 'page',
  base: './',
  define: { 'process.env.IS_PREACT': '"false"' },
  build: { outDir: '../.page', emptyOutDir: true, minify: false, target: 'esnext', chunkSizeWarningLimit: 1e5 },
}
