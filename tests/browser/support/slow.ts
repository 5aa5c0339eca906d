/**
 * A slow machine on a slow line, for finding tests that hurry: `SLOWED=4` makes pages compute four
 * times slower, and every part of them and every frame come late. Owns how that is done; off unless
 * asked for.
 */
import type { Browser, Page } from '@playwright/test';

/** How many times slower pages compute; one is as they are. */
export const factor = Number(process.env['SLOWED'] ?? 1);

/** Slows down, if that was asked for, every page that a test opens in a browser. */
export function slowDown(browser: Browser): void {
  if (!(factor > 1)) return;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    const newPage = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await newPage();
      await slow(page);
      return page;
    };
    return context;
  };
}

async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.addInitScript((frames) => {
    const frame = requestAnimationFrame.bind(globalThis);
    const after = (left: number, work: FrameRequestCallback): number =>
      frame((now) => (left > 0 ? after(left - 1, work) : work(now)));
    globalThis.requestAnimationFrame = (work) => after(frames, work);
  }, 2 * factor);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 100 * factor, downloadThroughput: -1, uploadThroughput: -1,
  });
}
