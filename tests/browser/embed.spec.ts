/** A board within another site's page. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { path } from './support/board-page';
import { expect, test as base } from './support/fixtures';
import { Server } from './support/server';

interface Fixtures {
  /** Another site: gives the address of a page that shows an address of the server in a frame. */
  host: (shown: string) => string;
}

const test = base.extend<Fixtures>({
  host: async ({}, use) => {
    const site = createServer((asked, answer) => {
      const shown = new URL(asked.url ?? '/', 'http://host').searchParams.get('shown') ?? '';
      answer.setHeader('content-type', 'text/html');
      answer.end(`<!doctype html><title>Host</title><iframe src="${shown}" style="width:800px;height:500px"></iframe>`);
    }).listen(0, 'localhost');
    await once(site, 'listening');
    const { port } = site.address() as AddressInfo;
    await use((shown) => `http://localhost:${port}/?shown=${encodeURIComponent(shown)}`);
    site.close();
  },
  server: async ({ host }, use) => {
    const server = await Server.create(undefined, ['--embed-origin', new URL(host('')).origin]);
    await use(server);
    await server.remove();
  },
});

const frameOf = (page: Page) => page.frameLocator('iframe');

test('a board is drawn on within the page of a host that may have it', async ({ open, host, server, board, page, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [500, 400]);
  await ada.saved();
  await page.goto(host(`${server.url}/embed/${board}?theme=dark`));
  const frame = frameOf(page);
  await expect(frame.getByRole('button', { name: 'Share' })).toHaveCount(0);
  await expect(frame.locator('html')).toHaveAttribute('data-dark', '');
  await frame.getByRole('radio', { name: 'Pen' }).click();
  const box = await page.locator('iframe').boundingBox();
  if (!box) throw new Error('no frame');
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 260, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await stored()).length).toBe(2);
  await expect(frame.getByRole('link')).toHaveAttribute('href', `/b/${board}`);
});

test('a board that is only shown follows the others and takes nothing', async ({ open, host, server, board, page, stored }) => {
  const ada = await open();
  await page.goto(host(`${server.url}/embed/${board}?view`));
  const frame = frameOf(page);
  await expect(frame.getByRole('radiogroup')).toHaveCount(0);
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [500, 300]));
  await ada.saved();
  await expect(frame.getByRole('button', { name: 'Zoom to fit' })).toBeVisible();
  await page.locator('iframe').click({ position: { x: 300, y: 200 } });
  // The keyboard goes along: nothing is selected on the page around it.
  for (const key of ['Control+a', 'Delete', 'r']) await page.keyboard.press(key);
  expect(await page.evaluate(() => getSelection()?.isCollapsed ?? true)).toBe(true);
  await page.mouse.move(300, 250);
  await page.mouse.down();
  await page.mouse.move(450, 330, { steps: 5 });
  await page.mouse.up();
  await ada.saved();
  expect((await stored()).length).toBe(1);
});

test('a wheel scrolls the page around it until somebody presses the board', async ({ open, host, server, board, page }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.draw([300, 300], [500, 400]);
  await ada.saved();
  await page.setViewportSize({ width: 900, height: 400 });
  await page.goto(host(`${server.url}/embed/${board}`));
  const frame = frameOf(page);
  const place = () => frame.locator('.scene > *').first().boundingBox();
  await expect(frame.getByRole('button', { name: 'Zoom in' })).toBeVisible();
  await page.mouse.move(300, 200);
  await page.mouse.wheel(0, 60);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await page.mouse.click(300, 200);
  const [before, scrolled] = [await place(), await page.evaluate(() => scrollY)];
  await page.mouse.wheel(0, 60);
  await expect.poll(place).not.toEqual(before);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
});

test('no other site may have it', async ({ host, server, board, page }) => {
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.goto(host(`${server.url}/b/${board}`));
  await refused;
  const answer = await fetch(`${server.url}/embed/${board}`);
  expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${new URL(host('')).origin}`);
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
});

test('an address that is no board’s says so within the page around it', async ({ host, server, page }) => {
  await page.goto(host(`${server.url}/embed/not%20a%20board`));
  await expect(frameOf(page).getByRole('heading')).toHaveText('This is no board’s address');
});
