/** Everything that is drawn, held together and taken away, on a telephone and by finger alone. */
import type { Locator } from '@playwright/test';
import { type BoardPage, type Fingers, type Point, path } from './support/board-page';
import { expect, test } from './support/fixtures';
import { png } from './support/png';

const phone = { options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } };

const tool = (ada: BoardPage, name: string) => ada.page.getByRole('radio', { name, exact: true });

/** Takes a tool that has no button of its own. */
async function takeOther(ada: BoardPage, name: string): Promise<void> {
  await ada.page.getByRole('button', { name: /^Other tools/ }).tap();
  await ada.page.getByRole('menuitemradio', { name, exact: true }).tap();
}

/** Draws a box from corner to corner with a tool of the bar. */
async function draw(ada: BoardPage, fingers: Fingers, name: string, from: Point, to: Point): Promise<void> {
  await tool(ada, name).scrollIntoViewIfNeeded();
  await tool(ada, name).tap();
  await fingers.swipe(path(from, to));
}

/** Takes nothing by a tap where nothing is. */
async function leave(ada: BoardPage): Promise<void> {
  await tool(ada, 'Select').tap();
  await ada.page.touchscreen.tap(40, 560);
  await expect(ada.page.getByRole('group', { name: 'Selection' })).toBeHidden();
}

test('a finger draws a star, and two taps write in it', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await tool(ada, 'Shape').scrollIntoViewIfNeeded();
  await tool(ada, 'Shape').tap();
  await ada.page.getByRole('button', { name: 'Style', exact: true }).tap();
  await ada.page.getByRole('radio', { name: 'Outline: Star' }).tap();
  await fingers.swipe(path([80, 200], [280, 380]));
  await ada.saved();
  await fingers.doubleTap([180, 290]);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('Go');
  await leave(ada);
  await ada.saved();
  expect((await stored()).map(({ kind, text, look }) => [kind, text, look.contour])).toEqual([['rectangle', 'Go', 'star']]);
});

test('an arrow that a finger draws holds on to both boxes', async ({ open }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [40, 160], [120, 220]);
  await draw(ada, fingers, 'Rectangle', [220, 160], [300, 220]);
  await draw(ada, fingers, 'Arrow', [80, 190], [260, 190]);
  await leave(ada);
  const between = { x: 150, y: 186, width: 40, height: 8 };
  await ada.shows('scene', between);
  await fingers.swipe(path([40, 190], [40, 390]));
  await ada.isBlank('scene', between);
  await ada.shows('scene', { x: 150, y: 260, width: 40, height: 90 });
});

test('a finger frames what is there, and drags something in', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [60, 420], [120, 480]);
  await takeOther(ada, 'Frame');
  await fingers.swipe(path([60, 160], [300, 360]));
  await leave(ada);
  await fingers.swipe(path([60, 450], [160, 260]));
  await ada.saved();
  const elements = await stored();
  const frame = elements.find(({ kind }) => kind === 'frame');
  expect(frame?.id).toBeDefined();
  expect(elements.find(({ kind }) => kind === 'rectangle')?.parent).toBe(frame?.id);
});

test('a picture is picked by finger', async ({ open, stored }) => {
  const ada = await open(phone);
  await ada.page.getByRole('button', { name: /^Other tools/ }).tap();
  const [chooser] = await Promise.all([
    ada.page.waitForEvent('filechooser'),
    ada.page.getByRole('menuitemradio', { name: 'Picture' }).tap(),
  ]);
  await chooser.setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(200, 160, [200, 30, 60]) });
  await expect.poll(() => ada.colors({ x: 170, y: 350, width: 20, height: 20 })).toContain('200,30,60');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['image']);
});

test('what a finger moves stands in line with what is near', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [60, 160], [140, 220]);
  await draw(ada, fingers, 'Rectangle', [180, 320], [260, 380]);
  await leave(ada);
  await fingers.press(path([220, 320], [105, 320]));
  await ada.shows('overlay', { x: 59, y: 240, width: 3, height: 40 });
  await fingers.up();
  await ada.saved();
  const [above, below] = await stored();
  expect(below?.geometry[0]).toBe(above?.geometry[0]);
});

test('a finger points with the laser, which the other sees and nobody keeps', async ({ open, stored }) => {
  const [ada, bob] = [await open(phone), await open(phone)];
  const fingers = await ada.fingers();
  await takeOther(ada, 'Laser pointer');
  const trail = { x: 160, y: 296, width: 20, height: 3 };
  let seen = false;
  const looks = bob.shows('overlay', trail).then(() => (seen = true));
  await fingers.down([80, 300]);
  for (let i = 0; i < 50 && !seen; i += 1) await fingers.press(path(i % 2 ? [280, 300] : [80, 300], i % 2 ? [80, 300] : [280, 300], 6).slice(1));
  await fingers.up();
  await looks;
  await bob.isBlank('overlay', trail);
  expect(await stored()).toEqual([]);
});

test('a finger erases a part of a stroke, and undo mends it', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Pen', [40, 300], [320, 300]);
  const middle = { x: 176, y: 292, width: 8, height: 16 };
  await ada.shows('scene', middle);
  await takeOther(ada, 'Erase parts');
  await fingers.swipe(path([180, 240], [180, 360]));
  await ada.isBlank('scene', middle);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink', 'ink']);
  await ada.undo.tap();
  await ada.shows('scene', middle);
});

test('a stroke that a finger holds still becomes its shape', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await tool(ada, 'Pen').tap();
  const corners = [[80, 200], [280, 203], [282, 380], [80, 378], [81, 206]] as const;
  await fingers.press(corners.flatMap((corner, i) => path(corners[i - 1] ?? corner, corner, 8)));
  const since = await ada.page.evaluate(() => performance.now());
  // Longer than it takes to be sure.
  await ada.page.waitForFunction((since) => performance.now() - since > 750, since);
  await fingers.up();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle']);
});

test('a tap fills a shape', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [80, 200], [280, 380]);
  await takeOther(ada, 'Fill');
  await ada.page.getByRole('button', { name: 'Style', exact: true }).tap();
  await ada.page.getByRole('button', { name: 'More' }).tap();
  await ada.page.getByRole('radio', { name: 'Fill: Green' }).tap();
  await ada.page.touchscreen.tap(180, 290);
  await ada.saved();
  expect((await stored())[0]?.fill).toBe('#b2f2bb');
});

test('a lasso by finger takes what it goes round', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [60, 200], [120, 260]);
  await draw(ada, fingers, 'Ellipse', [220, 200], [280, 260]);
  await leave(ada);
  await takeOther(ada, 'Lasso');
  const round = [[40, 180], [160, 180], [160, 300], [40, 300]] as const;
  await fingers.swipe(round.flatMap((corner, i) => path(round[i - 1] ?? corner, corner, 6)));
  await ada.page.getByRole('button', { name: 'Delete' }).tap();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse']);
});

/** The menu of a finger that rests. */
async function menuAt(ada: BoardPage, fingers: Fingers, at: Point): Promise<Locator> {
  let down = false;
  const menu = await ada.menu(async () => {
    if (down) await fingers.up();
    await fingers.down(at);
    down = true;
  });
  await fingers.up();
  return menu;
}

test('a resting finger copies and pastes', async ({ open, stored }) => {
  const ada = await open({ options: { ...phone.options, permissions: ['clipboard-read', 'clipboard-write'] } });
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Ellipse', [60, 160], [160, 260]);
  await leave(ada);
  await (await menuAt(ada, fingers, [60, 210])).getByRole('menuitem', { name: /^Copy/ }).first().tap();
  await (await menuAt(ada, fingers, [220, 420])).getByRole('menuitem', { name: /^Paste/ }).first().tap();
  await ada.shows('scene', { x: 165, y: 365, width: 110, height: 110 });
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ellipse', 'ellipse']);
});

test('the place of what is selected is typed on a telephone', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await draw(ada, fingers, 'Rectangle', [80, 160], [180, 240]);
  await ada.page.getByRole('button', { name: 'Style', exact: true }).tap();
  await ada.page.getByRole('button', { name: 'More' }).tap();
  await ada.page.getByText('Place and size').tap();
  const width = ada.page.getByRole('spinbutton', { name: 'Width in numbers', exact: true });
  await width.fill('160');
  await width.press('Enter');
  await ada.saved();
  expect((await stored())[0]?.geometry[2]).toBe(160);
});
test('a finger wraps a text by its side', async ({ open, stored }) => {
  const ada = await open(phone);
  const fingers = await ada.fingers();
  await tool(ada, 'Text').scrollIntoViewIfNeeded();
  await tool(ada, 'Text').tap();
  await ada.page.touchscreen.tap(40, 260);
  await ada.page.keyboard.type('a text for two lines');
  const field = await ada.textField.boundingBox();
  // The field stands as far out as a caret needs, half a letter.
  const right = (field?.x ?? 0) + (field?.width ?? 0) - 10;
  await tool(ada, 'Select').tap();
  await expect(ada.textField).toBeHidden();
  await ada.page.touchscreen.tap(80, 260);
  await fingers.swipe(path([right + 4, 262], [right - 80, 262]));
  await ada.saved();
  expect((await stored())[0]?.look.wrap).toBeGreaterThan(60);
  await ada.showsBands(2);
});

