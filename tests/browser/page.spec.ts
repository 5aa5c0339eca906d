/** The page around the board: start, share, appearance, keys. */
import type { Page } from '@playwright/test';
import { bill, firstVisit, forLater, total } from './support/first-visit';
import { expect, test } from './support/fixtures';

/** Most bytes of a first visit to a board: two seconds on a slow telephone's megabit, as sent, fonts apart. */
const FIRST_LOAD = 328_800;
/** Most bytes of the built page that are left for later, counted likewise: the late half of the engine is most of it. */
const LATER = 170_500;

test('the start page makes a board and remembers it', async ({ browser, server, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  await page.getByRole('link', { name: 'New board' }).click();
  await expect(page).toHaveURL(/\/b\/[A-Za-z0-9_-]{22}[A-Za-z0-9]$/);
  const status = page.getByRole('status', { name: 'Connection' });
  await expect(status).toHaveAttribute('data-state', 'saved');
  const board = new URL(page.url()).pathname;
  await page.goto(server.url);
  await expect(page.locator(`a[href="${board}"]`)).toBeVisible();
  await page.close();
});

test('Share copies the link', async ({ open }) => {
  const ada = await open({ options: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await ada.page.getByRole('button', { name: /^Share/ }).click();
  const copied = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(ada.page.url());
});

test('a first visit to a board loads little, and the rest is little too', async ({ browser, server, board, complaints }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  const first = await firstVisit(page, `${server.url}/b/${board}`);
  const later = await forLater(first);
  await context.close();
  const bills = [bill('a first visit', first, FIRST_LOAD), bill('for later', later, LATER)];
  console.log(bills.join('\n'));
  expect(first.some(({ path }) => path.endsWith('.wasm')), 'the engine was loaded').toBe(true);
  expect(total(first), bills[0]).toBeLessThanOrEqual(FIRST_LOAD);
  expect(total(later), bills[1]).toBeLessThanOrEqual(LATER);
});

test('a board without text fetches no font', async ({ browser, server, board, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/b/${board}`);
  const status = page.getByRole('status', { name: 'Connection' });
  await expect(status).toHaveAttribute('data-state', 'saved');
  expect(fetched.some((path) => path.endsWith('.wasm'))).toBe(true);
  expect(fetched.filter((path) => path.endsWith('.woff2'))).toEqual([]);
  await page.close();
});

test('dark turns the board over', async ({ open }) => {
  const ada = await open({ options: { colorScheme: 'dark' } });
  await expect.poll(() => background(ada.page)).toBeLessThan(60);
  const bob = await open({ options: { colorScheme: 'light' } });
  await expect.poll(() => background(bob.page)).toBeGreaterThan(200);
});

/** How light the board is, 0 to 255. */
async function background(page: Page): Promise<number> {
  const color = await page.locator('#stage').evaluate((stage) => getComputedStyle(stage).backgroundColor);
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
