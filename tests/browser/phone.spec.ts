/** Little room: telephones upright and lying, tablets, and fingers that do two things at once. */
import type { Locator, Page } from '@playwright/test';
import { type BoardPage, path } from './support/board-page';
import { expect, test } from './support/fixtures';

const TOOLS = ['Select', 'Hand', 'Pen', 'Rectangle', 'Ellipse', 'Shape', 'Line', 'Arrow', 'Text', 'Eraser'] as const;
/** The least room for a finger, CSS pixels. */
const TARGET = 44;

/** Windows, and how much of their height the bars must leave. */
const WINDOWS = [
  { name: 'a telephone upright', width: 360, height: 640, free: 400 },
  { name: 'a telephone lying', width: 640, height: 360, free: 230 },
  { name: 'a larger one lying', width: 844, height: 390, free: 250 },
  { name: 'a tablet', width: 820, height: 1180, free: 900 },
] as const;

function fingersOn({ width, height }: { width: number; height: number }) {
  return { options: { viewport: { width, height }, hasTouch: true, isMobile: true } };
}

/** The rows of pixels that no bar stands in, from top to bottom of the window. */
function freeHeight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const islands = [...document.querySelectorAll('.chrome .island')].map((island) => island.getBoundingClientRect());
    const rows = Array.from({ length: innerHeight }, (_, y) => y);
    return rows.filter((y) => !islands.some(({ top, bottom, height }) => height > 0 && y >= top && y < bottom)).length;
  });
}

async function fits(button: Locator): Promise<void> {
  await expect(button).toBeInViewport({ ratio: 1 });
  const box = await button.boundingBox();
  expect.soft(Math.min(box?.width ?? 0, box?.height ?? 0), `${button}`).toBeGreaterThanOrEqual(TARGET);
}

for (const size of WINDOWS) {
  test(`${size.name} has every tool within reach, and most of it is the board`, async ({ open }) => {
    const ada = await open(fingersOn(size));
    const { page } = ada;
    for (const tool of TOOLS) {
      const button = page.getByRole('radio', { name: tool, exact: true });
      // Where not all of them fit the bar scrolls.
      await button.scrollIntoViewIfNeeded();
      await fits(button);
      await button.tap();
      await expect(button).toBeChecked();
    }
    for (const name of [/^People/, /^Share/, 'Undo', /^Zoom \d/]) await fits(page.getByRole('button', { name }));
    expect(await freeHeight(page)).toBeGreaterThanOrEqual(size.free);
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]))
      .toEqual([size.width, size.height]);
    const overlaps = await page.evaluate(() => {
      const shown = [...document.querySelectorAll('.chrome .island, .style-opener')].map((one) => one.getBoundingClientRect());
      return shown.filter((a, i) => shown.some((b, j) => j > i && a.width > 0 && b.width > 0 &&
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
    });
    expect(overlaps, 'bars that lie on others').toBe(0);
  });
}

const phone = fingersOn(WINDOWS[0]);

async function chooseRed(ada: BoardPage): Promise<void> {
  await ada.page.getByRole('button', { name: 'Style' }).tap();
  await ada.page.getByRole('radio', { name: 'Stroke: Red' }).tap();
}

test('the tool in hand is in view, also when one falls back to it', async ({ open }) => {
  const ada = await open(phone);
  const { page } = ada;
  const select = page.getByRole('radio', { name: 'Select', exact: true });
  await page.getByRole('radio', { name: 'Arrow', exact: true }).tap();
  await expect(select).not.toBeInViewport({ ratio: 0.9 });
  await (await ada.fingers()).swipe(path([80, 200], [280, 240]));
  await expect(select).toBeChecked();
  await expect(select).toBeInViewport({ ratio: 1 });
});

test('a stroke beside the open sheet closes it and is kept', async ({ open, stored }) => {
  const ada = await open(phone);
  await ada.page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  await chooseRed(ada);
  await (await ada.fingers()).swipe(path([80, 200], [280, 240]));
  await expect(ada.page.getByRole('radio', { name: 'Stroke: Red' })).toBeHidden();
  await ada.saved();
  await expect.poll(async () => (await stored()).map(({ kind, stroke }) => [kind, stroke])).toEqual([['ink', '#e03131']]);
});

test('a press beside an open menu draws too, and with Select it only closes the menu', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  const menu = ada.page.getByRole('button', { name: 'Menu' });
  const line = ada.page.getByRole('link', { name: 'Your boards' });
  await menu.click();
  await expect(line).toBeVisible();
  await ada.drag([500, 300], [600, 400]);
  await expect(line).toBeHidden();
  await expect.poll(async () => (await stored()).length).toBe(1);
  await menu.click();
  await expect(line).toBeVisible();
  await ada.click([900, 600]);
  await expect(line).toBeHidden();
  await expect(ada.page.getByRole('radio', { name: 'Stroke: Ink' }), 'what is selected stays so').toBeVisible();
});

test('Duplicate and Delete stand beside undo while something is selected', async ({ open, stored }) => {
  const ada = await open(phone);
  const { page } = ada;
  const selection = page.getByRole('group', { name: 'Selection' });
  await expect(selection).toBeHidden();
  await page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  await (await ada.fingers()).swipe(path([100, 200], [200, 300]));
  await expect(selection).toBeVisible();
  for (const name of ['Duplicate', 'Delete']) await fits(selection.getByRole('button', { name }));
  await selection.getByRole('button', { name: 'Duplicate' }).tap();
  await expect.poll(async () => (await stored()).length).toBe(2);
  await selection.getByRole('button', { name: 'Delete' }).tap();
  await expect.poll(async () => (await stored()).length).toBe(1);
  await expect(selection).toBeHidden();
});

test('the sheet is low at first; a swipe up shows all of it, swipes down less and nothing', async ({ open }) => {
  const ada = await open(phone);
  const { page } = ada;
  await page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  const fingers = await ada.fingers();
  await fingers.swipe(path([100, 200], [200, 300]));
  await page.getByRole('button', { name: 'Style' }).tap();
  const sheet = page.getByRole('group', { name: 'Style of what is drawn' });
  const width = page.getByRole('radio', { name: 'Stroke width: Bold' });
  const opacity = page.getByRole('slider', { name: 'Opacity' });
  await expect(width).toBeInViewport({ ratio: 1 });
  await expect(opacity).toBeHidden();
  expect((await sheet.boundingBox())?.height).toBeLessThan(200);
  const swipe = async (by: number) => {
    const box = await page.getByRole('button', { name: 'More' }).boundingBox();
    const [x, y] = [(box?.x ?? 0) + 160, (box?.y ?? 0) + 16];
    await fingers.swipe(path([x, y], [x, y + by]));
  };
  await swipe(-120);
  await expect(opacity).toBeVisible();
  await swipe(60);
  await expect(opacity).toBeHidden();
  await expect(width).toBeVisible();
  await page.getByRole('button', { name: 'More' }).tap();
  await expect(opacity).toBeVisible();
  await swipe(60);
  await swipe(60);
  await expect(sheet).toBeHidden();
});

for (const [width, height] of [[640, 360], [844, 390], [640, 400], [360, 640]] as const) {
  test(`at ${width} by ${height} the sheet moves only what it covers, no farther than it must, and gives the view back`, async ({ open }) => {
    const ada = await open(fingersOn({ width, height }));
    const { page } = ada;
    const fingers = await ada.fingers();
    const style = page.getByRole('button', { name: 'Style' });
    const opacity = page.getByRole('slider', { name: 'Opacity' });
    const sheet = page.getByRole('group', { name: 'Style of what is drawn' });
    const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    /** The first and last row that anything is painted in. */
    const rows = async (): Promise<[number, number]> => {
      const painted: number[] = [];
      for (let y = 0; y < height; y += 4) {
        if (await ada.painted('scene', { x: 0, y, width, height: 4 }) > 0) painted.push(y);
      }
      return [painted[0] ?? 0, (painted.at(-1) ?? 0) + 4];
    };
    const draw = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
      await fingers.swipe(path(from, to));
      await expect(page.getByRole('group', { name: 'Selection' })).toBeVisible();
    };
    const openWhole = async () => {
      await style.tap();
      await expect(sheet).toBeVisible();
      await page.getByRole('button', { name: 'More' }).tap();
      await expect(opacity).toBeVisible();
      await frames();
    };
    await draw([24, 110], [104, 170]);
    const free = await rows();
    if (width > height) await openWhole();
    else await style.tap();
    await expect(sheet).toBeVisible();
    await frames();
    expect(await rows(), 'what it does not cover').toEqual(free);
    await style.tap();
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: 'Delete' }).tap();

    await draw([width - 120, height - 150], [width - 80, height - 110]);
    const before = await rows();
    await openWhole();
    const bar = (await page.locator('.corner').boundingBox())?.height ?? 0;
    const edge = (await sheet.boundingBox())?.y ?? 0;
    const [upper, lower] = await rows();
    expect(upper, 'under the bars').toBeGreaterThanOrEqual(bar + 8);
    if (edge - bar > 120) {
      expect(lower, 'out from under the sheet').toBeLessThanOrEqual(edge);
      expect(lower, 'no farther than it must').toBeGreaterThan(edge - 24);
    }
    await style.tap();
    await expect(sheet).toBeHidden();
    await expect.poll(rows).toEqual(before);
  });
}

test('neither a tap nor a swipe on the sheet’s handle restyles anything', async ({ open }) => {
  const ada = await open(fingersOn({ width: 390, height: 844 }));
  const { page } = ada;
  await page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  const fingers = await ada.fingers();
  await fingers.swipe(path([100, 200], [200, 300]));
  await page.getByRole('button', { name: 'Style' }).tap();
  const opacity = page.getByRole('slider', { name: 'Opacity' });
  const medium = page.getByRole('radio', { name: 'Stroke width: Medium' });
  await expect(medium).toBeChecked();
  // Within what the browser takes for a tap, and where sliders are once the sheet has grown.
  for (const [along, by] of [[195, 0], [120, 0], [300, 4], [195, -13], [195, -120]] as const) {
    const box = await page.getByRole('button', { name: 'More' }).boundingBox();
    const y = (box?.y ?? 0) + 16;
    await fingers.swipe(path([along, y], [along, y + by]));
    await expect(opacity).toBeVisible();
    // Whatever a touch sends late has come when the next one is heard.
    await page.getByRole('button', { name: 'More' }).tap();
    await expect(opacity).toBeHidden();
    await expect(medium).toBeChecked();
  }
  await ada.undo.tap();
  await expect(page.getByRole('group', { name: 'Selection' }), 'all there is to undo is the drawing').toBeHidden();
});

test('on a narrow telephone the tools are the window’s foot, from edge to edge', async ({ open }) => {
  const ada = await open(phone);
  const box = await ada.page.locator('.toolbar').boundingBox();
  expect([box?.x, box?.width, (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([0, 360, 640]);
  const button = await ada.page.getByRole('radio', { name: 'Select', exact: true }).boundingBox();
  expect((button?.y ?? 0) + (button?.height ?? 0), 'above where the system swipes').toBeLessThanOrEqual(628);
});

test('a menu with more lines than room ends within the window, shaded where there are more', async ({ open }) => {
  const ada = await open(fingersOn({ width: 844, height: 390 }));
  const { page } = ada;
  await page.getByRole('button', { name: 'Menu' }).tap();
  const menu = page.locator('.menu-popover');
  await expect(page.getByRole('link', { name: 'New board' })).toBeInViewport({ ratio: 1 });
  const box = await menu.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(382);
  const edge = async () => {
    const clip = { x: (box?.x ?? 0) + 4, y: (box?.y ?? 0) + (box?.height ?? 0) - 4, width: 3, height: 3 };
    return (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
  };
  const shaded = await edge();
  await menu.evaluate((menu) => menu.scrollTo(0, menu.scrollHeight));
  await expect.poll(edge).not.toBe(shaded);
  await expect(page.getByRole('switch', { name: 'Draw with fingers' })).toBeInViewport({ ratio: 1 });
});

test('on an upright tablet the style panel begins folded, and stays open for who wants it so', async ({ open }) => {
  const ada = await open(fingersOn({ width: 820, height: 1180 }));
  const { page } = ada;
  const panel = page.getByRole('group', { name: 'Style of what is drawn' });
  const disc = page.getByRole('button', { name: 'Style', exact: true });
  await page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  await expect(disc).toBeVisible();
  await expect(panel).toBeHidden();
  await disc.tap();
  await page.getByRole('button', { name: 'Keep this panel open' }).tap();
  await expect(disc).toHaveCount(0);
  await ada.saved();
  await page.reload();
  await ada.saved();
  await page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  await expect(panel).toBeVisible();
});

test('with others there the bars keep off the window’s edges and off each other', async ({ open }) => {
  const ada = await open({ options: { hasTouch: true } });
  for (let i = 0; i < 3; i += 1) await open();
  const { page } = ada;
  await expect(page.getByRole('button', { name: /^People: 4 here/ })).toBeVisible();
  for (const width of [640, 667, 719, 720, 740, 799, 844, 899, 900, 1024, 1179, 1180]) {
    await page.setViewportSize({ width, height: 360 });
    const islands = ['.menu-place', '.toolbar', '.corner'];
    await expect.poll(() => page.evaluate((islands) => {
      const boxes = islands.map((one) => document.querySelector(one)?.getBoundingClientRect() ?? new DOMRect());
      const parts = [...document.querySelectorAll('.corner > :not([popover])')].map((part) => part.getBoundingClientRect().right);
      const gaps = boxes.map(({ left }, i) => left - (boxes[i - 1]?.right ?? 0));
      return Math.min(gaps[0] ?? 0, innerWidth - (boxes[2]?.right ?? 0), innerWidth - Math.max(...parts)) >= 8 &&
        Math.min(...gaps) >= 4;
    }, islands), { message: `at ${width} px` }).toBe(true);
  }
});

test('nine people on a telephone are faces, and a number that is right', async ({ open }) => {
  const ada = await open(phone);
  for (let i = 0; i < 8; i += 1) await open();
  const people = ada.page.getByRole('button', { name: /^People: 9 here/ });
  await expect(people).toBeVisible();
  const faces = await people.locator('.avatar').allInnerTexts();
  const more = Number(faces.at(-1));
  expect(faces.length - 1 + more).toBe(9);
  expect(faces.length).toBeGreaterThanOrEqual(5);
  for (const width of [360, 320]) {
    await ada.page.setViewportSize({ width, height: 640 });
    await expect.poll(async () => {
      const boxes = await ada.page.locator('.corner > *:not([popover])').evaluateAll((parts) =>
        parts.map((part) => part.getBoundingClientRect()).map(({ left, right }) => ({ left, right })));
      return boxes.filter(({ left }, i) => left < (boxes[i - 1]?.right ?? 0)).length;
    }, { message: `at ${width} px parts of the corner lie on others` }).toBe(0);
  }
});
