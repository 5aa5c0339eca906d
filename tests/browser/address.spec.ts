/** Addresses: which are believed, which are asked about, which are refused, and the way on from each. */
import { type Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { grid, seed } from './support/seed';

const question = (page: Page) => page.getByRole('heading', { name: 'Nothing has been drawn at this address' });

test('a link sent before the first stroke is believed', async ({ open }) => {
  const ada = await open();
  await expect(question(ada.page)).toBeHidden();
  await expect(ada.page.getByText('An empty board')).toBeVisible();
});

for (const [name, change] of [
  ['a link that lost its end', (board: string) => board.slice(0, -2)],
  ['a name that somebody thought of', () => 'team-meeting'],
] as const) {
  test(`${name} is asked about, and may become a board`, async ({ browser, server, board, complaints }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await complaints.listen(page, () => false);
    const address = `${server.url}/b/${change(board)}`;
    await page.goto(address);
    await expect(question(page)).toBeVisible();
    await expect(page.getByText('Is the link complete?')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Your boards' })).toBeVisible();
    // Looking leaves nothing behind, here or there.
    await page.reload();
    await expect(question(page)).toBeVisible();

    const other = await context.newPage();
    await page.getByRole('button', { name: 'Start a board here' }).click();
    const status = (of: Page) => of.getByRole('status', { name: 'Connection' });
    await expect(status(page)).toHaveAttribute('data-state', 'saved');
    await expect(question(page)).toBeHidden();
    // Somebody is there now, so the next to come is not asked, and neither is the one who comes back.
    const friend = await browser.newPage();
    await friend.goto(address);
    await expect(status(friend)).toHaveAttribute('data-state', 'saved');
    await expect(question(friend)).toBeHidden();
    await friend.close();
    await page.close();
    await other.goto(address);
    await expect(status(other)).toHaveAttribute('data-state', 'saved');
    await expect(question(other)).toBeHidden();
    await context.close();
  });
}

test('whoever has the address of a board that was drawn on is not asked', async ({ browser, open, server }) => {
  // As names were made before they had a check.
  const old = 'abcdefghijklmnopqrstuv';
  const page = await browser.newPage();
  await page.goto(server.url);
  await seed(page, server, old, grid(3, 1, 100));
  await page.close();
  const bob = await open({ board: old });
  await bob.showsBands(3);
  await expect(question(bob.page)).toBeHidden();
});

test('a bad address says what is wrong with it and how to go on', async ({ browser, server }) => {
  for (const [address, says] of [
    ['/b/no%20board', 'This address has a space in it.'],
    ['/nowhere', 'There is no page at this address.'],
  ] as const) {
    const page = await browser.newPage({ colorScheme: 'dark' });
    const answer = await page.goto(server.url + address);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText(says)).toBeVisible();
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(ground, 'in the dark the page is dark').toBe('rgb(18, 19, 18)');
    await expect(page.getByRole('link', { name: 'Your boards' })).toHaveAttribute('href', '/');
    await page.getByRole('link', { name: 'New board' }).click();
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveAttribute('data-state', 'saved');
    await page.close();
  }
});

test('without JavaScript or WebAssembly the page says so where one looks', async ({ browser, server, board }) => {
  const bare = await browser.newPage({ javaScriptEnabled: false });
  await bare.goto(`${server.url}/b/${board}`);
  const notice = bare.locator('noscript').getByRole('heading', { name: 'Drawbridge needs JavaScript' });
  await expect(notice).toBeInViewport();
  await bare.close();
  const page = await browser.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto(`${server.url}/b/${board}`);
  await expect(page.getByText('WebAssembly, which this browser does not have')).toBeInViewport();
  await page.close();
});
