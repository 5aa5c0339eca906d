/** The style panel on a desk: where it is, how it folds, what its controls show. */
import type { Page } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { type Opening, expect, test } from './support/fixtures';

const panelOf = (page: Page) => page.getByRole('group', { name: 'Style of what is drawn' });

async function withBox(open: (opening?: Opening) => Promise<BoardPage>, opening?: Opening): Promise<BoardPage> {
  const ada = await open(opening);
  await ada.take('Rectangle');
  await ada.drag([500, 300], [600, 400]);
  await expect(panelOf(ada.page)).toBeVisible();
  return ada;
}

test('the panel folds to a disc, remembers it, and unfolds', async ({ open }) => {
  const ada = await withBox(open);
  const { page } = ada;
  const panel = panelOf(page);
  const disc = page.getByRole('button', { name: 'Style', exact: true });
  await expect(disc).toHaveCount(0);
  await page.getByRole('button', { name: 'Fold this panel' }).click();
  await expect(panel).toBeHidden();
  await expect(disc).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete' }), 'it stands beside undo now').toBeVisible();
  await ada.saved();
  await page.reload();
  await ada.saved();
  await ada.take('Pen');
  await expect(panel).toBeHidden();
  await disc.click();
  await expect(panel).toBeVisible();
  await page.getByRole('radio', { name: 'Stroke: Red' }).click();
  await ada.draw([300, 600], [400, 620]);
  await expect(panel, 'a stroke puts it away').toBeHidden();
  await disc.click();
  await page.getByRole('button', { name: 'Keep this panel open' }).click();
  await expect(panel).toBeVisible();
  await expect(disc).toHaveCount(0);
  await ada.draw([300, 650], [400, 660]);
  await expect(panel).toBeVisible();
});

test('in a low window what arranges is on top, and an edge with more behind it is shaded', async ({ open }) => {
  const ada = await withBox(open, { options: { viewport: { width: 1000, height: 520 } } });
  const { page } = ada;
  for (const name of ['Send to back', 'Bring to front', 'Duplicate', 'Delete']) {
    await expect(page.getByRole('button', { name }).first()).toBeInViewport({ ratio: 1 });
  }
  const edge = async (): Promise<string> => {
    const box = await panelOf(page).boundingBox();
    const clip = { x: (box?.x ?? 0) + 4, y: (box?.y ?? 0) + (box?.height ?? 0) - 4, width: 6, height: 3 };
    return (await page.screenshot({ clip })).toString('base64');
  };
  const shaded = await edge();
  await panelOf(page).evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  await expect.poll(edge).not.toBe(shaded);
});

test('widths are as thick as what they draw, and the slider gives small ones room', async ({ open }) => {
  const ada = await withBox(open);
  const { page } = ada;
  const thickness = await page.locator('.width-face').evaluateAll((faces) => faces.map((face) => face.clientHeight));
  expect(thickness).toEqual([1, 2, 4, 8]);
  const slider = page.getByRole('slider', { name: 'Stroke width, any' });
  const box = await slider.boundingBox();
  await slider.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
  const shown = Number(await slider.getAttribute('aria-valuetext'));
  expect(shown).toBeGreaterThan(3);
  expect(shown).toBeLessThan(12);
  // Every step of it is another width.
  await slider.focus();
  await ada.key('Home');
  const seen: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    seen.push(Number(await slider.getAttribute('aria-valuetext')));
    await ada.key('ArrowRight');
    await expect(slider).not.toHaveAttribute('aria-valuetext', String(seen.at(-1)));
  }
  expect(seen).toEqual([0.5, 0.75, 1, 1.25, 1.5]);
  await ada.key('End');
  await expect(slider).toHaveAttribute('aria-valuetext', '100');
});

test('where widths differ the slider’s thumb is hollow until it is taken', async ({ open }) => {
  const ada = await withBox(open, { options: { colorScheme: 'light' } });
  const { page } = ada;
  await page.getByRole('radio', { name: 'Stroke width: Bold' }).click();
  await ada.take('Rectangle');
  await page.getByRole('radio', { name: 'Stroke width: Thin' }).click();
  await ada.drag([700, 300], [800, 400]);
  await ada.key('Control+a');
  const slider = page.getByRole('slider', { name: 'Stroke width, any' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'mixed');
  const box = await slider.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  const filled = async () => (await ada.seen({ x: x - 20, y: y - 2, width: 40, height: 4 }))[20];
  expect(await filled()).toBe(false);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await expect.poll(filled).toBe(true);
  await page.mouse.up();
});

for (const width of [900, 1000, 1179]) {
  test(`at ${width} px tools stand in one row with mark and corner, and lie on nothing`, async ({ open }) => {
    const ada = await open({ options: { viewport: { width, height: 640 } } });
    for (let i = 0; i < 3; i += 1) await open();
    const boxes = [];
    for (const island of ['.menu-place', '.toolbar', '.corner']) boxes.push(await ada.page.locator(island).boundingBox());
    const [menu, tools, corner] = boxes;
    expect(tools?.y).toBe(menu?.y);
    expect(tools?.x).toBeGreaterThan((menu?.x ?? 0) + (menu?.width ?? 0));
    expect(corner?.x).toBeGreaterThan((tools?.x ?? 0) + (tools?.width ?? 0));
    expect((corner?.x ?? 0) + (corner?.width ?? 0)).toBeLessThanOrEqual(width);
  });
}

test('at 1280 by 800 all that a shape and an arrow have is seen at once', async ({ open }) => {
  const ada = await open();
  const panel = ada.page.locator('.style-panel');
  for (const tool of ['Rectangle', 'Arrow'] as const) {
    await ada.take(tool);
    await ada.drag([500, 300], [700, 420]);
    await expect(panel.getByText('Place and size')).toBeInViewport({ ratio: 1 });
    expect(await panel.evaluate((one) => one.scrollHeight - one.clientHeight), tool).toBeLessThanOrEqual(0);
  }
});
