/** Labels of shapes and arrows: begun, written by two at once, grown with, copied, and taken away. */
import { expect, test } from './support/fixtures';

const inside = { x: 420, y: 220, width: 160, height: 60 };

test('two write one label at once, and everybody sees it', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([400, 200], [600, 300]);
  await ada.key('Enter');
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('middle');
  await bob.shows('scene', inside);
  // The middle of a shape without a fill is nothing to click on, but a place to write in.
  await bob.page.mouse.dblclick(500, 215);
  await expect(bob.textField).toHaveValue('middle');
  await bob.key('Control+Home');
  await Promise.all([
    ada.page.keyboard.type(' end', { delay: 5 }),
    bob.page.keyboard.type('start ', { delay: 5 }),
  ]);
  for (const person of [ada, bob]) await expect(person.textField).toHaveValue('start middle end');
  await ada.key('Escape');
  await bob.click([800, 600]);
  await expect(bob.textField).toBeHidden();
  await expect.poll(async () => (await stored()).map(({ kind, text }) => [kind, text])).toEqual([['rectangle', 'start middle end']]);
  await ada.shows('scene', inside);
});

test('a shape grows with its label and keeps the size that it was given', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 200], [560, 250]);
  await ada.key('Enter');
  const below = { x: 395, y: 270, width: 170, height: 30 };
  await ada.isBlank('scene', below);
  await ada.page.keyboard.type('words that need so many more lines than there is height for');
  await ada.shows('scene', below);
  await ada.saved();
  expect((await stored())[0]?.geometry.slice(0, 4)).toEqual([400, 200, 160, 50]);
  const grown = (await ada.textField.boundingBox())?.height ?? 0;
  expect(grown).toBeGreaterThan(100);
  // What is above stays where it was.
  await ada.isBlank('scene', { x: 395, y: 170, width: 170, height: 20 });
  await ada.key('Control+a');
  await ada.key('Delete');
  await ada.isBlank('scene', below);
  await ada.key('Escape');
  await ada.saved();
  const [left] = await stored();
  expect([left?.kind, left?.text]).toEqual(['rectangle', '']);
});

test('an arrow has a gap for its label, which goes along in copies and undo', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Arrow');
  await ada.drag([400, 300], [800, 300]);
  const gap = { x: 566, y: 296, width: 6, height: 8 };
  await ada.shows('scene', gap);
  await ada.key('F2');
  await ada.page.keyboard.type('on its way');
  await ada.key('Escape');
  await ada.isBlank('scene', { ...gap, x: 549, width: 2 });
  await ada.shows('scene', { x: 560, y: 288, width: 80, height: 24 });
  await ada.key('Control+d');
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['on its way', 'on its way']);
  await ada.key('Control+z');
  await ada.key('Control+z');
  await ada.saved();
  const [arrow] = await stored();
  expect([arrow?.kind, arrow?.text]).toEqual(['arrow', '']);
  await ada.shows('scene', { ...gap, x: 549, width: 2 });
});

test('what a label looks like is offered where there is one', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Ellipse');
  await ada.drag([400, 200], [600, 320]);
  const font = ada.page.getByRole('radio', { name: 'Font: Serif' });
  await expect(font).toHaveCount(0);
  await ada.key('Enter');
  await ada.page.keyboard.type('serif');
  await ada.key('Escape');
  await font.click();
  await ada.page.getByRole('radio', { name: 'Upright: Top' }).click();
  await ada.saved();
  expect((await stored())[0]?.look).toEqual({ family: 'serif', verticalAlign: 'top' });
});

test('the label of an arrow is dragged along it, seen by others meanwhile', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Arrow');
  await ada.drag([400, 300], [800, 300]);
  await ada.key('F2');
  await ada.page.keyboard.type('words');
  await ada.key('Escape');
  // Beside the line itself.
  const middle = { x: 585, y: 294, width: 30, height: 4 };
  const left = { x: 485, y: 294, width: 30, height: 4 };
  await bob.shows('scene', middle);
  await bob.isBlank('scene', left);
  await ada.press([600, 305], [550, 320], [500, 340]);
  await bob.shows('scene', left);
  await bob.isBlank('scene', middle);
  await ada.page.mouse.up();
  await ada.saved();
  expect((await stored())[0]?.look.labelAt).toBeCloseTo(0.25, 3);
  await ada.key('Control+z');
  await bob.shows('scene', middle);
  await ada.saved();
  expect((await stored()).map(({ kind, text }) => [kind, text])).toEqual([['arrow', 'words']]);
});
