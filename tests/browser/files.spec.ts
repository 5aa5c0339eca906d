/** Files of other programs: onto the board, and the board as one. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/fixtures';
import { root, Server } from './support/server';

const corpus = (name: string) => path.join(root, 'interchange/tests/corpus', `${name}.excalidraw`);

test('a scene of Excalidraw is dropped on a board: everybody sees it, and one undo takes it away', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.dropFile('labels.excalidraw', await readFile(corpus('labels'), 'utf8'), [400, 300]);
  await expect(ada.page.getByText(/elements from labels\.excalidraw/)).toBeVisible();
  await ada.saved();
  const count = (await stored()).length;
  expect(count).toBeGreaterThan(3);
  await bob.shows('scene', { x: 100, y: 100, width: 900, height: 600 });
  await ada.page.keyboard.press('Control+z');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('pictures come along', async ({ open, stored, server, board }) => {
  const ada = await open();
  await ada.dropFile('images.excalidraw', await readFile(corpus('images'), 'utf8'), [400, 300]);
  await ada.saved();
  const document = await server.document(board);
  await expect.poll(async () => [...(await server.document(board)).getMap('files').keys()].length).toBeGreaterThan(0);
  const [hash] = [...(await server.document(board)).getMap('files').keys()];
  expect((await fetch(`${server.url}/v1/boards/${board}/files/${hash}`)).status).toBe(200);
  expect((await stored()).length).toBeGreaterThan(0);
  document.destroy();
});

test('a picture that is a scene as well brings the scene, and any other is a picture', async ({ open, stored }) => {
  const ada = await open();
  const scene = Buffer.from(await readFile(corpus('labels'), 'utf8')).toString('base64');
  const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">${inside}</svg>`;
  const payload = '<!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:1 -->'
    + `<!-- payload-start -->${scene}<!-- payload-end -->`;
  await ada.dropFile('scene.svg', svg(`<metadata>${payload}</metadata>`), [400, 300], 'image/svg+xml');
  await expect(ada.page.getByText(/elements from scene\.svg/)).toBeVisible();
  await ada.dropFile('plain.svg', svg('<path d="M0 0L20 10"/>'), [400, 500], 'image/svg+xml');
  await expect.poll(async () => (await stored()).filter(({ kind }) => kind === 'image').length).toBe(1);
  expect((await stored()).length).toBeGreaterThan(3);
});

test('a scene and a picture that are dropped together both come, and what is neither says what can be opened', async ({ open, stored }) => {
  const ada = await open();
  const scene = await readFile(corpus('shapes'), 'utf8');
  const data = await ada.page.evaluateHandle((scene) => {
    const data = new DataTransfer();
    data.items.add(new File([scene], 'shapes.excalidraw'));
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0 0L20 10"/></svg>';
    data.items.add(new File([svg], 'plain.svg', { type: 'image/svg+xml' }));
    return data;
  }, scene);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await ada.page.locator('#board').dispatchEvent(type, { dataTransfer: data, clientX: 400, clientY: 300 });
  }
  await expect(ada.page.getByText(/elements from shapes\.excalidraw/)).toBeVisible();
  await expect.poll(async () => (await stored()).filter(({ kind }) => kind === 'image').length).toBe(1);
  const before = (await stored()).length;
  expect(before).toBeGreaterThan(3);
  await ada.dropFile('words.txt', 'words', [400, 300]);
  await expect(ada.page.getByText(/none of the files that are opened here/)).toBeVisible();
  expect((await stored()).length).toBe(before);
});

test('the board is saved as a file, and that file opens', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.draw([300, 300], [500, 400]);
  await ada.saved();
  const download = ada.page.waitForEvent('download');
  await ada.page.getByRole('button', { name: 'Menu' }).click();
  await ada.page.getByRole('button', { name: 'Save as a file' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.drawbridge$/);
  await ada.dropFile('again.drawbridge', await readFile(await saved.path()), [700, 500]);
  await expect.poll(async () => (await stored()).length).toBe(2);
});

test('without network it is said that what reads and makes files cannot be had', async ({ open, line, complaints }) => {
  const via = await line();
  const ada = await open({ via });
  await ada.take('Rectangle');
  await ada.draw([300, 300], [500, 400]);
  await ada.saved();
  via.cut();
  await ada.page.route('**/assets/**', (route) => route.abort());
  const told = ada.page.getByText(/could not be fetched/);
  for (const keys of ['Control+Shift+E', 'Shift+Alt+c']) {
    await ada.key(keys);
    await expect(told).toBeVisible();
    await told.getByRole('button').or(told).first().click();
    await expect(told).toBeHidden({ timeout: 10_000 });
  }
  await ada.dropFile('shapes.excalidraw', await readFile(corpus('shapes'), 'utf8'), [400, 300]);
  await expect(told).toBeVisible();
  complaints.list.length = 0;
});

test('what Excalidraw has copied is pasted as elements', async ({ open, stored }) => {
  const ada = await open();
  const { elements, files } = JSON.parse(await readFile(corpus('shapes'), 'utf8'));
  const text = JSON.stringify({ type: 'excalidraw/clipboard', elements, files });
  await ada.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(ada.page.getByText(/elements from Excalidraw\./)).toBeVisible();
  expect((await stored()).length).toBeGreaterThan(3);
  expect((await stored()).every(({ kind }) => kind !== 'text')).toBe(true);
});

test('a board is opened on another, beside nothing of what it was', async ({ open, stored }, info) => {
  const ada = await open();
  const file = info.outputPath('plan.drawbridge');
  await mkdir(path.dirname(file), { recursive: true });
  await Server.convert(corpus('groups'), file);
  await ada.dropFile('plan.drawbridge', await readFile(file), [400, 300]);
  await expect(ada.page.getByText(/elements from plan\.drawbridge/)).toBeVisible();
  await ada.saved();
  expect((await stored()).filter(({ parent }) => parent !== undefined).length).toBeGreaterThan(0);
});

test('what is no scene changes nothing and says why', async ({ open, stored }) => {
  const ada = await open();
  for (const [text, why] of [['{"type":"excalidraw","elements":[', /is no JSON/], ['{"a":1}', /is no Excalidraw/]] as const) {
    await ada.dropFile('damaged.excalidraw', text, [400, 300]);
    await expect(ada.page.getByText(why)).toBeVisible();
  }
  expect(await stored()).toEqual([]);
});

test('a board is saved for Excalidraw, and comes back as it was', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 300], [500, 400]);
  await ada.saved();
  const download = ada.page.waitForEvent('download');
  await ada.page.getByRole('button', { name: 'Menu' }).click();
  await ada.page.getByRole('button', { name: 'Save for Excalidraw' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.excalidraw$/);
  const text = await readFile(await saved.path(), 'utf8');
  const scene = JSON.parse(text);
  expect(scene.type).toBe('excalidraw');
  expect(scene.elements).toMatchObject([{ type: 'rectangle', width: 200, height: 100 }]);
  await ada.page.keyboard.press('Control+a');
  await ada.page.keyboard.press('Delete');
  await ada.dropFile('again.excalidraw', text, [400, 300]);
  await expect(ada.page.getByText('1 element from again.excalidraw.')).toBeVisible();
  await ada.saved();
  expect(await stored()).toMatchObject([{ kind: 'rectangle' }]);
});
