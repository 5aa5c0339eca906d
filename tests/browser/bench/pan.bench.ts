/** Panning a board of 1,000 elements at 100 %, about 80 of them in view. */
import { expect, test } from '../support/fixtures';
import { grid, seed } from '../support/seed';
import { report } from './table';
import { Thread } from './thread';

/** Legs of a way round the board that mostly goes where one has not been: events, and x and y of each. */
const LEGS = [[75, 20, 0], [50, 0, 12], [150, -20, 0], [100, 0, -12], [150, 20, 0]] as const;
const WAY = LEGS.flatMap(([events, x, y]) => Array.from({ length: events }, () => [x, y] as const));

test('pan, 1,000 elements', async ({ browser, server, board, open }) => {
  const sower = await browser.newPage();
  await sower.goto(server.url);
  // 40 columns, 113 units apart: 11 by 7 of them fit the window.
  await seed(sower, server, board, grid(1_000, 40, 113));
  await sower.close();

  const ada = await open();
  // A large board opens zoomed out to all of it.
  await ada.page.keyboard.press('Control+0');
  await expect(ada.page.getByText('100%')).toBeVisible();
  await ada.shows('scene', { x: 0, y: 0, width: 1280, height: 800 });
  const thread = await Thread.of(ada.page);
  await ada.page.mouse.move(640, 400);
  await thread.frames(50, (i) => ada.page.mouse.wheel(i % 2 === 0 ? 20 : -20, 0));
  const idle = await thread.frames(WAY.length, async () => {});
  const panned = await thread.frames(WAY.length, async (i) => {
    const [x, y] = WAY[i] ?? [0, 0];
    await ada.page.mouse.wheel(x, y);
  });
  report('pan: main thread per wheel event', panned.task, 'ms', 4);
  report('of it: what asking for the frame costs', idle.task, 'ms');
  report('of it: script', panned.script, 'ms');
  expect(panned.task).toBeGreaterThan(idle.task);
});
