/** Undo takes back one's own work and nobody else's. */
import { expect, test } from './support/fixtures';

const hers = { x: 290, y: 290, width: 120, height: 120 };
const his = { x: 590, y: 290, width: 120, height: 120 };

test('undo is one\'s own', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await expect(ada.undo).toBeDisabled();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await bob.shows('scene', hers);
  await bob.take('Ellipse');
  await bob.drag([600, 300], [700, 400]);
  await ada.shows('scene', his);

  await ada.undo.click();
  await bob.isBlank('scene', hers);
  await bob.shows('scene', his);
  await expect(ada.undo).toBeDisabled();
  await expect(bob.undo).toBeEnabled();

  await ada.redo.click();
  await bob.shows('scene', hers);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle', 'ellipse']);
});

test('undo of a move does not throw an element back that somebody moved since', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await bob.shows('scene', hers);
  await ada.saved();
  const born = (await stored())[0]?.geometry[0] ?? 0;

  const left = async () => ((await stored())[0]?.geometry[0] ?? 0) - born;
  await ada.take('Select');
  await ada.key('Escape');
  await ada.drag([300, 350], [500, 350]);
  await expect.poll(left).toBe(200);
  await bob.shows('scene', { x: 490, y: 290, width: 120, height: 120 });
  await bob.take('Select');
  await bob.drag([500, 350], [600, 350]);
  await expect.poll(left).toBe(300);
  await ada.shows('scene', his);

  await bob.undo.click();
  await expect.poll(left, 'back to where she had put it').toBe(200);
  await bob.redo.click();
  await expect.poll(left).toBe(300);
  await ada.undo.click();
  await ada.saved();
  expect(await left(), 'his move stays').toBe(300);
});
