/** Lines and arrows of many points: clicked together, bent, closed. */
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';

const pick = (person: BoardPage, name: string) => person.page.getByRole('radio', { name, exact: true });
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const CORNERS: readonly Point[] = [[500, 400], [600, 200], [700, 400]];

test('clicks make a line, others see it grow, and a press on its beginning closes it', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Line');
  for (const corner of CORNERS) await ada.click(corner);
  await ada.page.mouse.move(600, 480);
  // On the way from the last corner to the pointer.
  const way = { x: 640, y: 430, width: 20, height: 20 };
  await bob.shows('overlay', way);
  expect(await stored()).toEqual([]);
  await ada.click(CORNERS[0] ?? [0, 0]);
  await ada.saved();
  expect((await stored()).map(({ kind, points, look }) => [kind, points, look.closed])).toEqual([['line', 3, true]]);
  await bob.isBlank('overlay', way);

  await expect(pick(ada, 'Ends: Joined')).toBeChecked();
  const inside = { x: 590, y: 320, width: 20, height: 20 };
  await bob.isBlank('scene', inside);
  await pick(ada, 'Fill: Yellow').click();
  await bob.shows('scene', inside);
  await pick(ada, 'Ends: Apart').click();
  await bob.isBlank('scene', inside);
  await expect(pick(ada, 'Fill: Yellow')).toBeHidden();
});

test('Enter ends an arrow, and Ctrl+Enter shows its points, which can be bent, added and removed', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Arrow');
  for (const corner of CORNERS) await ada.click(corner);
  await ada.key('Enter');
  await ada.key('Control+Enter');
  await ada.drag([650, 300], [720, 260]);
  await ada.saved();
  expect((await stored()).map(({ kind, points }) => [kind, points])).toEqual([['arrow', 4]]);
  await pick(ada, 'Route: Curved').click();
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ points, look }) => [points, look.route])).toEqual([[3, 'curved']]);
  await ada.undo.click();
  await ada.saved();
  expect((await stored())[0]?.points).toBe(4);
});

test('a double click on a line shows its points; an end dropped on the other closes it', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Line');
  for (const corner of [...CORNERS, [600, 500]] as const) await ada.click(corner);
  await ada.key('Escape');
  await ada.key('Escape');
  await ada.page.mouse.dblclick(550, 300);
  await ada.drag([600, 500], [502, 402]);
  await ada.saved();
  expect((await stored()).map(({ points, look }) => [points, look.closed])).toEqual([[3, true]]);
});

test('fingers tap a line together and pull a point out of it', async ({ open, stored }) => {
  const ada = await open({ options: phone });
  await ada.page.getByRole('radio', { name: 'Line', exact: true }).tap();
  for (const [x, y] of [[80, 400], [180, 250], [280, 400], [280, 400]] as const) {
    await ada.page.touchscreen.tap(x, y);
  }
  await ada.saved();
  expect((await stored()).map(({ points }) => points)).toEqual([3]);
  const fingers = await ada.fingers();
  await ada.page.touchscreen.tap(130, 325);
  await ada.page.touchscreen.tap(130, 325);
  await fingers.swipe([[230, 325], [240, 320], [270, 300]]);
  await ada.saved();
  expect((await stored()).map(({ points }) => points)).toEqual([4]);
});
