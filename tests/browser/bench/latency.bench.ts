/** From a pointer event in one window to the frame that shows it in another, over loopback. */
import type { Page } from '@playwright/test';
import type { Point } from '../support/board-page';
import { test } from '../support/fixtures';
import { percentile, report } from './table';

const EDITS = 100;

/** The times of the events that follow, on the clock that all pages of a machine share. */
async function listen(page: Page, name: 'pointermove' | 'pointerup'): Promise<void> {
  await page.evaluate((name) => {
    const note = (event: Event) => {
      document.documentElement.dataset['benchTime'] = String(performance.timeOrigin + event.timeStamp);
    };
    addEventListener(name, note, { capture: true });
  }, name);
}

async function heard(page: Page): Promise<number> {
  return Number(await page.evaluate(() => document.documentElement.dataset['benchTime']));
}

/** The time just after the first frame in which one of the layers is painted at a place. */
function shown(page: Page, layers: readonly string[], [x, y]: Point): Promise<number> {
  return page.evaluate(([layers, x, y]) => {
    const spot = new OffscreenCanvas(4, 4).getContext('2d', { willReadFrequently: true });
    const selector = layers.map((layer) => `canvas.${layer}, .${layer} canvas`).join();
    const painted = () =>
      [...document.querySelectorAll<HTMLCanvasElement>(selector)].some((canvas) => {
        const at = canvas.getBoundingClientRect();
        if (x < at.left || x >= at.right || y < at.top || y >= at.bottom) return false;
        spot?.reset();
        spot?.drawImage(canvas, at.x - x + 2, at.y - y + 2);
        return spot?.getImageData(0, 0, 4, 4).data.some((byte) => byte !== 0);
      });
    return new Promise<number>((resolve) => {
      const channel = new MessageChannel();
      // A message posted within a frame arrives after everything of that frame has painted.
      channel.port1.onmessage = () => {
        if (painted()) resolve(performance.timeOrigin + performance.now());
        else requestAnimationFrame(() => channel.port2.postMessage(0));
      };
      requestAnimationFrame(() => channel.port2.postMessage(0));
    });
  }, [layers, x, y] as const);
}

function place(i: number): Point {
  return [320 + (i % 20) * 45, 150 + Math.floor(i / 20) * 100];
}

function tell(name: string, samples: readonly number[]): void {
  report(`${name}: median of ${samples.length}`, percentile(samples, 0.5), 'ms', 30);
  report(`${name}: p95`, percentile(samples, 0.95), 'ms', 60);
}

test('live ink: pointer move to the frame that shows it', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await listen(ada.page, 'pointermove');
  await ada.take('Pen');
  const samples: number[] = [];
  for (let i = 0; i < EDITS; i += 1) {
    const [x, y] = place(i);
    await ada.press([x, y], [x + 10, y]);
    // Below the cursor that is there already, and above where it goes.
    const seen = shown(bob.page, ['scene', 'overlay'], [x + 10, y + 36]);
    await ada.page.mouse.move(x + 10, y + 60);
    samples.push((await seen) - (await heard(ada.page)));
    await ada.page.mouse.up();
  }
  tell('live ink, move to frame', samples);
});

test('a finished shape: pointer up to the frame that shows it', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await listen(ada.page, 'pointerup');
  const samples: number[] = [];
  for (let i = 0; i < EDITS; i += 1) {
    const [x, y] = place(i);
    await ada.take('Rectangle');
    await ada.press([x, y], [x + 30, y + 60]);
    const seen = shown(bob.page, ['scene'], [x, y + 30]);
    await ada.page.mouse.up();
    samples.push((await seen) - (await heard(ada.page)));
  }
  tell('finished shape, up to frame', samples);
});
