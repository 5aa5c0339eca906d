/** The part of a picture that is shown: chosen by hand, by finger and by keys, reset, and replaced. */
import type { BoardPage, Point, Region } from './support/board-page';
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

const RED = '200,30,60';
const BLUE = '30,60,200';
/** Its left half red, its right half blue; 400 × 300, so that it lies from (440, 250) to (840, 550). */
const HALVES = drawing(400, 300, `<rect width="200" height="300" fill="rgb(${RED})"/>
  <rect x="200" width="200" height="300" fill="rgb(${BLUE})"/>`);
const LEFT: Region = { x: 530, y: 350, width: 20, height: 20 };
const RIGHT: Region = { x: 730, y: 350, width: 20, height: 20 };

function drawing(width: number, height: number, inside: string): { name: string; mimeType: string; buffer: Buffer } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`;
  return { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) };
}

async function pick(person: BoardPage, file: ReturnType<typeof drawing>, ask: () => Promise<unknown>): Promise<void> {
  const [chooser] = await Promise.all([person.page.waitForEvent('filechooser'), ask()]);
  await chooser.setFiles(file);
}

async function sees(person: BoardPage, region: Region, color: string): Promise<void> {
  await expect.poll(() => person.colors(region), { message: `no ${color}` }).toContain(color);
}

async function misses(person: BoardPage, region: Region, color: string): Promise<void> {
  await expect.poll(() => person.colors(region), { message: `still ${color}` }).not.toContain(color);
}

/** A picture on the board, seen and stored. */
async function put(person: BoardPage): Promise<void> {
  await pick(person, HALVES, () => person.key('9'));
  await sees(person, RIGHT, BLUE);
  await expect(person.page.locator('.uploads')).toBeHidden();
  await person.saved();
}

test('its sides are pulled, others see it meanwhile, and each pull is one step', async ({ open, stored }) => {
  const [ada, ben] = [await open(), await open()];
  await put(ada);
  await sees(ben, RIGHT, BLUE);
  await ada.page.mouse.dblclick(500, 340);
  await ada.press([840, 400], [740, 420], [640, 420]);
  await misses(ben, RIGHT, BLUE);
  await sees(ben, LEFT, RED);
  // Whoever crops sees what is cut away, fainter.
  const faint = await ada.colors(RIGHT);
  expect(faint).not.toContain(BLUE);
  expect(await ben.colors(RIGHT)).not.toEqual(faint);
  await ada.page.mouse.up();
  await ada.saved();
  const [cropped] = await stored();
  expect(cropped?.look.crop).toEqual([0, 0, 0.5, 1]);
  expect(cropped?.geometry.slice(0, 4)).toEqual([440, 250, 200, 300]);

  // The picture is moved under its frame, also by what is cut away of it.
  await ada.drag([740, 300], [640, 300]);
  await ada.saved();
  expect((await stored())[0]?.look.crop).toEqual([0.25, 0, 0.75, 1]);
  expect((await stored())[0]?.geometry).toEqual(cropped?.geometry);
  await sees(ben, { x: 560, y: 350, width: 40, height: 20 }, BLUE);
  await ada.key('Escape');
  await misses(ada, RIGHT, faint[0] ?? '');
  await ada.key('Control+z');
  await ada.key('Control+z');
  await sees(ben, RIGHT, BLUE);
  await ada.saved();
  expect((await stored()).map(({ look, geometry }) => [look.crop, geometry.slice(0, 4)])).toEqual([[undefined, [440, 250, 400, 300]]]);
});

test('by keys alone, with the ratio kept, and what is turned', async ({ open, stored }) => {
  const ada = await open();
  await put(ada);
  await ada.key('Enter');
  await expect(ada.page.locator('.tool-hint')).toContainText('keeps the ratio');
  await ada.page.keyboard.down('Shift');
  await ada.drag([840, 550], [640, 540]);
  await ada.page.keyboard.up('Shift');
  await ada.saved();
  const [x0, y0, x1 = 0, y1 = 0] = (await stored())[0]?.look.crop as number[];
  expect([x0, y0]).toEqual([0, 0]);
  expect(x1).toBeCloseTo(y1, 5);
  await ada.key('Shift+ArrowLeft');
  await ada.saved();
  expect((await stored())[0]?.look.crop).not.toEqual([0, 0, x1, y1]);
  const place = (await stored())[0]?.geometry;
  await ada.key('Enter');
  await ada.key('Shift+ArrowLeft');
  await ada.saved();
  expect((await stored())[0]?.geometry, 'arrow keys move all of it again').not.toEqual(place);
});

test('a finger crops on a phone', async ({ open, stored }) => {
  const ada = await open({ options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } });
  await pick(ada, HALVES, () => ada.key('9'));
  const middle: Point = [180, 370];
  await sees(ada, { x: 150, y: 360, width: 10, height: 10 }, RED);
  await ada.saved();
  const [, y = 0, w = 0, h = 0] = (await stored())[0]?.geometry ?? [];
  await ada.page.touchscreen.tap(...middle);
  await ada.page.touchscreen.tap(...middle);
  const fingers = await ada.fingers();
  await fingers.swipe(path([180 + w / 2, y + h / 2], [180, y + h / 2]));
  await expect.poll(async () => ((await stored())[0]?.look.crop as number[] | undefined)?.[2]).toBeCloseTo(0.5, 1);
  await ada.saved();
});

test('crop and size are reset from the menu and the panel', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await put(ada);
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  const panel = page.getByRole('group', { name: 'Picture', exact: true });
  await expect(panel.getByRole('button')).toHaveCount(2);
  await panel.getByRole('button', { name: 'Crop' }).click();
  await ada.drag([840, 550], [640, 400]);
  await ada.saved();
  expect((await stored())[0]?.look.crop).toEqual([0, 0, 0.5, 0.5]);
  await page.mouse.click(500, 300, { button: 'right' });
  await menu.getByRole('menuitem', { name: 'Reset crop' }).click();
  await ada.saved();
  expect((await stored())[0]?.geometry.slice(0, 4)).toEqual([440, 250, 400, 300]);
  await ada.key('Escape');
  // Larger, as only corners make it.
  await ada.drag([844, 554], [944, 629]);
  await expect(panel.getByRole('button', { name: 'Reset size' })).toBeVisible();
  await panel.getByRole('button', { name: 'Reset size' }).click();
  await ada.saved();
  expect((await stored())[0]?.geometry.slice(2, 4)).toEqual([400, 300]);
  await expect(panel.getByRole('button')).toHaveCount(2);
});

test('another picture takes its place and keeps what holds on to it', async ({ open, stored }) => {
  const [ada, ben] = [await open(), await open()];
  await put(ada);
  const menu = ada.page.getByRole('menu', { name: 'What can be done here' });
  await ada.page.mouse.click(500, 340, { button: 'right' });
  const green = drawing(200, 100, '<rect width="200" height="100" fill="rgb(20,160,80)"/>');
  const [before] = await stored();
  await pick(ada, green, () => menu.getByRole('menuitem', { name: 'Replace picture' }).click());
  for (const person of [ada, ben]) await sees(person, LEFT, '20,160,80');
  await ada.saved();
  const [after, ...others] = await stored();
  expect(others).toEqual([]);
  expect(after?.id).toBe(before?.id);
  expect(after?.geometry.slice(0, 4)).toEqual([440, 300, 400, 200]);
  await ada.undo.click();
  await sees(ben, RIGHT, BLUE);
});
