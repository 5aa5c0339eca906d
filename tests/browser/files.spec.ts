/** Files of other programs: onto the board, and the board as one. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { root } from './support/server';

const corpus = (name: string) => path.join(root, 'interchange/tests/corpus', `${name}.excalidraw`);

/** Drops a file on the board, as a browser hands it on. */
async function drop({ page }: BoardPage, name: string, text: string, at: readonly [number, number]): Promise<void> {
  const data = await page.evaluateHandle(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text ?? ''], name ?? ''));
    return data;
  }, [name, text]);
  const [clientX, clientY] = at;
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator('#board').dispatchEvent(type, { dataTransfer: data, clientX, clientY });
  }
}

test('a scene of Excalidraw is dropped on a board: everybody sees it, and one undo takes it away', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await drop(ada, 'labels.excalidraw', await readFile(corpus('labels'), 'utf8'), [400, 300]);
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
  await drop(ada, 'images.excalidraw', await readFile(corpus('images'), 'utf8'), [400, 300]);
  await ada.saved();
  const document = await server.document(board);
  await expect.poll(async () => [...(await server.document(board)).getMap('files').keys()].length).toBeGreaterThan(0);
  const [hash] = [...(await server.document(board)).getMap('files').keys()];
  expect((await fetch(`${server.url}/files/${board}/${hash}`)).status).toBe(200);
  expect((await stored()).length).toBeGreaterThan(0);
  document.destroy();
});

test('what is no scene changes nothing and says why', async ({ open, stored }) => {
  const ada = await open();
  for (const [text, why] of [['{"type":"excalidraw","elements":[', /is no JSON/], ['{"a":1}', /is no Excalidraw/]] as const) {
    await drop(ada, 'damaged.excalidraw', text, [400, 300]);
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
  await drop(ada, 'again.excalidraw', text, [400, 300]);
  await expect(ada.page.getByText('1 element from again.excalidraw.')).toBeVisible();
  await ada.saved();
  expect(await stored()).toMatchObject([{ kind: 'rectangle' }]);
});
