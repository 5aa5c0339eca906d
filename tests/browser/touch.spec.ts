/** A phone: small, narrow, and without a mouse. */
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a finger draws and two fingers zoom', async ({ open, stored }) => {
  const ada = await open({ options: phone });
  await ada.page.getByRole('radio', { name: 'Pen', exact: true }).tap();
  const fingers = await ada.fingers();
  await fingers.swipe(path([80, 300], [280, 300]));
  await ada.shows('scene', { x: 100, y: 290, width: 60, height: 20 });
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink']);

  const zoom = ada.page.locator('.zoom-value');
  await fingers.swipe(path([160, 400], [60, 400]), path([200, 400], [300, 400]));
  await expect(zoom).not.toHaveText('100%');
  await ada.saved();
  expect((await stored()).length, 'a pinch draws nothing').toBe(1);
});

test('every tool and the connection are in reach at 360 px', async ({ open }) => {
  const ada = await open({ options: phone });
  for (const tool of ['Select', 'Pen', 'Rectangle', 'Text', 'Eraser'] as const) {
    const button = ada.page.getByRole('radio', { name: tool, exact: true });
    await button.tap();
    await expect(button).toBeChecked();
    await expect(button).toBeInViewport({ ratio: 0.9 });
  }
  await expect(ada.connection).toBeInViewport();
  await expect(ada.page.getByRole('button', { name: /^Share/ })).toBeInViewport();
  const width = await ada.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
});

test('a phone and a desk see each other', async ({ open }) => {
  const desk = await open();
  const pocket = await open({ options: phone });
  await pocket.page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  const fingers = await pocket.fingers();
  await fingers.swipe(path([100, 300], [200, 400]));
  await pocket.saved();
  // What is saved may not be here yet, and nothing would be brought into view.
  await expect.poll(async () => {
    await desk.key('Shift+Digit1');
    return desk.painted('scene', { x: 0, y: 0, width: 1280, height: 800 });
  }).toBeGreaterThan(0);
});
