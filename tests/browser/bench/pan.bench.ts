/** Panning a board of 1,000 elements at 100 %, about 80 of them in view. */
import { expect, test } from '../support/fixtures';
import { grid, seed } from '../support/seed';
import { report } from './table';

const EVENTS = 300;

test('pan, 1,000 elements', async ({ browser, server, board, open }) => {
  const sower = await browser.newPage();
  await sower.goto(server.url);
  // 40 columns, 113 units apart: 11 by 7 of them fit the window.
  await seed(sower, server, board, grid(1_000, 40, 113));
  await sower.close();

  const ada = await open();
  await ada.shows('scene', { x: 0, y: 0, width: 1280, height: 800 });
  const session = await ada.page.context().newCDPSession(ada.page);
  // The thread's own time, so that other work on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { task: of('TaskDuration') * 1_000, script: of('ScriptDuration') * 1_000 };
  };
  await ada.page.mouse.move(640, 400);
  const wheel = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      const back = Math.floor(i / 25) % 2 === 0 ? 1 : -1;
      await ada.page.mouse.wheel(20 * back, 12 * back);
      await ada.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  };
  await wheel(50);
  const before = await busy();
  await wheel(EVENTS);
  const after = await busy();
  report('pan: main thread per wheel event', (after.task - before.task) / EVENTS, 'ms', 4);
  report('pan: script alone', (after.script - before.script) / EVENTS, 'ms', 4);
  expect(after.task).toBeGreaterThan(before.task);
});
