/** Pictures on a board: how they come there, who sees them, and that none is lost on the way. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { BLUE, MIDDLE, type Picked, RED, pick, picture, sees, uploads } from './support/images';
import { type Rgb, gif, png } from './support/png';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

test('a picture that is picked is seen by everybody, now and later', async ({ open, stored }) => {
  const [ada, ben] = [await open(), await open()];
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await sees(ben, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['image']);
  await sees(await open(), RED, { x: 560, y: 340, width: 120, height: 20 });
  await ada.undo.click();
  await expect.poll(() => ben.colors(MIDDLE)).not.toContain(RED.join());
  await ada.redo.click();
  await sees(ben, RED);
});

test('a picture is pasted, and dropped where one lets go', async ({ open, stored }, info) => {
  const ada = await open({ options: clipboard });
  await ada.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    const picture = new Blob([bytes], { type: 'image/png' });
    const html = new Blob(['<img src="https://example.org/photo.png">'], { type: 'text/html' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture, 'text/html': html })]);
  }, png(300, 200, BLUE).toString('base64'));
  await ada.page.mouse.move(900, 560);
  await ada.key('Control+v');
  await sees(ada, BLUE, { x: 890, y: 550, width: 20, height: 20 });
  const file = info.outputPath('photo.png');
  await writeFile(file, png(100, 80, RED));
  const session = await ada.page.context().newCDPSession(ada.page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 600, data });
  }
  await sees(ada, RED, { x: 280, y: 580, width: 40, height: 40 });
  await expect.poll(async () => (await stored()).length).toBe(2);
});

test('what is no picture is told, and nothing is put there', async ({ open, stored }) => {
  const ada = await open();
  await pick(ada, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('only words') });
  await expect(ada.page.locator('.toast')).toContainText('notes.png is no PNG');
  expect(await stored()).toEqual([]);
});

test('a picture that is damaged further on is told, and nothing is put there', async ({ open, stored }) => {
  const ada = await open();
  const whole = png(300, 200, RED);
  await pick(ada, { name: 'half.png', mimeType: 'image/png', buffer: whole.subarray(0, whole.length / 2) });
  await expect(ada.page.locator('.toast')).toContainText('half.png is damaged');
  expect(await stored()).toEqual([]);
});

test('several that come at once lie beside one another, and are one selection', async ({ open, stored }) => {
  const ada = await open();
  await pick(ada, ...[RED, BLUE, [20, 160, 80] as const].map((color) => picture(color, 600, 400)));
  const places = async () => (await stored()).map(({ geometry: [x = 0, y = 0, w = 0, h = 0] }) => ({ x, y, w, h }));
  await expect.poll(async () => (await places()).length).toBe(3);
  const [first, second, third] = await places();
  if (!first || !second || !third) throw new Error('three pictures');
  expect(second.x).toBeGreaterThan(first.x + first.w);
  expect(third.y).toBeGreaterThan(first.y + first.h);
  await sees(ada, BLUE, { x: second.x + 20, y: second.y + 20, width: 20, height: 20 });
  await ada.key('Delete');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('a board’s card shows its pictures, also when it is made up for', async ({ open, server }) => {
  const ada = await open();
  await pick(ada, picture(RED, 600, 400));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.saved();
  // Left too soon: the card is made on the start page, of what this browser keeps.
  await ada.page.goto(server.url);
  const card = ada.page.locator('.card-picture');
  await expect(card).toBeVisible();
  const box = await card.boundingBox();
  if (!box) throw new Error('no picture');
  const middle = { x: box.x + box.width / 2 - 3, y: box.y + box.height / 2 - 3, width: 6, height: 6 };
  const isRed = (colors: string[]) => colors.some((color) => {
    const [red = 0, green = 0, blue = 0] = color.split(',').map(Number);
    return red > 180 && green < 60 && blue < 90;
  });
  await expect.poll(async () => isRed(await ada.colors(middle))).toBe(true);
});

test('without a connection a picture is shown, kept through a reload, and sent later', async ({ open, line }) => {
  const via = await line();
  const [ada, ben] = [await open({ via }), await open()];
  via.cut();
  await expect(ada.connection).toHaveAttribute('data-state', 'offline');
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await expect(uploads(ada)).toContainText('A picture waits for the connection');
  await ada.page.reload();
  await sees(ada, RED, { x: 560, y: 340, width: 120, height: 20 });
  expect(await ben.painted('scene', MIDDLE)).toBe(0);
  via.mend();
  await sees(ben, RED);
  await expect(uploads(ada)).toBeHidden();
});

test('while a picture is on its way others see a stand-in of its size', async ({ open }) => {
  const [ada, ben] = [await open(), await open()];
  let go = (): void => undefined;
  const held = new Promise<void>((free) => (go = free));
  await ada.page.route('**/v1/boards/*/files/**', async (route) => (await held, route.continue()));
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await expect(uploads(ada)).toContainText('Sending a picture');
  await ben.shows('scene', { x: 495, y: 305, width: 10, height: 10 });
  expect(await ben.colors(MIDDLE)).not.toContain(RED.join());
  go();
  await sees(ben, RED);
  await expect(uploads(ada)).toBeHidden();
});

test('what the server does not take is said, and can be tried again', async ({ open, complaints }) => {
  const [ada, ben] = [await open(), await open()];
  await ada.page.route('**/v1/boards/*/files/**', (route) => route.fulfill({ status: 413, body: 'Files may have 1 MiB here.' }));
  await pick(ada, picture(RED));
  await expect(uploads(ada)).toContainText('A picture is only in this browser. Files may have 1 MiB here.');
  await ada.page.unroute('**/v1/boards/*/files/**');
  await uploads(ada).getByRole('button', { name: 'Try again' }).click();
  await expect(uploads(ada)).toBeHidden();
  await sees(ben, RED);
  // The browser's own line.
  expect(complaints.list.splice(0).filter((line) => !line.includes('413'))).toEqual([]);
});

test('nobody is told that all is saved while a picture is not, nor of one that is gone', async ({ open, complaints }) => {
  const ada = await open();
  const { page } = ada;
  const status = page.locator('.connection');
  const saysSaved = async (notice: RegExp) => {
    await expect(uploads(ada)).toContainText(notice);
    await expect(status).not.toContainText('Everything is saved');
    await status.getByRole('button').click();
    await expect(page.getByRole('button', { name: 'Download my changes' })).toBeVisible();
    await ada.key('Escape');
  };
  for (const [answer, notice] of [[507, /only in this browser/], [500, /Sending a picture/]] as const) {
    await page.route('**/v1/boards/*/files/**', (route) => route.fulfill({ status: answer, body: 'No room.' }));
    await pick(ada, picture(answer === 507 ? RED : BLUE));
    await saysSaved(notice);
    await ada.key('Delete');
    await expect(uploads(ada)).toBeHidden();
    await expect(status).toContainText('Everything is saved on the server.');
    await ada.key('Control+z');
    await saysSaved(notice);
    await ada.key('Delete');
    await expect(uploads(ada)).toBeHidden();
    await page.unroute('**/v1/boards/*/files/**');
  }
  await page.route('**/v1/boards/*/files/**', (route) => route.fulfill({ status: 507 }));
  await page.reload();
  await ada.saved();
  await expect(uploads(ada)).toBeHidden();
  complaints.list.splice(0);
});

test('a drawing is shown, and nothing in it runs', async ({ open, board, server }) => {
  const ada = await open();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" onload="top.ran=1">
    <script>top.ran = 1; document.title = 'ran'</script><rect width="300" height="200" fill="rgb(${RED.join()})"/></svg>`;
  const brought = ada.page.waitForRequest((request) => request.method() === 'PUT');
  await pick(ada, { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  await sees(ada, RED);
  const path = new URL((await brought).url()).pathname;
  expect(path).toContain(`/v1/boards/${board}/files/`);
  await ada.saved();
  await expect(uploads(ada)).toBeHidden();
  expect(await ada.page.evaluate(() => 'ran' in window)).toBe(false);
  const opened = await ada.page.context().newPage();
  const answer = await opened.goto(server.url + path);
  expect(answer?.headers()['content-security-policy']).toContain('sandbox');
  expect(await opened.title()).toBe('');
  // Other programs may open it under no such policy.
  expect(await answer?.text()).toBe('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">\n    '
    + `<rect width="300" height="200" fill="rgb(${RED.join()})"/></svg>`);
});

for (const part of ['foreign-files', 'files-worker']) {
  test(`a drawing that cannot be cleaned is not taken, and the page says so: no ${part}`, async ({ open, stored, complaints }) => {
    const ada = await open();
    await pick(ada, picture(BLUE));
    await sees(ada, BLUE);
    // As it is where there is no network and nobody has asked for these parts of the page before.
    await ada.page.context().route(`**/assets/${part}*`, (route) => route.abort('internetdisconnected'));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="rgb(${RED.join()})"/></svg>`;
    await pick(ada, { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
    await expect(ada.page.locator('.toast')).toContainText('could not be fetched');
    expect(await ada.colors(MIDDLE)).not.toContain(RED.join());
    await ada.saved();
    await expect(uploads(ada)).toBeHidden();
    expect((await stored()).length).toBe(1);
    // The browser's own line, and the page's.
    expect(complaints.list.splice(0).filter((line) => !/ERR_INTERNET_DISCONNECTED|not to be had|cannot be cleaned/.test(line))).toEqual([]);
  });
}

test('a picture goes along to another board', async ({ open, server }) => {
  const ada = await open({ options: clipboard });
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.key('Control+c');
  const board = await server.newBoard();
  const there = await open({ browser: ada.page.context(), board });
  await there.key('Control+v');
  await sees(there, RED);
  await expect(uploads(there)).toBeHidden();
  await sees(await open({ board }), RED, { x: 500, y: 300, width: 280, height: 100 });
});

test('a duplicate of a board has its pictures', async ({ open, board, server }) => {
  const ada = await open();
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.page.getByRole('textbox', { name: 'Name of this board' }).fill('Photos');
  await ada.key('Enter');
  await ada.saved();
  await ada.page.goto(server.url);
  await ada.page.getByRole('button', { name: 'More about Photos' }).click();
  await ada.page.getByRole('menuitem', { name: 'Duplicate' }).click();
  const link = ada.page.getByRole('link', { name: 'Photos (copy)', exact: true });
  await expect(link).toBeVisible();
  const copy = decodeURIComponent((await link.getAttribute('href'))?.replace('/b/', '') ?? '');
  expect(copy).not.toBe(board);
  // Somebody whose browser has never seen it.
  await sees(await open({ board: copy }), RED, { x: 500, y: 300, width: 280, height: 100 });
});

test('every kind of picture is shown: GIF, JPEG, WebP', async ({ open }) => {
  const [ada, ben] = [await open(), await open()];
  const encoded = async (mimeType: string): Promise<Picked> => {
    const base64 = await ada.page.evaluate(async ({ mimeType, color }) => {
      const canvas = new OffscreenCanvas(300, 200);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = `rgb(${color})`;
      context?.fillRect(0, 0, 300, 200);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: mimeType, quality: 1 })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }, { mimeType, color: BLUE.join() });
    return { name: 'photo', mimeType, buffer: Buffer.from(base64, 'base64') };
  };
  const kinds = [
    { name: 'photo', mimeType: 'image/gif', buffer: gif(300, 200, BLUE) }, await encoded('image/jpeg'), await encoded('image/webp'),
  ];
  for (const kind of kinds) {
    const brought = ada.page.waitForResponse((response) => response.request().method() === 'PUT');
    await pick(ada, kind);
    expect((await (await brought).text()).trim()).toBe(`["${kind.mimeType}",${kind.buffer.length},300,200]`);
    for (const person of [ada, ben]) await expect.poll(() => near(person, BLUE), kind.mimeType).toBe(true);
    await ada.key('Delete');
    await ada.saved();
    await expect.poll(() => ben.painted('scene', MIDDLE)).toBe(0);
  }
});

/** Whether a person sees a colour in the middle, as nearly as a photograph keeps it. */
async function near(person: BoardPage, wanted: Rgb): Promise<boolean> {
  const colors = (await person.colors(MIDDLE)).map((color) => color.split(',').map(Number));
  return colors.some((color) => wanted.every((value, i) => Math.abs(value - (color[i] ?? 0)) < 6));
}

test('a large picture is decoded as small as it is seen, and finer when somebody comes nearer', async ({ browser, open }) => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const real = createImageBitmap;
    const widths: number[] = [];
    Object.assign(window, {
      widths,
      createImageBitmap: (source: ImageBitmapSource, options?: ImageBitmapOptions) => {
        // What is seen is told by screenshots, which are decoded here too, in their own size.
        widths.push(options?.resizeWidth ?? 0);
        return real(source, options);
      },
    });
  });
  const ada = await open({ browser: context });
  const widest = () => ada.page.evaluate(() => Math.max(...(Reflect.get(window, 'widths') as number[])));
  // On the board it is 576 wide.
  await pick(ada, picture(RED, 4000, 3000));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  expect(await widest()).toBe(1000);
  await ada.page.mouse.move(630, 350);
  await ada.page.keyboard.down('Control');
  await expect(async () => {
    await ada.page.mouse.wheel(0, -300);
    expect(await widest()).toBe(4000);
  }).toPass();
  await ada.page.keyboard.up('Control');
  await sees(ada, RED);
  await context.close();
});

test('who has only looked sees a picture without a connection too', async ({ open, line }) => {
  const ada = await open();
  await pick(ada, picture(RED));
  await expect(uploads(ada)).toBeHidden();
  await ada.saved();
  const via = await line();
  const ben = await open({ via });
  const middle = { x: 560, y: 340, width: 120, height: 20 };
  await sees(ben, RED, middle);
  await expect.poll(() => seen(ben)).toBe(1);
  via.cut();
  await ben.page.reload();
  await sees(ben, RED, middle);
  await expect(ben.connection).toHaveAttribute('data-state', 'offline');
});

/** How many files that were seen a browser keeps. */
async function seen(person: BoardPage): Promise<number> {
  return person.page.evaluate(() => new Promise<number>((settle) => {
    const request = indexedDB.open('drawbridge files');
    request.onsuccess = () => {
      const count = request.result.transaction('seen').objectStore('seen').count();
      count.onsuccess = () => settle(count.result);
    };
  }));
}

test('what waits is in the file of one’s changes, picture and all', async ({ open, line, board }) => {
  const via = await line();
  const ada = await open({ via });
  via.cut();
  await expect(ada.connection).toHaveAttribute('data-state', 'offline');
  const photo = picture(RED);
  await pick(ada, photo);
  await sees(ada, RED);
  await ada.waiting(1);
  await ada.connection.getByRole('button').click();
  const download = ada.page.waitForEvent('download');
  await ada.page.getByRole('button', { name: 'Download my changes' }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
    board: string; files: { hash: string; media: string; bytes: string }[];
  };
  const hash = createHash('sha256').update(photo.buffer).digest('hex');
  expect(saved.board).toBe(board);
  expect(saved.files).toEqual([{ hash, media: 'image/png', bytes: photo.buffer.toString('base64') }]);
});

test('how far a picture has got is shown', async ({ open }) => {
  const ada = await open();
  const session = await ada.page.context().newCDPSession(ada.page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 };
  await session.send('Network.emulateNetworkConditions', slow);
  await pick(ada, picture(RED, 300, 200, 2_000_000));
  const bar = uploads(ada).getByRole('progressbar', { name: 'Sending a picture' });
  const value = () => bar.evaluate((bar) => (bar as HTMLProgressElement).value);
  let before = 0;
  for (const least of [0.1, 0.4, 0.7]) {
    await expect.poll(value, { intervals: [50] }).toBeGreaterThan(least);
    const now = await value();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(1);
    before = now;
  }
  await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await expect(uploads(ada)).toBeHidden();
});
