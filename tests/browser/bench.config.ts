/**
 * The page's benches: the same browser and server as the tests, but a table instead of a verdict.
 */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({
  ...tests,
  testDir: 'bench',
  testMatch: '*.bench.ts',
  outputDir: 'results/bench',
  // One at a time: a bench beside another measures that too.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  use: { ...tests.use, trace: 'off' },
});
