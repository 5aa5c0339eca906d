/** The wheel and trackpads: how far a notch and a pinch go, and that they are the board's everywhere. */
import type { Locator, Page } from '@playwright/test';
import { type BoardPage, path } from './support/board-page';
import { expect, test } from './support/fixtures';

/** Turns the wheel with Ctrl held. */
async function zoomBy(ada: BoardPage, pixels: number): Promise<void> {
  await ada.page.keyboard.down('Control');
  await ada.page.mouse.wheel(0, pixels);
  await ada.page.keyboard.up('Control');
}

/** The zoom in percent. */
async function percent(ada: BoardPage): Promise<number> {
  return Number.parseInt(await ada.page.locator('.zoom-value').innerText(), 10);
}

/** Puts the mouse on the middle of something. */
async function over(page: Page, what: Locator): Promise<void> {
  const box = await what.boundingBox();
  if (!box) throw new Error('it is not shown');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** From now on lists the turns of the wheel that the page has left to the browser. */
async function leftToBrowser(page: Page): Promise<() => Promise<number[]>> {
  const list = await page.evaluateHandle(() => {
    const left: number[] = [];
    addEventListener('wheel', (event) => {
      if (!event.defaultPrevented) left.push(event.deltaY);
    });
    return left;
  });
  return () => list.jsonValue();
}

for (const notch of [53, 100, 120, 240]) {
  test(`a notch of a wheel that counts ${notch} zooms by a fifth`, async ({ open }) => {
    const ada = await open();
    const zoom = ada.page.locator('.zoom-value');
    await ada.page.mouse.move(640, 400);
    for (const [way, shown] of [[-1, '120%'], [-1, '144%'], [1, '120%'], [1, '100%'], [1, '83%']] as const) {
      await zoomBy(ada, way * notch);
      await expect(zoom).toHaveText(shown);
    }
  });
}

for (const busy of [0, 250]) {
  test(`a pinch on a trackpad follows the fingers on a page that is busy for ${busy} ms at a time`, async ({ open }) => {
    const ada = await open();
    const input = await ada.page.context().newCDPSession(ada.page);
    // While a page is busy the browser adds up what the fingers do, and tells it as one turn.
    await ada.page.evaluate((time) => {
      const work = (): void => {
        const until = performance.now() + time;
        while (performance.now() < until);
      };
      if (time > 0) addEventListener('wheel', work);
    }, busy);
    for (const [scaleFactor, wanted] of [[2, 200], [0.25, 50], [2, 100]] as const) {
      await input.send('Input.synthesizePinchGesture', {
        x: 640, y: 400, scaleFactor, relativeSpeed: 400, gestureSourceType: 'mouse',
      });
      await expect.poll(async () => Math.abs((await percent(ada)) / wanted - 1)).toBeLessThan(0.05);
    }
  });
}

// Chromium tells neither of these: the events are made as Firefox and Safari send them.
for (const [name, deltaMode, notch] of [['lines', 1, 3], ['one line', 1, 1], ['pages', 2, 1]] as const) {
  test(`a notch that counts as ${name} zooms by a fifth`, async ({ open }) => {
    const ada = await open();
    for (const [way, shown] of [[-1, '120%'], [1, '100%']] as const) {
      await ada.page.keyboard.down('Control');
      await ada.board.dispatchEvent('wheel', {
        deltaY: way * notch, deltaMode, ctrlKey: true, clientX: 640, clientY: 400, bubbles: true, cancelable: true,
      });
      await ada.page.keyboard.up('Control');
      await expect(ada.page.locator('.zoom-value')).toHaveText(shown);
    }
  });
}

test('a pinch that is no wheel zooms the board and not the page', async ({ open }) => {
  const ada = await open();
  const left = await ada.page.evaluate(() => {
    const at = document.querySelector('.toolbar');
    const tell = (type: string, scale: number) => {
      const event = new Event(type, { bubbles: true, cancelable: true });
      return at?.dispatchEvent(Object.assign(event, { scale, clientX: 640, clientY: 400 }));
    };
    return [tell('gesturestart', 1), tell('gesturechange', 1.3), tell('gesturechange', 2), tell('gestureend', 2)];
  });
  expect(left, 'the page takes all of it').toEqual([false, false, false, false]);
  await expect(ada.page.locator('.zoom-value')).toHaveText('200%');
});

test('the wheel with Ctrl zooms the board wherever the pointer is', async ({ open }) => {
  const ada = await open();
  const { page } = ada;
  const left = await leftToBrowser(page);
  const zoom = page.locator('.zoom-value');
  await ada.take('Text');
  await ada.click([400, 300]);
  await page.keyboard.type('bridge');
  const places = {
    toolbar: page.locator('.toolbar'),
    'style panel': page.getByRole('group', { name: 'Style of what is drawn' }),
    'number field': page.getByRole('spinbutton', { name: 'Font size in numbers' }),
    slider: page.getByRole('slider', { name: 'Opacity' }),
    'zoom control': zoom,
    'text field': ada.textField,
    connection: ada.connection,
  };
  for (const [where, place] of Object.entries(places)) {
    await test.step(where, async () => {
      await over(page, place);
      await zoomBy(ada, -100);
      await expect(zoom).toHaveText('120%');
      await zoomBy(ada, 100);
      await expect(zoom).toHaveText('100%');
    });
  }
  for (const [button, popover] of [['Menu', '#menu-popover'], [/^People/, '#people-popover']] as const) {
    await page.getByRole('button', { name: button }).click();
    await over(page, page.locator(popover));
    await zoomBy(ada, -100);
    await expect(zoom).toHaveText('120%');
    await zoomBy(ada, 100);
    await expect(zoom).toHaveText('100%');
    await ada.key('Escape');
  }
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('#menu-popover').getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await over(page, page.getByRole('dialog'));
  for (const pixels of [-100, 100, 100]) await zoomBy(ada, pixels);
  expect(await left()).toEqual([]);
  expect(await percent(ada), 'a dialog keeps people from the board').toBe(100);
  expect(await page.evaluate(() => devicePixelRatio)).toBe(1);
});

test('the wheel zooms no page that waits for its engine', async ({ browser, server, board, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  let arrives = () => {};
  const held = new Promise<void>((resolve) => (arrives = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/b/${board}`);
  await expect(page.getByRole('application', { name: 'Board' })).toBeVisible();
  const left = await leftToBrowser(page);
  await page.mouse.move(640, 400);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  arrives();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveAttribute('data-state', 'saved');
  expect(await left()).toEqual([]);
  await page.close();
});

test('a wheel without Ctrl scrolls what scrolls and moves the board from everything else', async ({ open }) => {
  const ada = await open({ options: { viewport: { width: 1280, height: 520 } } });
  const { page } = ada;
  await ada.take('Rectangle');
  await ada.drag([600, 150], [700, 250]);
  await ada.key('Escape');
  await over(page, page.locator('.toolbar'));
  await page.mouse.wheel(0, 100);
  await ada.shows('scene', { x: 590, y: 40, width: 120, height: 20 });
  await page.mouse.wheel(0, -100);
  await ada.shows('scene', { x: 590, y: 240, width: 120, height: 20 });

  await ada.key('Control+a');
  const panel = page.getByRole('group', { name: 'Style of what is drawn' });
  await over(page, panel);
  await page.mouse.wheel(0, 60);
  await expect.poll(() => panel.evaluate((list) => list.scrollTop)).toBeGreaterThan(0);
  await page.keyboard.press('Shift+?');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await over(page, dialog);
  await page.mouse.wheel(0, 60);
  await expect.poll(() => dialog.evaluate((list) => list.scrollTop)).toBeGreaterThan(0);
  await page.mouse.move(20, 210);
  await page.mouse.wheel(0, 60);
  await ada.key('Escape');
  await ada.shows('scene', { x: 590, y: 240, width: 120, height: 20 });
});

test('a wheel over the number that has the keyboard leaves it alone', async ({ open }) => {
  const ada = await open();
  await ada.take('Text');
  const size = ada.page.getByRole('spinbutton', { name: 'Font size in numbers' });
  await size.click();
  await ada.page.mouse.wheel(0, -100);
  await zoomBy(ada, -100);
  await expect(ada.page.locator('.zoom-value')).toHaveText('120%');
  await expect(size).toHaveValue('20');
});

test('two fingers on the widgets do not zoom the page', async ({ open }) => {
  const ada = await open({ options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } });
  const { page } = ada;
  const fingers = await ada.fingers();
  const pinch = async (what: Locator) => {
    const box = await what.boundingBox();
    if (!box) throw new Error('it is not shown');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const far = Math.min(box.width / 2 - 8, 120);
    await fingers.swipe(path([x - 10, y], [x - far, y]), path([x + 10, y], [x + far, y]));
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  };
  await pinch(page.locator('.toolbar'));
  await page.getByRole('button', { name: 'Menu' }).tap();
  await pinch(page.locator('#menu-popover'));
  await page.locator('#menu-popover').getByRole('button', { name: 'Help' }).tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await pinch(page.getByRole('dialog'));
});
