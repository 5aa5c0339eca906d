/** What hands take hold of: legs of elbows, labels, the inside of labelled shapes; and what comes back selected. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

/** Two boxes and an elbow from one to the other, selected; and two in the way of what would be shorter. */
async function joined(ada: BoardPage): Promise<void> {
  const boxes = [[400, 200, 540, 280], [700, 400, 860, 500], [720, 200, 860, 280], [380, 420, 520, 520]] as const;
  for (const [x0, y0, x1, y1] of boxes) {
    await ada.take('Rectangle');
    await ada.drag([x0, y0], [x1, y1]);
  }
  await ada.take('Arrow');
  await ada.drag([530, 240], [710, 450]);
  await ada.page.getByRole('radio', { name: 'Route: Right angles' }).click();
  await ada.shows('scene', { x: 615, y: 300, width: 10, height: 80 });
}

test('a leg of a selected elbow is moved anywhere on it, for everybody, and both ends hold on', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await joined(ada);
  await ada.drag([620, 300], [660, 320]);
  for (const person of [ada, bob]) {
    await person.shows('scene', { x: 655, y: 300, width: 10, height: 80 });
    await person.isBlank('scene', { x: 610, y: 300, width: 20, height: 80 });
  }
  // Its boxes still take it along.
  await ada.key('Escape');
  await ada.drag([700, 480], [740, 560]);
  await bob.shows('scene', { x: 655, y: 460, width: 60, height: 80 });
  await bob.shows('scene', { x: 655, y: 300, width: 10, height: 80 });
});

test('a finger moves a leg as well', async ({ open }) => {
  const ada = await open({ options: { hasTouch: true } });
  await joined(ada);
  const fingers = await ada.fingers();
  await fingers.swipe([[608, 300], [640, 300], [668, 310]]);
  await ada.shows('scene', { x: 665, y: 300, width: 30, height: 80 });
});

test('a labelled shape is dragged by its inside, and its menu edits the label', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 200], [700, 400]);
  const menu = await ada.menu(() => ada.page.mouse.click(400, 300, { button: 'right' }));
  await menu.getByRole('menuitem', { name: 'Add label F2' }).click();
  await ada.page.keyboard.type('Start');
  await ada.key('Escape');
  await ada.key('Escape');
  await ada.drag([440, 240], [480, 260]);
  await ada.saved();
  expect((await stored())[0]?.geometry.slice(0, 2)).toEqual([440, 220]);
  const again = await ada.menu(() => ada.page.mouse.click(500, 280, { button: 'right' }));
  await again.getByRole('menuitem', { name: 'Edit text F2' }).click();
  await expect(ada.textField).toHaveValue('Start');
});

test('what an undo brings back is selected', async ({ open }) => {
  const ada = await open();
  for (const x of [400, 600]) {
    await ada.take('Rectangle');
    await ada.drag([x, 300], [x + 100, 400]);
  }
  await ada.key('Control+a');
  await ada.key('Delete');
  await ada.key('Control+z');
  await ada.key('Shift+ArrowRight');
  await ada.shows('scene', { x: 405, y: 300, width: 12, height: 100 });
  await ada.isBlank('scene', { x: 394, y: 300, width: 10, height: 100 });
});
