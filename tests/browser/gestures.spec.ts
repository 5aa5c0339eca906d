/** Gestures that something comes into: a dialog, another window, a second finger, a palm, the wheel. */
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';
import { Glass } from './support/glass';

const touch = { viewport: { width: 1280, height: 800 }, hasTouch: true };

/** Ways in which the release of a pressed mouse is never told. */
const LOSSES: Record<string, (ada: BoardPage) => Promise<void>> = {
  'a dialog of the browser': async ({ page }) => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.evaluate(() => alert('somebody asks'));
  },
  'a capture that is taken away': async ({ board }) => {
    await board.evaluate((element) => element.releasePointerCapture(1));
  },
  'a frozen page': async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
  },
};

for (const [name, lose] of Object.entries(LOSSES)) {
  test(`${name} leaves no ghost of what was dragged`, async ({ open, stored }) => {
    const [ada, bob] = [await open(), await open()];
    await ada.take('Rectangle');
    await ada.drag([300, 300], [400, 400]);
    await ada.key('Escape');
    await ada.press([300, 350], [350, 350], [500, 350]);
    await bob.shows('overlay', { x: 480, y: 290, width: 40, height: 120 });
    await lose(ada);
    const glass = await Glass.of(ada.page);
    await glass.hover([700, 600]);
    await ada.saved();
    // Where everybody saw it last, and where it is stored, is one place.
    await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(500);
    await ada.page.mouse.up();
    await ada.click([900, 650]);
    for (const person of [ada, bob]) {
      await person.shows('scene', { x: 480, y: 290, width: 40, height: 120 });
      await person.isBlank('scene', { x: 660, y: 500, width: 100, height: 150 });
    }
    await ada.isBlank('overlay', { x: 450, y: 270, width: 200, height: 160 });
  });

  test(`${name} costs no ink`, async ({ open, stored }) => {
    const ada = await open();
    await ada.take('Pen');
    await ada.press([400, 300], [500, 330], [700, 300]);
    await lose(ada);
    await (await Glass.of(ada.page)).hover([800, 500]);
    await ada.page.mouse.up();
    await ada.draw([400, 500], [700, 500]);
    await ada.saved();
    await expect.poll(async () => (await stored()).map(({ kind }) => kind)).toEqual(['ink', 'ink']);
    await ada.shows('scene', { x: 580, y: 280, width: 100, height: 50 });
    await ada.isBlank('scene', { x: 720, y: 380, width: 60, height: 60 });
  });
}

test('the middle button lets go of the board when its release is lost', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.page.mouse.move(600, 600);
  await ada.page.mouse.down({ button: 'middle' });
  await ada.page.mouse.move(700, 600, { steps: 3 });
  await ada.shows('scene', { x: 390, y: 340, width: 20, height: 20 });
  const glass = await Glass.of(ada.page);
  await glass.hover([900, 300]);
  await glass.hover([1000, 200]);
  await ada.shows('scene', { x: 390, y: 340, width: 20, height: 20 });
});

test('a second finger takes nothing from a long stroke', async ({ open, stored }) => {
  const ada = await open({ options: touch });
  await ada.take('Pen');
  const glass = await Glass.of(ada.page);
  const along = (x: number): Point => [x + 300, 300];
  await glass.fingers(0, { 1: along(100) });
  for (let x = 100; x <= 700; x += 50) await glass.fingers(x - 100, { 1: along(x) });
  await glass.fingers(610, { 1: along(700), 2: [600, 500] });
  await glass.fingers(670, { 1: along(700) });
  await glass.fingers(700, { 1: along(750) });
  await glass.fingers(710, {});
  await ada.shows('scene', { x: 900, y: 290, width: 100, height: 20 });
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink']);
  await expect(ada.page.locator('.zoom-value')).toHaveText('100%');
  await expect(ada.undo).toBeEnabled();
});

test('two fingers that come at once pinch, whatever the tool', async ({ open, stored }) => {
  const ada = await open({ options: touch });
  await ada.take('Pen');
  const glass = await Glass.of(ada.page);
  await glass.fingers(0, { 1: [500, 300] });
  await glass.fingers(30, { 1: [510, 300] });
  await glass.fingers(60, { 1: [510, 300], 2: [600, 300] });
  await glass.fingers(90, { 1: [450, 300], 2: [700, 300] });
  await glass.fingers(120, {});
  await expect(ada.page.locator('.zoom-value')).not.toHaveText('100%');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('beside a pen, fingers move the board and palms do nothing', async ({ open, stored }) => {
  const ada = await open({ options: touch });
  await ada.take('Pen');
  const glass = await Glass.of(ada.page);
  const swipe = async (ms: number, y: number) => {
    await glass.fingers(ms, { 1: [500, y] });
    await glass.fingers(ms + 150, { 1: [560, y] });
    await glass.fingers(ms + 300, { 1: [620, y] });
    await glass.fingers(ms + 310, {});
  };
  const stroke = async (ms: number, y: number) => {
    await glass.pen(ms, 'down', [500, y]);
    await glass.pen(ms + 20, 'move', [600, y + 10]);
    await glass.pen(ms + 40, 'up', [600, y + 10]);
  };
  await swipe(0, 200);
  await ada.saved();
  expect((await stored()).length, 'without a pen a finger draws').toBe(1);
  await stroke(3000, 300);
  await ada.saved();
  expect((await stored()).length).toBe(2);

  // The side of the hand comes just before, stays during, and comes again just after a stroke.
  await glass.fingers(6000, { 1: [800, 500] });
  await glass.pen(6100, 'down', [500, 400]);
  await glass.fingers(6110, { 1: [820, 520] });
  await glass.fingers(6120, { 1: [820, 520], 2: [860, 540] });
  await glass.pen(6140, 'move', [600, 410]);
  await glass.fingers(6150, {});
  await glass.pen(6160, 'up', [600, 410]);
  await glass.fingers(6200, { 3: [800, 500] });
  await glass.fingers(6250, { 3: [860, 520] });
  await glass.fingers(6260, {});
  await ada.saved();
  expect((await stored()).length).toBe(3);
  const place = { x: 490, y: 290, width: 120, height: 30 };
  await ada.shows('scene', place);

  await swipe(9000, 600);
  await ada.isBlank('scene', { x: 490, y: 290, width: 100, height: 30 });
  await ada.shows('scene', { x: 610, y: 290, width: 120, height: 30 });
  await ada.page.getByRole('button', { name: 'Menu' }).click();
  await ada.page.getByRole('switch', { name: 'Draw with fingers' }).click();
  await ada.key('Escape');
  await swipe(12_000, 600);
  await ada.saved();
  expect((await stored()).length, 'a setting gives it back').toBe(4);
});

test('the wheel keeps what is dragged under the pointer', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.key('Escape');
  await ada.press([300, 350], [350, 350], [500, 350]);
  await ada.page.mouse.wheel(0, 200);
  await ada.shows('overlay', { x: 490, y: 320, width: 20, height: 60 });
  await ada.isBlank('overlay', { x: 490, y: 60, width: 20, height: 60 });
  await ada.page.mouse.up();
  await ada.shows('scene', { x: 490, y: 320, width: 20, height: 60 });

  await ada.take('Rectangle');
  await ada.press([700, 400], [750, 450]);
  await ada.page.mouse.wheel(0, 100);
  // Its corner is where the pointer is, and it has grown by the wheel's way.
  await ada.shows('overlay', { x: 740, y: 440, width: 20, height: 20 });
  await ada.page.mouse.up();

  await ada.take('Select');
  await ada.press([900, 500], [950, 550]);
  await ada.page.mouse.wheel(0, 100);
  await ada.shows('overlay', { x: 900, y: 450, width: 40, height: 40 });
  await ada.page.mouse.up();
});
