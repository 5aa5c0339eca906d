/** Closed shapes of every outline, and how outlines and areas are finished. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

const pick = (person: BoardPage, name: string) => person.page.getByRole('radio', { name, exact: true });

test('a shape of any outline is drawn, and changed in place for everybody', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Shape');
  await pick(ada, 'Outline: Star').click();
  await ada.drag([400, 200], [600, 400]);
  await ada.saved();
  const [star] = await stored();
  expect([star?.kind, star?.look]).toEqual(['rectangle', { contour: 'star' }]);
  const beside = { x: 390, y: 190, width: 30, height: 30 };
  await bob.shows('scene', { x: 480, y: 200, width: 40, height: 40 });
  expect(await bob.painted('scene', beside)).toBe(0);

  await expect(pick(ada, 'Outline: Star')).toBeChecked();
  await pick(ada, 'Outline: Rectangle').click();
  await pick(ada, 'Corners: Sharp').click();
  await bob.shows('scene', beside);
  await ada.saved();
  const [box] = await stored();
  expect(box).toEqual({ ...star, look: { contour: 'rectangle', corner: 0 } });
  for (const _ of [1, 2]) await ada.undo.click();
  await bob.isBlank('scene', beside);
  await ada.saved();
  expect(await stored()).toEqual([star]);
});

test('the tool for shapes keeps the outline that was chosen, and R and O mean what they say', async ({ open, stored }) => {
  const ada = await open();
  await ada.key('g');
  await pick(ada, 'Outline: Cloud').click();
  for (const [i, key] of ['g', 'r', 'o', 'g'].entries()) {
    await ada.key(key);
    await ada.drag([300 + 150 * i, 300], [400 + 150 * i, 400]);
  }
  await ada.saved();
  expect((await stored()).map(({ kind, look }) => [kind, look.contour])).toEqual([
    ['rectangle', 'cloud'], ['rectangle', undefined], ['ellipse', undefined], ['rectangle', 'cloud'],
  ]);
});

test('dashes, hatching and a hand are chosen by keyboard, and stored with what has them alone', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await pick(ada, 'Fill: Blue').click();
  await pick(ada, 'Filling: All over').focus();
  await ada.key('ArrowRight');
  await expect(pick(ada, 'Filling: Hatched')).toBeChecked();
  await pick(ada, 'Dashes: Dotted').click();
  await pick(ada, 'Sketched: Wild').click();
  await ada.drag([400, 200], [600, 400]);
  await ada.take('Arrow');
  // Lines have dashes of their own; the hand is everybody's.
  await pick(ada, 'Dashes: Dotted').click();
  await ada.drag([700, 200], [900, 400]);
  await ada.take('Pen');
  await ada.draw([700, 500], [900, 600]);
  await ada.saved();
  const looks = (await stored()).map(({ kind, look, fill }) => [kind, look, fill]);
  expect(looks).toEqual([
    ['rectangle', { dash: 'dotted', fillStyle: 'hatched', rough: 3 }, '#a5d8ff'],
    ['arrow', { dash: 'dotted', rough: 3 }, undefined],
    ['ink', {}, undefined],
  ]);
});

test('several that differ show no value, and change only where they are asked to', async ({ open, stored }) => {
  const ada = await open();
  await ada.key('r');
  await pick(ada, 'Dashes: Dashed').click();
  await ada.drag([300, 200], [400, 300]);
  await ada.key('g');
  await pick(ada, 'Dashes: Solid').click();
  await ada.drag([500, 200], [600, 300]);
  await ada.key('Control+a');
  const dashes = ada.page.getByRole('radiogroup', { name: 'Dashes' });
  await expect(dashes.getByRole('radio', { checked: true })).toHaveCount(0);
  await pick(ada, 'Sketched: Loose').click();
  await ada.saved();
  expect((await stored()).map(({ look }) => look)).toEqual([
    { dash: 'dashed', rough: 2 }, { contour: 'diamond', rough: 2 },
  ]);
});
