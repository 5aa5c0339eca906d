/**
 * A slow machine on a slow line, for finding tests that hurry: `SLOWED=4` makes pages compute four
 * times slower and everything but the first load come late. Owns how that is done; off unless asked for.
 */
import type { Page } from '@playwright/test';

/** How many times slower pages compute; one is as they are. */
export const factor = Number(process.env['SLOWED'] ?? 1);

/** Slows a page down, if that was asked for; call it before the page goes anywhere. */
export async function slow(page: Page): Promise<void> {
  if (!(factor > 1)) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
  await page.route('**/assets/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 200 * factor));
    await route.fallback().catch(() => {});
  });
}
