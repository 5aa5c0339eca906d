/**
 * How the page is built and served while developing.
 * Owns the shape of `web/dist`; the server embeds that folder as it is.
 */
import { defineConfig } from 'vite';
import { firstLook, keptFiles, licences, pages } from './web/build/pages';

const server = process.env['DRAWBRIDGE_DEV_SERVER'] ?? 'http://127.0.0.1:8080';
const unwatched = ['board', 'clean-svg', 'data', 'elbow', 'interchange', 'render', 'scene', 'server', 'target', 'templates', 'tests', 'wasm-brought', 'wasm-client', 'wasm-pictures', 'wasm-readers', 'wasm-svg', 'wasm-tldraw', 'wasm-writers', 'xtask'];

export default defineConfig({
  // An explicit list: only what the page may ask the server for. `/b/…` is the page itself.
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    // Only the page is watched: a build of Rust writes thousands of files.
    watch: { ignored: unwatched.map((name) => `${import.meta.dirname}/${name}/**`) },
    proxy: {
      '/sync': { target: server, ws: true },
      '/files': server,
      '/tokens': server,
      '/new': server,
      '/v1': server,
      '/healthz': server,
    },
  },
  publicDir: 'web/public',
  plugins: [firstLook(), licences(), keptFiles()],
  // It imports modules of its own.
  worker: { format: 'es' },
  build: {
    outDir: 'web/dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows neither inline scripts nor data: modules.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: pages,
      output: {
        // Left to itself the bundler makes a file of whatever two pages share, and small files compress
        // badly: what every page needs is one file, the engine's loader one, the rest of the board one.
        codeSplitting: {
          groups: [
            { name: 'index', priority: 3, test: /src[\\/](main|mark|recents|copy-text|ui[\\/](roving|toasts))\.tsx?$/ },
            { name: 'engine', priority: 2, test: /src[\\/]engine-load\.ts$/ },
            { name: 'board', priority: 1, test: /src[\\/]board-page\.tsx$/ },
          ],
        },
      },
    },
  },
});
