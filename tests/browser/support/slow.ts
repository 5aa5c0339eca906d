/**
 * A slow machine on a slow line, for finding tests that hurry: `SLOWED=4` makes pages compute four
 * times slower and every part of them come late. Owns how that is done; off unless asked for.
 */
import type { Page } from '@playwright/test';

/** How many times slower pages compute; one is as they are. */
export const factor = Number(process.env['SLOWED'] ?? 1);

/** Slows a page down, if that was asked for; call it before the page goes anywhere. */
export async function slow(page: Page): Promise<void> {
  if (!(factor > 1)) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 100 * factor, downloadThroughput: -1, uploadThroughput: -1,
  });
}
