/** Arrows that hold on to shapes, by mouse and by key, here and for others. */
import { expect, test } from './support/fixtures';

test('an arrow drawn from shape to shape follows the hand of another who moves one', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  for (const x of [400, 800]) {
    await ada.take('Rectangle');
    await ada.drag([x, 200], [x + 100, 300]);
  }
  await ada.take('Arrow');
  await ada.drag([495, 230], [805, 280]);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle', 'rectangle', 'arrow']);
  // Near the edge it means the middle: the arrow lies level.
  await bob.shows('scene', { x: 600, y: 246, width: 100, height: 8 });
  await bob.page.mouse.move(800, 230);
  await bob.page.mouse.down();
  await bob.page.mouse.move(800, 330, { steps: 3 });
  await bob.page.mouse.move(800, 530, { steps: 3 });
  // Before it is let go, for both.
  await ada.isBlank('scene', { x: 700, y: 240, width: 80, height: 20 });
  await ada.shows('overlay', { x: 720, y: 440, width: 60, height: 60 });
  await bob.page.mouse.up();
  await bob.saved();
  await ada.page.mouse.click(600, 700);
  await ada.page.mouse.click(800, 560);
  await ada.key('Delete');
  await ada.shows('scene', { x: 720, y: 440, width: 60, height: 60 });
  await ada.undo.click();
  await ada.saved();
  expect(await stored()).toHaveLength(3);
});

test('with Ctrl an arrow holds on to nothing', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  await ada.take('Arrow');
  await ada.page.keyboard.down('Control');
  await ada.drag([700, 250], [510, 250]);
  await ada.page.keyboard.up('Control');
  await ada.key('Escape');
  await ada.drag([400, 230], [400, 430]);
  await ada.shows('scene', { x: 560, y: 245, width: 100, height: 10 });
});

test('an arrow by right angles comes by the side where it is put, for both', async ({ open }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [640, 400]);
  await ada.take('Arrow');
  await ada.page.getByRole('radio', { name: 'Route: Right angles', exact: true }).click();
  // From the left, onto the right edge.
  await ada.drag([250, 350], [634, 360]);
  await ada.saved();
  for (const person of [ada, bob]) {
    await person.shows('scene', { x: 650, y: 344, width: 16, height: 12 });
    await person.isBlank('scene', { x: 484, y: 340, width: 12, height: 20 });
  }
});

test('a flow chart by keys: shapes beside one another, joined, and the way back along the arrows', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [500, 360]);
  await ada.key('Control+ArrowRight');
  await ada.key('Control+ArrowDown');
  await ada.saved();
  const kinds = (await stored()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'rectangle')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'arrow')).toHaveLength(2);
  await ada.key('Alt+ArrowUp');
  await ada.key('Alt+ArrowLeft');
  await ada.key('Delete');
  await ada.saved();
  const left = (await stored()).filter(({ kind }) => kind === 'rectangle');
  expect(left.every(({ geometry }) => Number(geometry[0]) > 500), 'the first one was walked to').toBe(true);
});
