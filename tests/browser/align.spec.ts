/** What is selected is put in line, at equal gaps, and turned over: by button and by key. */
import { expect, test } from './support/fixtures';

test('several are put in line, at equal gaps and with centres equally far apart, one step each', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  const boxes = [[400, 200, 460, 240], [700, 500, 800, 520], [500, 300, 540, 400]] as const;
  for (const [x, y, right, bottom] of boxes) {
    await ada.take('Rectangle');
    await ada.drag([x, y], [right, bottom]);
  }
  const places = async () => (await stored()).map(({ geometry }) => geometry.slice(0, 4));
  await ada.saved();
  const before = await places();
  await expect(ada.page.getByRole('button', { name: 'Align left' }), 'one is in line').toHaveCount(0);
  await ada.key('Control+a');
  await ada.page.getByRole('button', { name: 'Align left' }).click();
  await ada.saved();
  expect(await places()).toEqual([[400, 200, 60, 40], [400, 500, 100, 20], [400, 300, 40, 100]]);
  await ada.key('Alt+Shift+V');
  await ada.saved();
  expect((await places()).map(([, y]) => y)).toEqual([200, 500, 320]);
  await bob.shows('scene', { x: 395, y: 410, width: 50, height: 20 });
  await ada.page.getByRole('button', { name: 'Centres equally far down' }).click();
  await ada.saved();
  expect((await places()).map(([, y]) => y)).toEqual([200, 500, 315]);
  for (const _ of [1, 2, 3]) await ada.undo.click();
  await ada.saved();
  expect(await places()).toEqual(before);
});

test('one is turned over where it stands, by key', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Line');
  await ada.drag([400, 200], [600, 300]);
  await ada.shows('scene', { x: 400, y: 200, width: 30, height: 20 });
  await ada.key('Shift+H');
  await ada.shows('scene', { x: 570, y: 200, width: 30, height: 20 });
  await ada.isBlank('scene', { x: 400, y: 200, width: 30, height: 15 });
  await ada.saved();
  expect((await stored())[0]?.geometry).toEqual([400, 200, -200, 100, 0]);
});
