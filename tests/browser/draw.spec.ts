/** Two people on one board: what one draws, the other sees, while it is drawn and after. */
import { bow, path } from './support/board-page';
import { expect, test } from './support/fixtures';

/** Around the beginning of the strokes below, far from the cursor that draws them. */
const beginning = { x: 290, y: 290, width: 60, height: 20 };

test('ink shows live, then stays', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Pen');
  await ada.press(...bow([300, 300], [700, 300]));
  await bob.shows('overlay', beginning);
  await bob.isBlank('scene', beginning);
  expect(await stored()).toEqual([]);

  await ada.page.mouse.up();
  await bob.shows('scene', beginning);
  await bob.isBlank('overlay', beginning);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink']);
});

test('every shape tool draws its kind', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  const tools = ['Rectangle', 'Ellipse', 'Line', 'Arrow'] as const;
  for (const [i, tool] of tools.entries()) {
    const x = 250 + i * 200;
    await ada.take(tool);
    await ada.drag([x, 300], [x + 120, 420]);
    await bob.shows('scene', { x, y: 300, width: 130, height: 130 });
  }
  await ada.saved();
  const kinds = (await stored()).map(({ kind }) => kind);
  expect(kinds).toEqual(['rectangle', 'ellipse', 'line', 'arrow']);
});

test('both draw at the same time and end with the same board', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Pen');
  await bob.take('Rectangle');
  await Promise.all([
    ada.draw(...path([300, 250], [500, 250])),
    bob.drag([300, 400], [500, 500]),
  ]);
  for (const person of [ada, bob]) {
    await person.shows('scene', { x: 350, y: 240, width: 50, height: 20 });
    await person.shows('scene', { x: 290, y: 390, width: 220, height: 120 });
    await person.saved();
  }
  expect((await stored()).map(({ kind }) => kind).sort()).toEqual(['ink', 'rectangle']);
});

test('the eraser takes what it touches, for both', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [700, 300]));
  await bob.shows('scene', beginning);
  await bob.take('Eraser');
  await bob.drag([500, 250], [500, 350]);
  await ada.isBlank('scene', beginning);
  await bob.saved();
  expect(await stored()).toEqual([]);
});

test('somebody who comes later finds everything', async ({ open }) => {
  const ada = await open();
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [700, 300]));
  await ada.saved();
  const bob = await open();
  await bob.showsBands(1);
});
