/** The board's menu: by right click, by a finger that rests, by key. */
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

test('a right click selects what it is about, and the menu does what the keys do', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  await ada.take('Ellipse');
  await ada.drag([600, 200], [700, 300]);
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await page.mouse.click(400, 250, { button: 'right' });
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Cut' })).toBeFocused();
  await menu.getByRole('menuitem', { name: 'Bring to front' }).click();
  await expect(menu).toHaveCount(0);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse', 'rectangle']);

  await page.mouse.click(400, 250, { button: 'right' });
  await menu.getByRole('menuitem', { name: /^Copy Ctrl/ }).click();
  await ada.key('Control+v');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse', 'rectangle', 'rectangle']);

  await page.mouse.click(900, 600, { button: 'right' });
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await menu.getByRole('menuitem', { name: 'Select all' }).click();
  await page.mouse.click(400, 250, { button: 'right' });
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('the menu key, Escape and a press beside it', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await page.locator('#board').focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  const { x = 0, y = 0 } = (await menu.boundingBox()) ?? {};
  expect(Math.abs(x - 500), 'it stands beside what is selected').toBeLessThan(20);
  expect(y, 'and no lower, as far as it fits').toBeLessThan(220);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(page.locator('#board')).toBeFocused();
  await page.mouse.click(400, 250, { button: 'right' });
  await page.mouse.click(900, 600);
  await expect(menu).toHaveCount(0);
  await ada.key('Delete');
  await ada.saved();
  expect(await stored(), 'the press beside it closed it and nothing else').toEqual([]);
});

test('a finger that rests asks for the menu with Select, and draws with a pen', async ({ open, stored }) => {
  const ada = await open({ options: { hasTouch: true, viewport: { width: 390, height: 844 } } });
  const { page } = ada;
  const fingers = await ada.fingers();
  await page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  await fingers.swipe(path([100, 300], [250, 300]));
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await page.getByRole('radio', { name: 'Select', exact: true }).tap();
  await fingers.down([175, 300]);
  await expect(menu).toBeVisible();
  await fingers.up();
  await expect(menu, 'letting go closes nothing').toBeVisible();
  await menu.getByRole('menuitem', { name: 'Duplicate' }).tap();
  await expect(menu).toHaveCount(0);
  await ada.saved();
  expect((await stored()).length).toBe(2);
});
