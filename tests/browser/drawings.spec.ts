/** SVG on a board: elements where it is made of what boards have, else a picture. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { root } from './support/server';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const corpus = (name: string) => readFile(path.join(root, 'interchange/tests/corpus/drawings', `${name}.svg`), 'utf8');
const GRADIENT = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><linearGradient id="g"><stop/></linearGradient>'
  + '<rect width="120" height="80" fill="url(#g)"/></svg>';

/** Pastes as a person does who has copied a text. */
async function paste({ page }: BoardPage, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press('Control+v');
}

const kinds = (elements: readonly { kind: string }[]) => elements.map(({ kind }) => kind).sort();

test('an icon of lines that is pasted becomes its lines, and one undo takes all of them', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await paste(ada, await corpus('line-icon'));
  await expect(ada.page.getByText('6 elements from SVG.')).toBeVisible();
  await ada.saved();
  expect(kinds(await stored())).toEqual(['ellipse', 'group', 'line', 'line', 'line', 'line']);
  await ada.key('Control+z');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('one with a gradient is a picture, and the other that is dropped with it is not', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await paste(ada, GRADIENT);
  await expect.poll(async () => kinds(await stored())).toEqual(['image']);
  await ada.dropFile('figure.svg', await corpus('figma'), [500, 300], 'image/svg+xml');
  await expect(ada.page.getByText(/6 elements from figure\.svg/)).toBeVisible();
  await ada.saved();
  expect(kinds(await stored())).toEqual(['ellipse', 'group', 'image', 'line', 'line', 'rectangle', 'rectangle']);
});

test('whoever wants the picture takes it, whatever is selected by then', async ({ open, stored }) => {
  const ada = await open();
  await ada.dropFile('icon.svg', await corpus('filled-icon'), [300, 300], 'image/svg+xml');
  await expect.poll(async () => kinds(await stored())).toEqual(['line']);
  await ada.key('Escape');
  await ada.page.getByRole('button', { name: 'Keep as picture' }).click();
  await expect.poll(async () => kinds(await stored())).toEqual(['image']);
  await ada.key('Control+z');
  await expect.poll(async () => kinds(await stored()), 'as if the elements had never been there').toEqual([]);
});

test('text that only begins like a drawing is pasted as text', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  for (const code of ['<svg className="a" strokeWidth={2}></svg>', '<svg></svg>\n<svg></svg>', '<svg><path d="M0 0']) {
    await paste(ada, code);
    await expect.poll(async () => (await stored()).map(({ text }) => text)).toContain(code);
    await ada.key('Escape');
  }
});

test('a file that is opened comes as elements, and one that is picked as a picture stays one', async ({ open, stored }) => {
  const ada = await open();
  const file = { name: 'chart.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(await corpus('chart')) };
  const opened = ada.page.waitForEvent('filechooser');
  await ada.key('Control+o');
  await (await opened).setFiles(file);
  await expect(ada.page.getByText(/elements from chart\.svg\. 4 texts in a family/)).toBeVisible();
  await expect.poll(async () => (await stored()).filter(({ text }) => text === 'Sales').length).toBe(1);
  const before = (await stored()).length;
  const picked = ada.page.waitForEvent('filechooser');
  await ada.key('9');
  await (await picked).setFiles(file);
  await expect.poll(async () => (await stored()).length).toBe(before + 1);
  expect((await stored()).filter(({ kind }) => kind === 'image').length).toBe(1);
});
