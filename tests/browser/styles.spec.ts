/** What things are drawn with: what is remembered, any colour, and what several have in common. */
import type { Page } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

const swatch = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
const width = (page: Page) => page.getByRole('spinbutton', { name: 'Stroke width in numbers' });
const card = (page: Page, of: string) => page.getByRole('dialog', { name: `${of}: any colour` });

async function box(ada: BoardPage, x: number): Promise<void> {
  await ada.take('Rectangle');
  await ada.drag([x, 200], [x + 100, 300]);
}

async function opened(page: Page, of: string) {
  await page.getByRole('button', { name: `${of}: any colour` }).click();
  await expect(card(page, of)).toBeVisible();
  return card(page, of);
}

test('each kind begins with what it had last, also on another board and in a tab that was open', async ({ open, server }) => {
  const ada = await open();
  const { page } = ada;
  const other = await open({ browser: page.context(), board: await server.newBoard() });
  await other.take('Pen');
  await page.bringToFront();
  await box(ada, 400);
  await swatch(page, 'Stroke width: Extra bold').click();
  await swatch(page, 'Stroke: Red').click();
  await ada.take('Pen');
  await expect(swatch(page, 'Stroke: Red')).toBeChecked();
  await expect(width(page), 'a pen has its own').toHaveValue('4');
  await width(page).fill('100');
  await ada.key('Enter');
  await ada.saved();
  await page.reload();
  await ada.saved();
  await ada.take('Ellipse');
  await expect(width(page)).toHaveValue('8');
  await other.page.bringToFront();
  await expect(width(other.page), 'the other tab has heard of it').toHaveValue('100');
  await expect(swatch(other.page, 'Stroke: Red')).toBeChecked();
});

test('any colour is typed, mixed, and offered again; others find it among those of the board', async ({ open, stored }) => {
  const [ada, ben] = [await open(), await open()];
  const { page } = ada;
  await box(ada, 400);
  const fill = await opened(page, 'Fill');
  const field = fill.getByRole('textbox', { name: 'Fill as #rrggbb' });
  await field.fill('rebeccapurple');
  await ada.key('Enter');
  await expect(field).toHaveValue('#663399');
  await field.fill('teapot');
  await ada.key('Enter');
  await expect(page.getByText('“teapot” is no colour.')).toBeVisible();
  await expect(field).toHaveValue('#663399');
  await field.fill('08f8');
  await ada.key('Enter');
  await expect(field).toHaveValue('#0088ff88');
  const through = fill.getByRole('slider', { name: 'Fill: opacity' });
  await expect(through).toHaveAttribute('aria-valuetext', '53%');
  await through.press('End');
  await expect(field).toHaveValue('#0088ff');
  const shades = fill.getByRole('radiogroup', { name: 'Fill, Shades' }).getByRole('radio');
  await expect(shades).toHaveCount(5);
  await shades.nth(1).click();
  await expect(shades.nth(1)).toBeChecked();
  const shade = await field.inputValue();
  await ada.key('Escape');
  await expect(fill).toBeHidden();
  await ada.saved();
  expect((await stored())[0]?.fill).toBe(shade);

  const again = await opened(page, 'Stroke');
  await expect(again.getByRole('radiogroup', { name: 'Stroke, Recent' }).getByRole('radio')).toHaveCount(1);
  await box(ben, 600);
  const bens = await opened(ben.page, 'Stroke');
  await expect(bens.getByRole('radiogroup', { name: 'Stroke, Recent' })).toHaveCount(0);
  await bens.getByRole('radio', { name: `Stroke: ${shade}` }).click();
  await ben.saved();
  expect((await stored())[1]?.stroke).toBe(shade);
});

test('a colour of the screen is taken where the browser can, in the dark by what it is shown of', async ({ open, stored }) => {
  for (const [colorScheme, wanted] of [['light', /^#ff7b7b$/], ['dark', /^#e03131$/]] as const) {
    const ada = await open({ options: { colorScheme } });
    const { page } = ada;
    await page.addInitScript(() => Object.assign(window, {
      EyeDropper: class { open() { return Promise.resolve({ sRGBHex: '#ff7b7b' }); } },
    }));
    await page.reload();
    await ada.saved();
    await box(ada, colorScheme === 'light' ? 400 : 600);
    const stroke = await opened(page, 'Stroke');
    await stroke.getByRole('button', { name: 'Pick from the screen' }).click();
    await expect(stroke.getByRole('textbox', { name: 'Stroke as #rrggbb' })).toHaveValue(wanted);
    await ada.saved();
    expect((await stored()).at(-1)?.stroke).toMatch(wanted);
  }
});

test('by keys: a colour is found, chosen and left, and the board goes on', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await box(ada, 400);
  await page.getByRole('button', { name: 'Stroke: any colour' }).focus();
  await ada.key('Enter');
  const stroke = card(page, 'Stroke');
  await expect(stroke).toBeVisible();
  await ada.key('Tab');
  await expect(stroke.getByRole('radio').first()).toBeFocused();
  await ada.key('ArrowRight');
  await expect(stroke.getByRole('radio').nth(1)).toBeChecked();
  await ada.key('Escape');
  await expect(stroke).toBeHidden();
  await expect(page.getByRole('button', { name: 'Stroke: any colour' })).toBeFocused();
  await ada.saved();
  expect((await stored())[0]?.stroke).toMatch(/^#[0-9a-f]{6}$/);
  await ada.key('Escape');
  await ada.key('Control+z');
  await ada.saved();
  expect((await stored())[0]?.stroke ?? '#1e1e1e').toBe('#1e1e1e');
});

test('of several every row says that they differ, and only what is touched changes', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await box(ada, 400);
  for (const name of [
    'Stroke: Red', 'Fill: Blue', 'Filling: Hatched', 'Stroke width: Bold', 'Dashes: Dashed', 'Sketched: Loose', 'Corners: Sharp',
  ]) await swatch(page, name).click();
  await ada.take('Ellipse');
  await ada.drag([600, 200], [700, 300]);
  for (const name of [
    'Stroke: Teal', 'Fill: Green', 'Filling: Cross-hatched', 'Stroke width: Thin', 'Dashes: Dotted', 'Sketched: Wild', 'Corners: Round',
  ]) {
    // Ellipses have no corners.
    if (await swatch(page, name).count()) await swatch(page, name).click();
  }
  await ada.key('Escape');
  await ada.key('Control+a');
  const panel = page.getByRole('group', { name: 'Style of what is drawn' });
  for (const name of ['Outline', 'Stroke', 'Fill', 'Filling', 'Dashes', 'Sketched']) {
    await expect(panel.getByRole('heading', { name: `${name} mixed` })).toBeVisible();
    await expect(panel.getByRole('radiogroup', { name, exact: true }).getByRole('radio', { checked: true })).toHaveCount(0);
  }
  await expect(width(page)).toHaveAttribute('placeholder', 'mixed');
  await expect(width(page)).toHaveValue('');
  await swatch(page, 'Stroke: Violet').click();
  await width(page).fill('0.75');
  await ada.key('Enter');
  await ada.saved();
  const [first, second] = await stored();
  expect([first?.stroke, second?.stroke]).toEqual(['#7048e8', '#7048e8']);
  expect([first?.fill, second?.fill]).toEqual(['#a5d8ff', '#b2f2bb']);
  expect([first?.look.dash, second?.look.dash]).toEqual(['dashed', 'dotted']);
  expect([first?.look.fillStyle, second?.look.fillStyle]).toEqual(['hatched', 'crossed']);
  expect([first?.look.rough, second?.look.rough]).toEqual([2, 3]);
});

test('highlighter and notes are offered colours of their own, and never none', async ({ open }) => {
  const ada = await open();
  const { page } = ada;
  await ada.key('Shift+d');
  const row = page.getByRole('radiogroup', { name: 'Colour', exact: true });
  await expect(row.getByRole('radio')).toHaveCount(8);
  await expect(swatch(page, 'Colour: Yellow')).toBeChecked();
  await expect(width(page)).toHaveValue('22');
  await expect(swatch(page, 'Stroke width: Medium')).toBeChecked();
  await ada.take('Rectangle');
  await expect(swatch(page, 'Fill: None')).toBeChecked();
  await ada.key('n');
  await expect(swatch(page, 'Paper: Yellow')).toBeChecked();
  await expect(swatch(page, 'Paper: None')).toHaveCount(0);
  await expect(swatch(page, 'Text colour: Amber')).toBeVisible();
});

test('on a telephone the card stands in the window, and what is coloured above it', async ({ open }) => {
  const ada = await open({ options: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } });
  const { page } = ada;
  await page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  await page.getByRole('button', { name: 'Style', exact: true }).tap();
  await page.getByRole('button', { name: 'Stroke: any colour' }).tap();
  const stroke = card(page, 'Stroke');
  await expect(stroke).toBeInViewport({ ratio: 1 });
  expect((await stroke.boundingBox())?.y).toBeGreaterThan(220);
  await stroke.getByRole('radio').nth(3).tap();
  await expect(stroke.getByRole('radio').nth(3)).toBeChecked();
  await page.touchscreen.tap(180, 120);
  await expect(stroke).toBeHidden();
});
