/** Moving and resizing: others see it while it happens, and it ends in the same place for all. */
import { expect, test } from './support/fixtures';

const start = { x: 290, y: 290, width: 120, height: 120 };
/** Part of the box at its new place which the old place does not reach. */
const end = { x: 590, y: 390, width: 120, height: 120 };

test('a drag shows live and lands', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await bob.shows('scene', start);
  await ada.saved();
  const before = (await stored())[0]?.geometry;

  await ada.take('Select');
  // What was drawn is selected, and its handles would resize it.
  await ada.key('Escape');
  await ada.press([300, 330], [600, 430]);
  await bob.shows('overlay', end);
  await bob.isBlank('scene', start);
  expect((await stored())[0]?.geometry).toEqual(before);

  await ada.page.mouse.up();
  await bob.shows('scene', end);
  await ada.saved();
  const after = (await stored())[0]?.geometry;
  const moved = after?.map((value, i) => value - (before?.[i] ?? 0));
  expect(moved).toEqual([300, 100, 0, 0, 0]);
});

test('two people move two things at once', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.take('Rectangle');
  await ada.drag([300, 500], [400, 600]);
  await bob.shows('scene', { x: 290, y: 490, width: 120, height: 120 });
  await ada.take('Select');
  await bob.take('Select');
  await Promise.all([ada.drag([300, 350], [500, 350]), bob.drag([300, 550], [600, 550])]);
  await ada.saved();
  await bob.saved();
  const lefts = (await stored()).map(({ geometry }) => geometry[0] ?? 0);
  expect(lefts[1]).toBe((lefts[0] ?? 0) + 100);
});

test('arrow keys nudge and Delete deletes', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.saved();
  const before = (await stored())[0]?.geometry[0] ?? 0;
  await ada.take('Select');
  await ada.click([300, 350]);
  await ada.key('ArrowRight');
  await ada.saved();
  await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(before + 1);
  await ada.key('Delete');
  await expect.poll(async () => (await stored()).length).toBe(0);
});
