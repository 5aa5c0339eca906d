/**
 * How the page is driven: the real binary, a real Chromium, nothing tried twice.
 * `cargo xtask test` says which of both by `CHROMIUM` and `DRAWBRIDGE_BIN`.
 */
import { defineConfig } from '@playwright/test';
import { factor } from './support/slow';

const chromium = process.env['CHROMIUM'];

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // Most of a test is waiting for pages and frames: two at a time fill two cores, and no more of them
  // share a machine with their servers, so that waits stay honest.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000 * factor,
  expect: { timeout: 15_000 * factor },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    // What a page gets of the server is what its tests are about; `kept-page.spec.ts` has the worker.
    serviceWorkers: 'block',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
