/** Before the engine and the board are there, and on paper: nothing is lost, and nothing is blank. */
import { expect, test } from './support/fixtures';
import { BoardPage } from './support/board-page';

test('what one takes and draws before the engine has come is there when it has', async ({ server, board, page, stored }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/b/${board}`);
  const ada = new BoardPage(page);
  const rectangle = page.getByRole('radio', { name: 'Rectangle', exact: true });
  await rectangle.click();
  await expect(rectangle, 'the bar shows what one has taken').toBeChecked();
  await page.mouse.move(500, 300);
  await page.mouse.down();
  await page.mouse.move(700, 400, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByText('Opening the board')).toBeVisible();
  release();
  await ada.saved();
  await ada.shows('scene', { x: 490, y: 290, width: 20, height: 20 });
  await expect.poll(stored).toHaveLength(1);
});

test('a key pressed before the page’s script has come asks for a picture when it has', async ({ server, board, page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await page.route('**/assets/index-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/b/${board}`, { waitUntil: 'commit' });
  await expect(page.locator('#app')).toBeAttached();
  const asked = page.waitForEvent('filechooser');
  await page.keyboard.press('9');
  release();
  expect((await asked).isMultiple()).toBe(true);
});

test('who is asked too late for a picture is asked by a button', async ({ open }) => {
  const { page } = await open();
  await page.evaluate(() => Object.defineProperty(navigator, 'userActivation', { value: { isActive: false }, configurable: true }));
  await page.keyboard.press('9');
  const choose = page.getByRole('button', { name: 'Choose', exact: true });
  await expect(choose).toBeVisible();
  await page.evaluate(() => Reflect.deleteProperty(navigator, 'userActivation'));
  const asked = page.waitForEvent('filechooser');
  await choose.click();
  await asked;
});

test('a sheet of paper shows all of the board, light, and nothing else', async ({ open }) => {
  const ada = await open({ options: { colorScheme: 'dark' } });
  await ada.take('Rectangle');
  await ada.drag([500, 300], [700, 400]);
  await ada.key('Escape');
  await ada.page.mouse.move(640, 600);
  await ada.page.mouse.wheel(5000, 0);
  await ada.isBlank('scene', { x: 0, y: 0, width: 1280, height: 800 });
  await ada.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await ada.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(ada.page.locator('.toolbar')).toBeHidden();
  await ada.shows('scene', { x: 300, y: 250, width: 400, height: 220 });
  const ground = await ada.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(ground).toBe('light');
  await ada.page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await ada.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await ada.isBlank('scene', { x: 0, y: 0, width: 1280, height: 800 });
  await expect(ada.page.locator('.zoom-value')).toHaveText('100%');
});

test('what is filled is on paper without a seam', async ({ open }) => {
  // A printer's pixels, of which none is one of the page's.
  const ada = await open({ options: { deviceScaleFactor: 1.37, colorScheme: 'light' } });
  await ada.take('Rectangle');
  await ada.page.getByRole('radio', { name: 'Fill: Blue' }).click();
  await ada.drag([300, 150], [1200, 700]);
  await ada.saved();
  await ada.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await ada.page.emulateMedia({ media: 'print' });
  const across = { x: 150, y: 300, width: 680, height: 2 };
  const down = { x: 480, y: 150, width: 2, height: 400 };
  const colors = async () => new Set([...(await ada.colors(across)), ...(await ada.colors(down))]);
  await expect.poll(async () => (await colors()).size).toBe(1);
  expect([...(await colors())], 'the fill, and not bare paper').not.toEqual(['255,255,255']);
});

test('an undo out of view says so, and shows it when asked', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [700, 400]);
  await ada.page.mouse.move(640, 600);
  await ada.page.mouse.wheel(5000, 0);
  await ada.key('Control+z');
  await ada.key('Control+Shift+z');
  await ada.page.getByRole('button', { name: 'Show', exact: true }).click();
  await ada.shows('scene', { x: 300, y: 100, width: 700, height: 600 });
});
