/** Boards that are made on the start page: of a template, of a file that is picked or dropped. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { root, type Server } from './support/server';

const corpus = (name: string) => path.join(root, 'interchange/tests/corpus', `${name}.excalidraw`);
const NAMES = ['Flow chart', 'Mind map', 'Retrospective', 'Kanban', 'User story map', 'Wireframe kit'];
const ask = (page: Page) => page.getByRole('button', { name: 'From a template or a file' }).click();

/** The elements of the board that a page shows, once it says that all is saved. */
async function elements(page: Page, server: Server): Promise<number> {
  await expect(page).toHaveURL(/\/b\//);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveAttribute('data-state', 'saved');
  return (await server.document(new URL(page.url()).pathname.slice('/b/'.length))).getMap('elements').size;
}

/** Drops a file on the page. */
async function drop(page: Page, name: string, file: string | Buffer): Promise<void> {
  const data = await page.evaluateHandle(([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name ?? ''));
    return data;
  }, [name, Buffer.from(file).toString('base64')]);
  for (const type of ['dragenter', 'dragover', 'drop']) await page.locator('h1').dispatchEvent(type, { dataTransfer: data });
}

test('six templates are offered with pictures, and each makes a board of its name', async ({ browser, server, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  for (const name of NAMES) {
    await page.goto(server.url);
    await ask(page);
    const all = page.getByRole('dialog', { name: 'Start with' }).getByRole('listitem');
    await expect(all).toHaveCount(NAMES.length);
    const wide = () => all.getByRole('presentation').evaluateAll((pictures) =>
      pictures.map((picture) => (picture as HTMLImageElement).naturalWidth));
    await expect.poll(async () => Math.min(...(await wide()))).toBeGreaterThan(200);
    await all.getByText(name, { exact: true }).click();
    expect(await elements(page, server)).toBeGreaterThan(10);
    await expect(page.getByRole('textbox', { name: 'Name of this board' })).toHaveValue(name);
  }
  await page.goto(server.url);
  for (const name of NAMES) await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
});

test('an SVG that is dropped on the start page is a board of its elements', async ({ browser, server, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  await drop(page, 'Figure.svg', await readFile(path.join(root, 'interchange/tests/corpus/drawings/figma.svg')));
  expect(await elements(page, server)).toBe(6);
  await expect(page.getByRole('textbox', { name: 'Name of this board' })).toHaveValue('Figure');
});

test('a scene that is dropped on the start page is a board with its pictures', async ({ browser, server, complaints }) => {
  const page = await browser.newPage();
  await complaints.listen(page, () => false);
  await page.goto(server.url);
  await drop(page, 'With images.excalidraw', await readFile(corpus('images')));
  // The file says something that a board cannot: one reads that, and goes on.
  const go = page.getByRole('button', { name: 'Open it' });
  await expect(page.getByText(/Not quite what the file says/)).toBeVisible();
  await go.click();
  expect(await elements(page, server)).toBeGreaterThan(0);
  await expect(page.getByRole('textbox', { name: 'Name of this board' })).toHaveValue('With images');
  const board = new URL(page.url()).pathname.slice('/b/'.length);
  const files = [...(await server.document(board)).getMap('files').keys()];
  expect(files.length).toBeGreaterThan(0);
  for (const hash of files) expect((await fetch(`${server.url}/v1/boards/${board}/files/${hash}`)).status).toBe(200);
});

test('a board of Drawbridge opens exactly, and what cannot be read makes none', async ({ browser, server, open, board }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.draw([300, 300], [500, 420]);
  await ada.saved();
  const file = Buffer.from(await (await fetch(`${server.url}/v1/boards/${board}/export.drawbridge`)).arrayBuffer());
  const page = await browser.newPage();
  await page.goto(server.url);
  await drop(page, 'broken.drawbridge', file.subarray(0, file.length / 2));
  await expect(page.getByText(/^No board was made: /)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/');
  await drop(page, 'copy.drawbridge', file);
  expect(await elements(page, server)).toBe(1);
});
