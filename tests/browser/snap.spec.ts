/** Snapping: in line with what is near, at equal gaps, on the grid; and what shows it. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

/** Left, top, width and height of what was drawn last. */
async function last(person: BoardPage, stored: () => Promise<{ geometry: readonly number[] }[]>): Promise<number[]> {
  await person.saved();
  return (await stored()).at(-1)?.geometry.slice(0, 4).map(Math.round) ?? [];
}

test('what is moved stands in line, with a guide until it is let go; Ctrl suspends it', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  await ada.take('Rectangle');
  await ada.drag([600, 450], [700, 500]);
  const [left = 0, top = 0] = await last(ada, stored);
  // From (620, 450) by -196 to 404: four pixels from the left side of the other.
  await ada.press([620, 450], [424, 450]);
  const guide = { x: 399, y: 320, width: 3, height: 40 };
  await ada.shows('overlay', guide);
  await ada.page.mouse.up();
  await ada.isBlank('overlay', guide);
  expect(await last(ada, stored)).toEqual([left - 200, top, 100, 50]);
  await ada.undo.click();

  await ada.press([620, 450], [500, 450]);
  await ada.page.keyboard.down('Control');
  await ada.page.mouse.move(424, 450);
  await ada.page.mouse.up();
  await ada.page.keyboard.up('Control');
  expect(await last(ada, stored)).toEqual([left - 196, top, 100, 50]);
  await ada.undo.click();

  // Alt and S for good, as the menu says.
  await ada.key('Alt+s');
  await ada.drag([620, 450], [424, 450]);
  expect(await last(ada, stored)).toEqual([left - 196, top, 100, 50]);
  await ada.page.reload();
  await ada.saved();
  await ada.page.getByRole('button', { name: 'Menu' }).click();
  await expect(ada.page.getByRole('switch', { name: 'Snap to objects' })).not.toBeChecked();
});

test('what keeps its proportions snaps by the nearer axis, and its guide shows it', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  const [left = 0, top = 0] = await last(ada, stored);
  await ada.take('Note');
  await ada.press([600, 220], [677, 250]);
  const guide = { x: 520, y: 299, width: 40, height: 3 };
  await ada.shows('overlay', guide);
  await ada.page.mouse.up();
  await ada.isBlank('overlay', guide);
  expect(await last(ada, stored)).toEqual([left + 200, top + 20, 80, 80]);
  await ada.key('Escape');
  // By a corner, without a key.
  await ada.press([684, 304], [637, 257]);
  await ada.shows('overlay', { x: 520, y: 249, width: 40, height: 3 });
  await ada.page.mouse.up();
  expect(await last(ada, stored)).toEqual([left + 200, top + 20, 30, 30]);
});

test('on the grid everything begins and ends on its lines', async ({ open, stored }) => {
  const ada = await open();
  await ada.key('Control+Quote');
  await ada.take('Ellipse');
  await ada.drag([411, 222], [593, 311]);
  const place = await last(ada, stored);
  expect(place.map((number) => Math.abs(number % 20))).toEqual([0, 0, 0, 0]);
  await ada.drag([411, 270], [448, 270]);
  expect((await last(ada, stored))[0]).toBe((place[0] ?? 0) + 40);
});
