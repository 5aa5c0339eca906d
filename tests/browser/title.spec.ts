/** A board's name: typed in place, live for all, one step of undo, in tab, card and file. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';

const field = (page: Page) => page.getByRole('textbox', { name: 'Name of this board' });

test('a name typed in the corner is everybody’s while one types, and one step of undo', async ({ open, server, board }) => {
  const [ada, bob] = [await open(), await open()];
  await expect(field(bob.page)).toHaveValue('');
  await field(ada.page).pressSequentially('Spring');
  await expect(field(bob.page)).toHaveValue('Spring');
  await expect(bob.page).toHaveTitle(/^Spring /);
  await field(ada.page).pressSequentially(' plan');
  await ada.key('Enter');
  await expect(ada.board).toBeFocused();
  await expect(field(bob.page)).toHaveValue('Spring plan');
  await ada.saved();
  expect((await server.document(board)).getMap('board').get('title')).toBe('Spring plan');
  await ada.undo.click();
  await expect(field(bob.page)).toHaveValue('');
  await ada.redo.click();
  await expect(field(bob.page)).toHaveValue('Spring plan');
});

test('Escape leaves the name as it was', async ({ open }) => {
  const ada = await open();
  await field(ada.page).fill('Plan');
  await ada.key('Enter');
  await field(ada.page).fill('Plan that was never meant');
  await ada.key('Escape');
  await expect(field(ada.page)).toHaveValue('Plan');
  await expect(ada.page).toHaveTitle(/^Plan –/);
  await expect(ada.board).toBeFocused();
});

test('letters typed into the name take no tool', async ({ open }) => {
  const ada = await open();
  await field(ada.page).pressSequentially('rope');
  await expect(ada.page.getByRole('radio', { name: 'Select' })).toBeChecked();
  await ada.key('Control+a');
  await ada.key('Delete');
  await expect(field(ada.page)).toHaveValue('');
});

test('a name is kept when the page goes while it is typed', async ({ open, server, board }) => {
  const ada = await open();
  await field(ada.page).pressSequentially('Left in a hurry');
  await ada.page.close({ runBeforeUnload: true });
  const title = async () => (await server.document(board)).getMap('board').get('title');
  await expect.poll(title).toBe('Left in a hurry');
});

test('until somebody names it, a board goes by its first words', async ({ open }) => {
  const ada = await open({ board: 'keeper' });
  await expect(field(ada.page)).toHaveAttribute('placeholder', 'keeper');
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('Who keeps the bridge?');
  await ada.key('Escape');
  await expect(field(ada.page)).toHaveAttribute('placeholder', 'Who keeps the bridge?');
  await expect(ada.page).toHaveTitle(/^Who keeps the bridge\?/);
});

test('on a telephone a long name fits, and is typed in all of the row', async ({ open }) => {
  const ada = await open({ options: { viewport: { width: 360, height: 640 }, hasTouch: true } });
  const name = 'Everything that the keepers of the bridge have to know';
  await field(ada.page).fill(name);
  await expect.poll(async () => (await field(ada.page).boundingBox())?.width).toBeGreaterThan(250);
  await ada.key('Enter');
  const share = ada.page.getByRole('button', { name: /^Share/ });
  await expect(share).toBeInViewport({ ratio: 1 });
  const [title, corner] = [await field(ada.page).boundingBox(), await ada.page.locator('.corner').boundingBox()];
  expect((title?.x ?? 0) + (title?.width ?? 0)).toBeLessThanOrEqual(corner?.x ?? 0);
});
