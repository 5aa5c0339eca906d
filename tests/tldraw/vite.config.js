/** Owns how the page with the real tldraw is built. */
export default {
  root: 'page',
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { outDir: '../.page', emptyOutDir: true, minify: false, target: 'esnext', chunkSizeWarningLimit: 1e5 },
}
