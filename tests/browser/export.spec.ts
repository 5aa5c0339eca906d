/** Pictures of the board, by the dialog and by the clipboard. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Download, Locator, Page } from '@playwright/test';
import * as Y from 'yjs';
import { SHARE, otherwise } from './support/alike';
import type { BoardPage } from './support/board-page';
import { elementsOf } from './support/elements';
import { expect, test } from './support/fixtures';
import { seed } from './support/seed';
import { Server, root } from './support/server';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

/** A scene of Excalidraw's, of elements that say no more than they have to. */
function scene(...elements: Record<string, unknown>[]): string {
  const plain = { angle: 0, strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 1, roughness: 0, opacity: 100 };
  return JSON.stringify({ type: 'excalidraw', version: 2, elements: elements.map((element) => ({ ...plain, ...element })), files: {} });
}

const PLAN = scene(
  { id: 'plan', type: 'frame', name: 'Plan', x: 0, y: 0, width: 200, height: 100 },
  { id: 'box', type: 'rectangle', frameId: 'plan', x: 50, y: 20, width: 100, height: 60, backgroundColor: '#ff0000', strokeColor: '#ff0000' },
  { id: 'far', type: 'rectangle', x: 600, y: 300, width: 100, height: 60 },
);

async function bring(person: BoardPage, text: string): Promise<void> {
  await person.dropFile('scene.excalidraw', text, [400, 300]);
  await expect(person.page.getByText(/from scene\.excalidraw/)).toBeVisible();
  await person.saved();
}

async function dialogOf({ page }: BoardPage): Promise<Locator> {
  await page.keyboard.press('Control+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export picture' });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function downloaded(page: Page, dialog: Locator): Promise<Download> {
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  await expect(dialog).toBeHidden();
  return file;
}

const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

/** How large a picture is, and its colour at a place. */
async function looked(page: Page, picture: Buffer, [x, y]: readonly [number, number]) {
  return page.evaluate(async ([base64, x, y]) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, at: [...(context?.getImageData(x, y, 1, 1).data ?? [])] };
  }, [picture.toString('base64'), x, y] as const);
}

test('a picture of a frame has its size and its colours, with nothing behind it if one likes', async ({ open }) => {
  const ada = await open();
  await bring(ada, PLAN);
  const dialog = await dialogOf(ada);
  await dialog.getByLabel('What').selectOption('Plan');
  await dialog.getByRole('radio', { name: 'Scale: 3×' }).click();
  await expect(dialog.getByText('600 × 300 pixels')).toBeVisible();
  await dialog.getByRole('switch', { name: 'Background' }).click();
  const download = await downloaded(ada.page, dialog);
  expect(download.suggestedFilename()).toBe('Plan.png');
  const picture = await bytesOf(download);
  expect(await looked(ada.page, picture, [300, 150])).toEqual({ width: 600, height: 300, at: [255, 0, 0, 255] });
  expect((await looked(ada.page, picture, [75, 250])).at[3]).toBe(0);
});

for (const format of ['SVG', 'PNG']) {
  test(`a ${format} that is a scene as well is opened again as the same elements`, async ({ open, server, board }) => {
    const ada = await open();
    await bring(ada, PLAN);
    const on = async (board: string) => {
      const elements = elementsOf(await server.document(board));
      return elements.map(({ kind, geometry, stroke, fill, parent }) => ({ kind, geometry, stroke, fill, held: parent !== undefined }));
    };
    const dialog = await dialogOf(ada);
    await dialog.getByRole('radio', { name: `Format: ${format}` }).click();
    await dialog.getByRole('switch', { name: 'Can be opened again in Excalidraw' }).click();
    const download = await downloaded(ada.page, dialog);
    const there = await server.newBoard();
    const other = await open({ board: there });
    const type = format === 'SVG' ? 'image/svg+xml' : 'image/png';
    await other.dropFile(download.suggestedFilename(), await bytesOf(download), [400, 300], type);
    await expect(other.page.getByText(/3 elements from/)).toBeVisible();
    await other.saved();
    expect(await on(there)).toEqual(await on(board));
  });
}

test('the file is what one sees, whatever others draw meanwhile', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await ada.saved();
  const dialog = await dialogOf(ada);
  const said = await dialog.getByText(/\d+ × \d+ pixels/).textContent();
  await bob.take('Rectangle');
  await bob.drag([700, 500], [900, 600]);
  await bob.saved();
  await ada.shows('scene', { x: 690, y: 520, width: 20, height: 20 });
  const picture = await bytesOf(await downloaded(ada.page, dialog));
  const { width, height } = await looked(ada.page, picture, [1, 1]);
  expect(`${width} × ${height} pixels`).toBe(said);
});

/** What a PDF's fonts say that their glyphs are. */
function lettersOf(pdf: Buffer): string {
  let letters = '';
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    let text = '';
    try {
      text = inflateSync(pdf.subarray(at + 7)).toString('latin1');
    } catch {
      continue;
    }
    for (const [, code] of text.matchAll(/<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4})>/g)) {
      letters += String.fromCharCode(parseInt(code ?? '', 16));
    }
  }
  return letters;
}

test('a PDF has its words, and a page for each frame', async ({ open }) => {
  const ada = await open();
  await bring(ada, scene(
    { id: 'a', type: 'frame', name: 'One', x: 0, y: 0, width: 200, height: 100 },
    { id: 'b', type: 'frame', name: 'Two', x: 300, y: 0, width: 200, height: 100 },
    { id: 't', type: 'text', frameId: 'a', x: 20, y: 20, width: 80, height: 25, text: 'Žluť', originalText: 'Žluť', fontSize: 20, fontFamily: 5, textAlign: 'left', verticalAlign: 'top', containerId: null, lineHeight: 1.25 },
  ));
  const dialog = await dialogOf(ada);
  await dialog.getByLabel('What').selectOption('Whole board');
  await dialog.getByRole('radio', { name: 'Format: PDF' }).click();
  await dialog.getByRole('radio', { name: 'Pages: One per frame' }).click();
  await expect(dialog.getByText('Page 1 of 2')).toBeVisible();
  const pdf = await bytesOf(await downloaded(ada.page, dialog));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type ?\/Page\b/g)?.length).toBe(2);
  for (const letter of 'Žluť') expect(lettersOf(pdf)).toContain(letter);
});

test('an SVG and a WebP on the board are in every format', async ({ open }) => {
  const ada = await open();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><linearGradient id="red"><stop stop-color="#ff0000"/>'
    + '</linearGradient><path fill="url(#red)" d="M0 0H80V40H0Z"/></svg>';
  const webp = await ada.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(80, 40);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#00ff00';
    context.fillRect(0, 0, 80, 40);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 1 })).arrayBuffer())];
  });
  await ada.dropFile('red.svg', svg, [300, 300], 'image/svg+xml');
  await ada.shows('scene', { x: 270, y: 290, width: 60, height: 20 });
  await ada.dropFile('green.webp', Buffer.from(webp), [600, 300], 'image/webp');
  await ada.shows('scene', { x: 570, y: 290, width: 60, height: 20 });
  await ada.saved();
  await ada.key('Escape');
  const files = new Map<string, Buffer>();
  for (const format of ['PNG', 'SVG', 'PDF']) {
    const dialog = await dialogOf(ada);
    await dialog.getByRole('radio', { name: `Format: ${format}` }).click();
    files.set(format, await bytesOf(await downloaded(ada.page, dialog)));
  }
  const png = files.get('PNG') ?? Buffer.alloc(0);
  const { width, at } = await looked(ada.page, png, [70, 60]);
  expect(at).toEqual([255, 0, 0, 255]);
  const [red = 255, green = 0] = (await looked(ada.page, png, [width - 70, 60])).at;
  expect(green - red).toBeGreaterThan(200);
  const text = files.get('SVG')?.toString() ?? '';
  expect(text).toContain('data:image/png');
  expect(text).toContain('data:image/webp');
  const pdf = files.get('PDF')?.toString('latin1') ?? '';
  // The drawing at twice its size, the photograph as it is.
  for (const width of [160, 80]) expect(pdf).toMatch(new RegExp(`/Width ${width}\\b`));
});

test('what no font has is said', async ({ open }) => {
  const ada = await open();
  await bring(ada, scene({ id: 't', type: 'text', x: 0, y: 0, width: 80, height: 25, text: 'a漢', originalText: 'a漢', fontSize: 20, fontFamily: 5, textAlign: 'left', verticalAlign: 'top', containerId: null, lineHeight: 1.25 }));
  const dialog = await dialogOf(ada);
  await dialog.getByRole('radio', { name: 'Format: SVG' }).click();
  await expect(dialog.getByText('No font here has 漢')).toBeVisible();
});

test('the dialog is worked by keys alone', async ({ open }) => {
  const ada = await open();
  await bring(ada, PLAN);
  const { keyboard } = ada.page;
  const dialog = await dialogOf(ada);
  for (let tab = 0; tab < 20; tab += 1) {
    await keyboard.press('Tab');
    expect(await ada.page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName ?? 'none')).not.toBe('none');
  }
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await dialogOf(ada);
  await dialog.getByRole('radio', { name: 'Format: PNG' }).focus();
  await keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'Format: SVG' })).toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeEnabled();
  const download = ada.page.waitForEvent('download');
  await keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.svg$/);
  await expect(dialog).toBeHidden();
  // The board has the keyboard again.
  await keyboard.press('r');
  await expect(ada.page.getByRole('radio', { name: 'Rectangle', exact: true })).toBeChecked();
});

test('a picture that is too large is not made, and a smaller one is offered', async ({ open }) => {
  const ada = await open();
  const box = { type: 'rectangle', y: 0, width: 100, height: 100 };
  await bring(ada, scene({ ...box, id: 'a', x: 0 }, { ...box, id: 'b', x: 199_868 }));
  const dialog = await dialogOf(ada);
  await expect(dialog.getByText(/400,0\d\d × 2\d\d pixels are more than this browser can draw/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled();
  await dialog.getByRole('button', { name: /^Use 0\.\d+×$/ }).click();
  await expect(dialog.getByText('more than this browser can draw')).toBeHidden();
  const picture = await bytesOf(await downloaded(ada.page, dialog));
  const { width } = await looked(ada.page, picture, [0, 0]);
  expect(width).toBeGreaterThan(20_000);
});

test('what is copied for Excalidraw is pasted again as what was selected', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await bring(ada, PLAN);
  await ada.key('Escape');
  await ada.key('Control+a');
  const menu = await ada.menu(() => ada.page.locator('#board').click({ button: 'right', position: { x: 640, y: 400 } }));
  await menu.getByRole('menuitem', { name: 'Copy for Excalidraw' }).click();
  await expect(ada.page.getByText('Copied for Excalidraw')).toBeVisible();
  const { type, elements } = JSON.parse(await ada.page.evaluate(() => navigator.clipboard.readText()));
  expect(type).toBe('excalidraw/clipboard');
  expect(elements.length).toBeGreaterThan(0);
  const before = (await stored()).length;
  await ada.key('Control+v');
  await expect.poll(async () => (await stored()).length).toBe(2 * before);
});

test('all of the board is copied as PNG and as SVG', async ({ open }) => {
  const ada = await open({ options: clipboard });
  await bring(ada, PLAN);
  await ada.key('Escape');
  await ada.key('Shift+Alt+c');
  await expect(ada.page.getByText('Copied as PNG')).toBeVisible();
  const size = await ada.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const { width, height } = await createImageBitmap(await item!.getType('image/png'));
    return [width, height];
  });
  expect(size[0]).toBeGreaterThan(2 * 700);
  const menu = await ada.menu(() => ada.page.locator('#board').click({ button: 'right', position: { x: 640, y: 700 } }));
  await menu.getByRole('menuitem', { name: 'Copy as SVG' }).click();
  await expect(ada.page.getByText('Copied as SVG')).toBeVisible();
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<svg/);
});

for (const name of ['labels', 'notes-dark', 'highlighter', 'images-dark']) {
  test(`an exported picture looks as the page does: ${name}`, async ({ open, server, board, page }) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await readFile(path.join(root, `render/tests/golden/${name}.update`)));
    // From a page without a board: whoever is on one may have a pointer there, which is painted too.
    await page.goto(server.url);
    await seed(page, server, board, doc);
    const colorScheme = name.endsWith('-dark') ? 'dark' : 'light';
    const ada = await open({ options: { colorScheme, viewport: { width: 1600, height: 1200 }, deviceScaleFactor: 2 } });
    await ada.key('Control+0');
    await expect(ada.page.locator('.zoom-value')).toHaveText('100%');
    const dialog = await dialogOf(ada);
    const picture = await bytesOf(await downloaded(ada.page, dialog));
    await ada.page.mouse.move(5, 5);
    await expect.poll(() => otherwise(ada.page, picture, 2)).toBeLessThanOrEqual(SHARE);
  });
}

test('the help leads to the licences, which are those that the binary prints', async ({ open }) => {
  const ada = await open();
  await ada.key('?');
  const opened = ada.page.context().waitForEvent('page');
  await ada.page.getByRole('link', { name: 'Licences of Drawbridge and its fonts' }).click();
  const answer = await ada.page.request.get((await opened).url());
  expect((await answer.text()).trim()).toBe((await Server.licences()).trim());
});
