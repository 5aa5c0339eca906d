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
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
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

test('a board is called by no label and by nothing that is still being typed', async ({ open }) => {
  const [ada, bob] = [await open({ board: 'keeper' }), await open({ board: 'keeper' })];
  await ada.take('Rectangle');
  await ada.drag([400, 200], [600, 300]);
  await ada.key('Enter');
  await ada.page.keyboard.type('Step');
  await ada.key('Escape');
  await ada.take('Text');
  await ada.click([700, 500]);
  await ada.page.keyboard.type('Who keeps');
  await bob.shows('scene', { x: 700, y: 480, width: 60, height: 40 });
  await ada.saved();
  await ada.page.keyboard.type(' the bridge?');
  for (const { page } of [ada, bob]) await expect(field(page)).toHaveAttribute('placeholder', 'keeper');
  await ada.key('Escape');
  for (const { page } of [ada, bob]) await expect(field(page)).toHaveAttribute('placeholder', 'Who keeps the bridge?');
});

for (const [width, height] of [[1280, 800], [640, 400]] as const) {
  test(`at ${width} by ${height} a board is renamed by keys alone`, async ({ open }) => {
    const ada = await open({ options: { viewport: { width, height } } });
    const { page } = ada;
    const tabTo = async (name: string) => {
      const wanted = page.getByRole('button', { name, exact: true });
      for (let i = 0; i < 40 && !(await wanted.evaluate((one) => one === document.activeElement)); i += 1) await ada.key('Tab');
      await expect(wanted).toBeFocused();
    };
    await tabTo('Menu');
    await ada.key('Enter');
    await expect(page.getByRole('button', { name: 'Rename this board' })).toBeVisible();
    await tabTo('Rename this board');
    await ada.key('Enter');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('Spring plan');
    await expect(field(page)).toBeInViewport({ ratio: 1 });
    const box = await field(page).boundingBox();
    expect(box?.width).toBeGreaterThan(200);
    const hit = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.className,
      [(box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + 20] as const);
    expect(hit, 'nothing lies on what is typed').toBe('title-field');
    await ada.key('Enter');
    await expect(field(page)).not.toBeFocused();
    await expect(page).toHaveTitle(/^Spring plan /);
    // Once more: what is typed takes the place of the old name.
    await tabTo('Menu');
    await ada.key('Enter');
    await tabTo('Rename this board');
    await ada.key('Enter');
    await page.keyboard.type('Autumn');
    await ada.key('Enter');
    await expect(page).toHaveTitle(/^Autumn /);
  });
}

test('a name has all the room of its corner, and is not shown where that is hardly any', async ({ open }) => {
  const ada = await open();
  for (let i = 0; i < 3; i += 1) await open();
  const { page } = ada;
  await field(page).fill('Everything that the keepers of the bridge have to know');
  await ada.key('Enter');
  const room = () => page.evaluate(() => {
    const [island, field] = ['.menu-place', '.title-field'].map((one) => document.querySelector(one)?.getBoundingClientRect());
    const hit = field && document.elementFromPoint(field.left + field.width / 2, field.top + field.height / 2);
    const seen = island && field && hit?.matches('.title-field');
    return { width: seen ? field.width : 0, spare: seen ? island.right - field.right : 0 };
  });
  for (const [width, height] of [[1280, 800], [844, 390], [640, 400], [640, 360], [360, 640], [820, 1180], [900, 640]] as const) {
    await page.setViewportSize({ width, height });
    const { width: shown, spare } = await room();
    expect.soft(shown === 0 || shown >= 80, `${width} by ${height}: ${shown} px`).toBe(true);
    expect.soft(spare, `${width} by ${height}`).toBeLessThanOrEqual(8);
    if (width >= 1280) expect.soft(shown).toBeGreaterThan(290);
  }
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
