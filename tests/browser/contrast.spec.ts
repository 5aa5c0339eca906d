/** What can be seen and heard by everybody: axe on every face of the page, and themes of the system's own colours. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { faults } from './support/faults';
import { expect, test } from './support/fixtures';

/** Every face of a board, and what opens it. */
const FACES: readonly (readonly [name: string, open: (ada: BoardPage) => Promise<unknown>])[] = [
  ['an empty board', async () => undefined],
  ['a selected box', async (ada) => {
    await ada.take('Rectangle');
    await ada.drag([500, 300], [600, 400]);
    await expect(ada.page.getByRole('button', { name: 'Send to back' })).toBeVisible();
  }],
  ['any colour', async (ada) => {
    await ada.take('Rectangle');
    await ada.drag([500, 300], [600, 400]);
    await ada.page.getByRole('button', { name: 'Stroke: any colour' }).click();
    await expect(ada.page.getByRole('slider', { name: 'Stroke: opacity' })).toBeVisible();
  }],
  ['several that differ', async (ada) => {
    for (const [color, x] of [['Red', 500], ['Blue', 700]] as const) {
      await ada.take('Rectangle');
      await ada.page.getByRole('radio', { name: `Stroke: ${color}` }).click();
      await ada.drag([x, 300], [x + 100, 400]);
    }
    await ada.key('Control+a');
    await expect(ada.page.getByText('mixed')).toBeVisible();
  }],
  ['a text', async (ada) => {
    await ada.take('Text');
    await ada.click([400, 500]);
    await ada.page.keyboard.type('bridge');
  }],
  ['the menu', async ({ page }) => page.getByRole('button', { name: 'Menu' }).click()],
  ['people', async ({ page }) => page.getByRole('button', { name: /^People/ }).click()],
  ['the connection', async ({ connection }) => connection.getByRole('button').click()],
  ['a panel that is folded, and open', async ({ page }) => {
    await page.getByRole('radio', { name: 'Pen', exact: true }).click();
    await page.getByRole('button', { name: 'Fold this panel' }).click();
    await page.getByRole('button', { name: 'Style', exact: true }).click();
  }],
  ['the address to copy', async ({ page }) => {
    await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.reject() }));
    await page.getByRole('button', { name: /^Share/ }).click();
    await expect(page.getByRole('textbox', { name: /link/ })).toBeVisible();
  }],
  ['help', async ({ page }) => {
    await page.getByRole('button', { name: 'Help' }).click();
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  }],
  ['a picture to be exported', async (ada) => {
    await ada.take('Rectangle');
    await ada.drag([500, 300], [600, 400]);
    await ada.key('Control+Shift+e');
    const dialog = ada.page.getByRole('dialog', { name: 'Export picture' });
    await dialog.getByRole('radio', { name: 'Format: SVG' }).click();
    await expect(dialog.getByRole('button', { name: 'Download' })).toBeEnabled();
    await expect(dialog.getByText('Making the file…')).toBeHidden();
  }],
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, show] of FACES) {
    test(`${name}, in ${colorScheme}, keeps nobody out`, async ({ open }) => {
      // Without motion nothing is looked at while it still fades in.
      const ada = await open({ options: { colorScheme, reducedMotion: 'reduce' } });
      await expect(ada.page.locator('#menu-popover > *').first()).toBeAttached();
      await show(ada);
      expect(await faults(ada.page)).toEqual([]);
    });
  }

  test(`a telephone in ${colorScheme} keeps nobody out`, async ({ open }) => {
    const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
    const ada = await open({ options: { ...phone, colorScheme, reducedMotion: 'reduce' } });
    await ada.page.getByRole('radio', { name: 'Pen', exact: true }).tap();
    await ada.page.getByRole('button', { name: 'Style' }).tap();
    expect(await faults(ada.page)).toEqual([]);
    await ada.page.getByRole('button', { name: 'More' }).tap();
    expect(await faults(ada.page)).toEqual([]);
  });

  test(`the start page in ${colorScheme} keeps nobody out`, async ({ browser, server, open }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    await open({ browser: context });
    const page = await context.newPage();
    await page.goto(server.url);
    await expect(page.getByRole('link', { name: 'New board' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: /^More about/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    expect(await faults(page)).toEqual([]);
    await context.close();
  });

  test(`who comes by a link in ${colorScheme} is not kept out`, async ({ open }) => {
    const ada = await open();
    await ada.take('Rectangle');
    await ada.drag([500, 300], [600, 400]);
    await ada.saved();
    const { page } = await open({ options: { colorScheme, reducedMotion: 'reduce' } });
    await expect(page.getByRole('region', { name: 'Who you are here' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });

  test(`what says no in ${colorScheme} keeps nobody out`, async ({ browser, server }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${server.url}/b/nobody-drew-here`);
    await expect(page.getByRole('button', { name: 'Start a board here' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    for (const address of ['/b/a%20space', '/nothing-here']) {
      await page.goto(`${server.url}${address}`);
      await expect(page.getByRole('link', { name: 'New board' })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    }
    await context.close();
  });
}

test('initials can be read on every colour that is offered', async ({ open }) => {
  const ada = await open({ options: { reducedMotion: 'reduce' } });
  const { page } = ada;
  await page.getByRole('button', { name: /^People/ }).click();
  const colors = page.locator('.person-color');
  await expect(colors.first()).toBeVisible();
  for (const color of await colors.all()) {
    await color.click();
    const { violations } = await new AxeBuilder({ page }).include('.people').withRules('color-contrast').analyze();
    expect(violations).toEqual([]);
  }
});

/** Whether all pixels of a part of the page are the same. */
async function isPlain(page: Page, selector: string): Promise<boolean> {
  const picture = (await page.locator(selector).first().screenshot()).toString('base64');
  return page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (byte) => byte.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const data = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer());
    return data.every((pixel) => pixel === data[0]);
  }, picture);
}

test('with the system\'s own colours, swatches keep theirs and what is chosen has an outline', async ({ open }) => {
  const ada = await open({ options: { forcedColors: 'active' } });
  const { page } = ada;
  await ada.take('Rectangle');
  const outline = (name: string) =>
    page.getByRole('radio', { name, exact: true }).evaluate((button) => getComputedStyle(button).outlineStyle);
  expect(await outline('Rectangle')).toBe('solid');
  expect(await outline('Ellipse')).toBe('none');
  await expect(page.getByRole('radio', { name: 'Stroke width: Medium' })).toBeChecked();
  expect(await outline('Stroke width: Medium')).toBe('solid');
  expect(await outline('Stroke width: Bold')).toBe('none');
  const color = (selector: string) =>
    page.locator(selector).first().evaluate((face) => getComputedStyle(face).backgroundColor);
  expect(await color('[aria-label="Stroke: Red"] .swatch-face')).toBe('rgb(224, 49, 49)');
  expect(await isPlain(page, '[aria-label="Stroke width: Bold"]')).toBe(false);
  expect(await isPlain(page, '.people .avatar')).toBe(false);
  const edge = (part: Locator) => part.evaluate((part) => getComputedStyle(part).borderTopStyle);
  expect(await edge(page.getByRole('button', { name: /^Share/ }))).toBe('solid');
  await page.getByRole('button', { name: /^People/ }).click();
  const offered = await page.locator('.person-color').evaluateAll((faces: HTMLElement[]) =>
    faces.map((face) => getComputedStyle(face).backgroundColor === face.style.backgroundColor));
  expect(offered.length).toBeGreaterThan(1);
  expect(offered).not.toContain(false);
  await page.goto(new URL('/', page.url()).href);
  for (const part of [page.locator('.card').first(), page.getByRole('button', { name: 'Open', exact: true })]) {
    expect(await edge(part)).toBe('solid');
  }
});
