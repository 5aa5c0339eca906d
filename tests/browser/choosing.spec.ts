/** Selecting more than one: by a box, a lasso, by what is alike, and by Tab. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

async function withThree(open: () => Promise<BoardPage>): Promise<BoardPage> {
  const ada = await open();
  for (const [tool, x] of [['Rectangle', 400], ['Rectangle', 560], ['Ellipse', 720]] as const) {
    await ada.take(tool);
    await ada.drag([x, 300], [x + 80, 360]);
  }
  await ada.key('Escape');
  await ada.saved();
  return ada;
}

test('a box takes what it holds, with Alt what it touches; a lasso goes round', async ({ open, stored }) => {
  const ada = await withThree(open);
  await ada.drag([380, 280], [600, 380]);
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).length, 'one of the two was held whole').toBe(2);
  await ada.undo.click();
  await ada.key('Escape');
  await ada.page.keyboard.down('Alt');
  await ada.drag([380, 280], [600, 380]);
  await ada.page.keyboard.up('Alt');
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse']);
  await ada.undo.click();

  await ada.page.getByRole('button', { name: 'Other tools' }).click();
  await ada.page.getByRole('menuitemradio', { name: 'Lasso' }).click();
  await expect(ada.page.getByRole('button', { name: 'Other tools: Lasso' })).toBeVisible();
  // Round the first and the last, below the second.
  await ada.drag(
    [380, 280], [500, 280], [500, 400], [700, 400], [700, 280], [820, 280], [820, 480], [380, 480],
  );
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ geometry }) => geometry[2])).toEqual([80]);
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle']);
});

test('the menu selects all of a kind; Tab goes from one to the next and on to the page', async ({ open, stored }) => {
  const ada = await withThree(open);
  await ada.page.mouse.click(400, 330, { button: 'right' });
  await ada.page.getByRole('menuitem', { name: 'Select all of this kind' }).click();
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse']);
  await ada.undo.click();
  await ada.key('Escape');
  await expect(ada.board).toBeFocused();
  await ada.key('v');
  await ada.key('Tab');
  await ada.key('Tab');
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind), 'the second is gone').toEqual(['rectangle', 'ellipse']);
  for (let i = 0; i < 3; i += 1) await ada.key('Tab');
  await expect(ada.board).not.toBeFocused();
});
