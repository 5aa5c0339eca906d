/** The bars around the board: connection, sharing, help, and the line that says what keys do. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';

const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const story = (page: Page) => page.getByRole('group', { name: 'Connection' });

test('the connection tells its story to a finger, and connects at once when asked', async ({ open, line }) => {
  const link = await line();
  const ada = await open({ via: link, options: phone });
  const { page } = ada;
  await ada.connection.getByRole('button').tap();
  await expect(story(page)).toBeVisible();
  await expect(story(page)).toContainText('Everything is saved on the server.');
  await expect(story(page).getByRole('button')).toHaveCount(0);
  // Whatever would try by itself comes too late for this test.
  await page.evaluate(() => {
    const wait = window.setTimeout;
    window.setTimeout = ((work: () => void, ms = 0) => wait(work, ms >= 200 ? 1e9 : ms)) as typeof setTimeout;
  });
  link.cut();
  await expect(story(page)).toContainText('No connection.');
  link.mend();
  await story(page).getByRole('button', { name: 'Try now' }).tap();
  await ada.saved();
  await expect(story(page)).toContainText('Everything is saved on the server.');
});

test('what waits can be downloaded from the connection', async ({ open, line }) => {
  const link = await line();
  const ada = await open({ via: link });
  const { page } = ada;
  link.cut();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [600, 400]);
  await ada.waiting(1);
  await ada.connection.getByRole('button').focus();
  await ada.key('Enter');
  await expect(story(page)).toBeVisible();
  await expect(story(page)).toContainText('1 change kept in this browser');
  const download = page.waitForEvent('download');
  await story(page).getByRole('button', { name: 'Download my changes' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
});

test('Share says so in words', async ({ open }) => {
  const ada = await open({ options: { ...phone, permissions: ['clipboard-read', 'clipboard-write'] } });
  await ada.page.getByRole('button', { name: /^Share/ }).tap();
  await expect(ada.page.getByText('Link copied')).toBeVisible();
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(ada.page.url());
});

test('where fingers are used, Share is what the device has for it', async ({ browser, open }) => {
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    // Chromium has none here; what the page asks of it is what counts.
    Object.assign(navigator, { share: async (shared: ShareData) => Object.assign(window, { shared }) });
  });
  const ada = await open({ browser: context });
  await ada.page.getByRole('button', { name: /^Share/ }).tap();
  await expect.poll(() => ada.page.evaluate(() => Reflect.get(window, 'shared'))).toMatchObject({ url: ada.page.url() });
  await expect(ada.page.getByText('Link copied')).toHaveCount(0);
  await context.close();
});

test('help is in the corner, and its headings stand side by side', async ({ open }) => {
  // Without motion nothing is measured while it still moves.
  const ada = await open({ options: { reducedMotion: 'reduce' } });
  await ada.page.getByRole('button', { name: 'Help' }).click();
  const help = ada.page.getByRole('dialog', { name: 'Help' });
  const top = async (name: string) => (await help.getByRole('heading', { name }).boundingBox())?.y;
  const [tools, edit, view] = [await top('Tools'), await top('Edit'), await top('View')];
  expect(edit).toBe(tools);
  expect(view).toBe(tools);
  await expect(help.getByRole('heading', { name: 'With fingers' })).toHaveCount(0);
  for (const [what, keys] of [['Pen', 'PD7'], ['Move a copy', 'AltDrag'], ['Type or open, or draw in the middle', 'Enter']] as const) {
    const line = help.locator('dl > div').filter({ hasText: new RegExp(`^${what}`) });
    await expect(line.locator('dd')).toHaveText(keys);
  }
});

test('on a telephone help is about fingers', async ({ open }) => {
  const ada = await open({ options: phone });
  await ada.page.getByRole('button', { name: 'Menu' }).tap();
  await ada.page.getByRole('button', { name: 'Help' }).tap();
  const help = ada.page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByText('Two fingers')).toBeVisible();
  await expect(help.getByRole('heading', { name: 'Tools' })).toBeHidden();
});

test('a line says what keys do with a tool, three times', async ({ open }) => {
  const ada = await open();
  const hint = ada.page.getByText('from the centre');
  for (let i = 0; i < 3; i += 1) {
    await ada.key('r');
    await expect(hint).toBeVisible();
    await ada.key('h');
    await expect(hint).toHaveCount(0);
    await expect(ada.page.getByRole('radio', { name: 'Hand', exact: true })).toBeChecked();
  }
  await ada.key('r');
  await expect(ada.page.getByRole('radio', { name: 'Rectangle', exact: true })).toBeChecked();
  await expect(hint).toHaveCount(0);
  await ada.key('o');
  await expect(hint, 'another tool is another matter').toBeVisible();
});

test('the line about keys lies on nothing, and telephones have none', async ({ open }) => {
  const ada = await open({ options: { viewport: { width: 800, height: 600 } } });
  const hint = ada.page.locator('.tool-hint');
  await ada.key('r');
  await expect(hint).toBeVisible();
  const overlaps = await ada.page.evaluate(() => {
    const line = document.querySelector('.tool-hint')?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll('.chrome .island, .style-panel')].map((one) => one.getBoundingClientRect())
      .filter((a) => a.left < line.right && line.left < a.right && a.top < line.bottom && line.top < a.bottom).length;
  });
  expect(overlaps).toBe(0);
  const pocket = await open({ options: phone });
  await pocket.page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  await expect(pocket.page.locator('.tool-hint')).toBeHidden();
});

test('while one types a text the line says how that ends', async ({ open }) => {
  const ada = await open();
  const hint = ada.page.locator('.tool-hint');
  await expect(hint).toContainText('adds to the selection');
  for (let times = 0; times < 3; times += 1) {
    await ada.take('Text');
    await ada.click([400, 200 + 100 * times]);
    await expect(ada.textField).toBeFocused();
    await ada.page.keyboard.type('Words');
    await expect(hint).toHaveText(/^Enter a new line\s*Escape Ctrl\+Enter ends the text$/);
    await ada.key(times % 2 ? 'Escape' : 'Control+Enter');
    await expect(ada.textField).toBeHidden();
    await expect(hint.getByText('ends the text')).toHaveCount(0);
  }
  await ada.take('Text');
  await ada.click([400, 600]);
  await expect(ada.textField).toBeFocused();
  await expect(hint, 'who has read it so often knows it').toHaveCount(0);
});
