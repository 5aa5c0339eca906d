/** How the page's pictures are made: like its tests, one at a time, and written down instead of judged. */
import { defineConfig } from '@playwright/test';
import base from './playwright.config';

export default defineConfig({
  ...base,
  testDir: './pictures',
  testMatch: /.*\.picture\.ts/,
  workers: 1,
  fullyParallel: false,
});
