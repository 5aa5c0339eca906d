/** The middle button on X11: it pans, and pastes the marked words only into a field that asks for it. */
import { type Locator, chromium } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { expect, test as base } from './support/fixtures';
import { Desk, missingTools } from './support/x11';

const MARKED = 'marked elsewhere';

const test = base.extend<{ desk: Desk; ada: BoardPage }>({
  desk: async ({ launchOptions }, use) => {
    const missing = missingTools();
    test.skip(missing.length > 0, `no real pointer: ${missing.join(', ')} cannot be had here`);
    const desk = await Desk.start(chromium, launchOptions);
    await desk.select('primary', MARKED);
    await use(desk);
    await desk.close();
  },
  ada: async ({ desk, open }, use) => {
    const context = await desk.browser.newContext({ viewport: null });
    await use(await open({ browser: context }));
    await context.close();
  },
});

test('on the board and beside it nothing is pasted', async ({ desk, ada, stored }) => {
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.take('Select');
  await desk.middle(ada.page, [600, 300]);
  await desk.middle(ada.page, [600, 300], [650, 330], [700, 360]);
  await ada.shows('scene', { x: 395, y: 400, width: 10, height: 10 });
  for (const beside of ['.toolbar', '.corner', '.people', '.connection']) {
    const box = await ada.page.locator(beside).first().boundingBox();
    await desk.middle(ada.page, [(box?.x ?? 0) + 4, (box?.y ?? 0) + (box?.height ?? 0) / 2]);
  }
  await ada.key('?');
  await expect(ada.page.getByRole('dialog')).toBeVisible();
  await desk.middle(ada.page, [640, 400]);
  await ada.key('Escape');
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle']);
});

test('while one types nothing is pasted, and the board moves under the text too', async ({ desk, ada, stored }) => {
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('typed');
  const place = async () => (await ada.textField.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const before = await place();
  await desk.middle(ada.page, [700, 500], [720, 510], [750, 520]);
  await expect.poll(async () => (await place()).x).toBeCloseTo(before.x + 50, 0);
  const { x, y, width, height } = await place();
  await desk.middle(ada.page, [x + width / 2, y + height / 2]);
  await desk.middle(ada.page, [x + width / 2, y + height / 2], [x, y], [x - 100, y - 100]);
  await expect.poll(async () => (await place()).x).toBeLessThan(x - 50);
  const press = async (button: Locator) => {
    const box = await button.boundingBox();
    await desk.middle(ada.page, [(box?.x ?? 0) + 5, (box?.y ?? 0) + 5]);
  };
  await press(ada.page.getByRole('radio', { name: 'Rectangle', exact: true }));
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type(' on');
  await expect(ada.textField).toHaveValue('typed on');
  // One that cannot be pressed hears less of the mouse than others.
  await expect(ada.redo).toBeDisabled();
  await press(ada.redo);
  await ada.key('Escape');
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['typed on']);
});

test('a field of the page takes the marked words, and a paste by keyboard still works', async ({ desk, ada, stored }) => {
  await ada.page.getByRole('button', { name: /^People/ }).click();
  const name = ada.page.getByRole('textbox', { name: 'Your name' });
  await name.fill('');
  const box = await name.boundingBox();
  await desk.middle(ada.page, [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10]);
  await expect(name).toHaveValue(MARKED);
  await ada.key('Escape');

  await desk.select('clipboard', 'copied elsewhere');
  await desk.middle(ada.page, [600, 300], [650, 330]);
  await ada.board.focus();
  await ada.key('Control+v');
  await ada.key('Shift+Insert');
  await expect.poll(async () => (await stored()).map(({ text }) => text))
    .toEqual(['copied elsewhere', 'copied elsewhere']);
});
