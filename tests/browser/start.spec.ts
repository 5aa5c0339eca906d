/** The start page: one's boards with names and pictures, and what can be done with them there. */
import { type BrowserContext, type Locator, type Page, devices } from '@playwright/test';
import * as Y from 'yjs';
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';
import type { Server } from './support/server';

/** How a board's title stands on the server. */
const titleOf = async (server: Server, board: string) => (await server.document(board)).getMap('board').get('title');

const card = (page: Page, name: string) => page.locator('.card', { has: page.getByRole('link', { name, exact: true }) });

/** Opens the menu of a board's card and takes a line of it. */
async function choose(page: Page, name: string, deed: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${name}` }).click();
  await page.getByRole('menuitem', { name: deed }).click();
}

/** A browser in which these boards were opened; the first one latest. */
async function remember(context: BrowserContext, boards: readonly string[], title = ''): Promise<void> {
  await context.addInitScript(([boards, title]) => {
    const list = boards.map((id, i) => ({ id, first: 1, last: 1_700_000_000_000 - i * 1_000, title, words: '' }));
    if (!localStorage.getItem('drawbridge.boards')) localStorage.setItem('drawbridge.boards', JSON.stringify(list));
  }, [boards, title] as const);
}

test('a card has the board’s name, and its picture in both themes', async ({ open, server, board }) => {
  const ada = await open({ options: { colorScheme: 'light' } });
  await ada.take('Rectangle');
  await ada.draw(...path([300, 300], [700, 600]));
  await ada.page.getByRole('textbox', { name: 'Name of this board' }).fill('Drawn');
  await ada.key('Enter');
  await ada.saved();
  const kept = () => ada.page.evaluate(async (board) => new Promise<boolean>((done) => {
    const request = indexedDB.open('drawbridge');
    request.onsuccess = () => {
      const wanted = request.result.transaction('pictures').objectStore('pictures').get(board);
      wanted.onsuccess = () => (request.result.close(), done(wanted.result !== undefined));
    };
  }), board);
  await expect.poll(kept).toBe(true);
  const start = await ada.page.context().newPage();
  await start.goto(server.url);
  const picture = card(start, 'Drawn').locator('canvas');
  for (const theme of ['light', 'dark'] as const) {
    await start.emulateMedia({ colorScheme: theme });
    await expect(picture).toHaveAttribute('data-drawn', theme);
    const { ink, columns } = await picture.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      const seen = new Set<number>();
      let [sum, count] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if ((data[i + 3] ?? 0) < 200) continue;
        seen.add((i / 4) % width);
        [sum, count] = [sum + (data[i] ?? 0), count + 1];
      }
      return { ink: sum / count, columns: seen.size / width };
    });
    // All of the drawing, as large as the card lets it be.
    expect(columns).toBeGreaterThan(0.6);
    if (theme === 'light') expect(ink).toBeLessThan(80);
    else expect(ink).toBeGreaterThan(180);
  }
});

/** How much of a card's picture is painted, from its left to its right; 0 while there is none. */
function breadthOf(picture: Locator): Promise<number> {
  return picture.evaluate((canvas: HTMLCanvasElement) => {
    if (!canvas.dataset['drawn']) return 0;
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    const columns = new Set<number>();
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 100) columns.add(((i - 3) / 4) % width);
    return columns.size / width;
  });
}

test('a card shows what was drawn just before somebody left, by the address', async ({ open, server }) => {
  const ada = await open({ board: 'quay' });
  await ada.take('Rectangle');
  await ada.draw(...path([300, 300], [700, 400]));
  await ada.page.goto(server.url);
  await expect.poll(() => breadthOf(card(ada.page, 'quay').locator('canvas'))).toBeGreaterThan(0.6);
});

test('a card shows what was drawn after its picture was made, by whomever', async ({ open, server }) => {
  const ada = await open({ board: 'quay' });
  const start = await ada.page.context().newPage();
  await start.goto(server.url);
  const picture = card(start, 'quay').locator('canvas');
  await ada.page.bringToFront();
  await ada.take('Rectangle');
  // Upright: a picture of this alone is narrow.
  await ada.draw(...path([300, 200], [340, 600]));
  await ada.saved();
  // It is settled after a second, and shown at once where the start page is open.
  await expect.poll(() => breadthOf(picture)).toBeGreaterThan(0);
  expect(await breadthOf(picture)).toBeLessThan(0.2);
  const bob = await open({ board: 'quay' });
  await bob.take('Rectangle');
  await bob.draw(...path([700, 200], [900, 600]));
  await bob.saved();
  await ada.shows('scene', { x: 690, y: 300, width: 20, height: 20 });
  await ada.page.close({ runBeforeUnload: true });
  await expect.poll(() => breadthOf(picture)).toBeGreaterThan(0.25);
});

test('a card whose picture this browser has lost shows the server’s, in both themes', async ({ open, context, server }) => {
  const ada = await open({ board: 'quay' });
  await ada.take('Rectangle');
  await ada.draw(...path([300, 300], [700, 400]));
  await ada.saved();
  await remember(context, ['quay'], 'Quay');
  const start = await context.newPage();
  for (const theme of ['light', 'dark'] as const) {
    await start.emulateMedia({ colorScheme: theme });
    const served = start.waitForResponse((answer) => answer.url().includes(`/v1/boards/quay/picture.png`));
    await start.goto(server.url);
    expect(new URL((await served).url()).searchParams.get('theme')).toBe(theme);
    await expect.poll(() => breadthOf(card(start, 'Quay').locator('canvas'))).toBeGreaterThan(0.6);
  }
});

test('without network a card shows what this browser keeps', async ({ open, line }) => {
  const link = await line();
  const ada = await open({ via: link, board: 'quay' });
  link.cut();
  await ada.take('Rectangle');
  await ada.draw(...path([300, 300], [700, 400]));
  await ada.waiting(1);
  await ada.page.goto(link.url);
  await expect.poll(() => breadthOf(card(ada.page, 'quay').locator('canvas'))).toBeGreaterThan(0.6);
});

test('a board is renamed on its card, and everybody on it sees that', async ({ open, server }) => {
  const board = 'quay';
  const ada = await open({ board });
  const start = await ada.page.context().newPage();
  await start.goto(server.url);
  await choose(start, board, 'Rename');
  const name = start.getByRole('textbox', { name: 'Name of the board' });
  await expect(name).toBeFocused();
  await name.fill('Named from afar');
  await start.keyboard.press('Enter');
  await expect(card(start, 'Named from afar')).toHaveAttribute('aria-busy', 'false');
  await expect(start.getByRole('link', { name: 'Named from afar' })).toBeFocused();
  expect(await titleOf(server, board)).toBe('Named from afar');
  await expect(ada.page).toHaveTitle(/^Named from afar/);
});

test('the keyboard is where it was asked for before the next frame', async ({ browser, server, complaints }) => {
  const context = await browser.newContext();
  await remember(context, ['one', 'two']);
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  /** Clicks, and tells what has the focus when the click's own work is over and nothing has been painted. */
  const focusedBy = (button: Locator) => button.evaluate(async (element: HTMLElement) => {
    let painted = false;
    requestAnimationFrame(() => (painted = true));
    element.click();
    for (let i = 0; i < 20; i++) await undefined;
    const focused = document.activeElement;
    return painted ? 'painted' : focused?.getAttribute('aria-label') ?? focused?.textContent;
  });
  expect(await focusedBy(page.getByRole('button', { name: 'More about two' }))).toBe('Rename');
  expect(await focusedBy(page.getByRole('menuitem', { name: 'Rename' }))).toBe('Name of the board');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'two' })).toBeFocused();
  await choose(page, 'two', 'Remove from list');
  expect(await focusedBy(page.getByRole('button', { name: 'Undo' }))).toBe('two');
  await page.goto(`${server.url}/new`);
  expect(await focusedBy(page.getByRole('button', { name: 'Help' }))).toBe('Close');
  await context.close();
});

test('without the server a board keeps its name, and the page says why', async ({ open, line }) => {
  const board = 'quay';
  const link = await line();
  const ada = await open({ via: link, board });
  await ada.page.goto(link.url);
  link.cut();
  await choose(ada.page, board, 'Rename');
  await ada.page.keyboard.type('Nowhere');
  await ada.page.keyboard.press('Enter');
  await expect(ada.page.locator('.toast')).toContainText('cannot be reached');
  await expect(card(ada.page, board)).toBeVisible();
});

test('a duplicate has what is on the board and nothing that was deleted', async ({ open, server, board }) => {
  const ada = await open();
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('secret');
  await ada.key('Escape');
  await ada.key('Delete');
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('kept');
  await ada.key('Escape');
  await ada.page.getByRole('textbox', { name: 'Name of this board' }).fill('Plan');
  await ada.key('Enter');
  await ada.saved();
  await ada.page.goto(server.url);
  await choose(ada.page, 'Plan', 'Duplicate');
  const link = ada.page.getByRole('link', { name: 'Plan (copy)', exact: true });
  await expect(link).toBeVisible();
  const copy = decodeURIComponent((await link.getAttribute('href'))?.replace('/b/', '') ?? '');
  expect(copy).not.toBe(board);
  const document = await server.document(copy);
  expect(document.getMap('elements').size).toBe(1);
  const bytes = Buffer.from(Y.encodeStateAsUpdate(document));
  expect([bytes.includes('kept'), bytes.includes('secret')]).toEqual([true, false]);
  expect(await titleOf(server, copy)).toBe('Plan (copy)');
  expect(await titleOf(server, board)).toBe('Plan');
});

test('a board that is removed from the list comes back by Undo', async ({ browser, server, complaints }) => {
  const context = await browser.newContext();
  await remember(context, ['one', 'two']);
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  await choose(page, 'two', 'Remove from list');
  await expect(card(page, 'two')).toHaveCount(0);
  await expect(page.locator('.card-new')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.card-link')).toHaveText(['one', 'two']);
  await expect(page.getByRole('link', { name: 'two' })).toBeFocused();
  await choose(page, 'one', 'Remove from list');
  await page.reload();
  await expect(page.locator('.card-link')).toHaveText(['two']);
  await context.close();
});

test('the menu opens by right click and by keyboard, and gives the focus back', async ({ browser, server, complaints }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  await remember(context, ['one']);
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  await card(page, 'one').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await page.mouse.click(5, 5);
  await expect(page.getByRole('menu')).toHaveCount(0);
  const more = page.getByRole('button', { name: 'More about one' });
  await more.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Remove from list' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await choose(page, 'one', 'Copy link');
  await expect(page.locator('.toast')).toContainText('Link copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.url}/b/one`);
  await context.close();
});

test('a finger that rests on a card opens its menu and not the board', async ({ browser, server, complaints }) => {
  const context = await browser.newContext({ ...devices['Pixel 7'] });
  await remember(context, ['one']);
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  const box = await card(page, 'one').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 40];
  const session = await context.newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await expect(page.getByRole('menu')).toBeVisible();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('menuitem', { name: 'Rename' }).tap();
  await expect(page.getByRole('textbox', { name: 'Name of the board' })).toBeFocused();
  await expect(page).toHaveURL(`${server.url}/`);
  await context.close();
});

test('from eight boards on they can be searched', async ({ browser, server, complaints }) => {
  const context = await browser.newContext();
  await remember(context, ['apple', 'pear', 'plum', 'cherry', 'fig', 'grape', 'lemon', 'Olive']);
  const page = await context.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  const search = page.getByRole('searchbox', { name: 'Search your boards' });
  await search.fill('OLI');
  await expect(page.locator('.card-link')).toHaveText(['Olive']);
  await search.fill('melon');
  await expect(page.getByText('No board here has “melon” in its name.')).toBeVisible();
  await search.fill('');
  await expect(page.locator('.card-link')).toHaveCount(8);
  await choose(page, 'pear', 'Remove from list');
  await expect(search).toHaveCount(0);
  await context.close();
});

test('a link that somebody sent is opened from its field', async ({ browser, server, board, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  const field = page.getByRole('textbox', { name: 'Open a link' });
  await field.fill('https://example.org/b/elsewhere');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('That is no link to a board here.');
  await field.fill(` ${server.url}/b/${board} `);
  await field.press('Enter');
  await expect(page).toHaveURL(`${server.url}/b/${board}`);
  await page.close();
});

test('on a telephone on its side what one needs is above the fold', async ({ browser, server }) => {
  for (const [width, height] of [[640, 360], [844, 390]] as const) {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    await page.goto(server.url);
    const button = page.getByRole('link', { name: 'New board' });
    await expect(button).toBeInViewport({ ratio: 1 });
    expect((await button.boundingBox())?.width).toBeLessThan(240);
    await context.close();
  }
});
