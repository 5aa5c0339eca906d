/** Copied elements: themselves on every board, their words everywhere else. */
import type { Page } from '@playwright/test';
import type { BoardPage, Point } from './support/board-page';
import { elementsOf } from './support/elements';
import { expect, test } from './support/fixtures';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

async function write(person: BoardPage, place: Point, text: string): Promise<void> {
  await person.take('Text');
  await person.click(place);
  await expect(person.textField).toBeFocused();
  await person.page.keyboard.type(text);
  await person.key('Escape');
  await expect(person.textField).toBeHidden();
}

async function copyAll(person: BoardPage, keys = 'Control+c'): Promise<void> {
  await person.key('Control+a');
  await person.key(keys);
}

/** Another program: a plain field and one with formats. */
async function mail(page: Page): Promise<void> {
  await page.setContent('<textarea id="plain"></textarea><div id="rich" contenteditable></div>');
}

async function pasteInto(page: Page, field: string): Promise<void> {
  await page.locator(field).focus();
  await page.keyboard.press('Control+v');
}

test('two boards get the elements and a mail the words', async ({ browser, open, server }) => {
  const ada = await open({ options: clipboard });
  await ada.take('Ellipse');
  await ada.drag([300, 500], [400, 600]);
  await write(ada, [300, 300], 'below');
  await write(ada, [600, 200], 'right <b>&amp;');
  await write(ada, [300, 205], 'left');
  const words = 'left\nright <b>&amp;\nbelow';
  for (const keys of ['Control+c', 'Control+x']) {
    await copyAll(ada, keys);
    const page = await browser.newPage();
    await mail(page);
    await pasteInto(page, '#plain');
    await expect(page.locator('#plain')).toHaveValue(words);
    await pasteInto(page, '#rich');
    await expect.poll(() => page.locator('#rich').innerText()).toBe(words);
    const there = await server.newBoard();
    const other = await open({ board: there });
    await other.board.focus();
    await other.key('Control+v');
    await other.saved();
    const elements = (await server.document(there)).getMap('elements');
    expect(elements.size).toBe(4);
    await page.close();
  }
});

test('this page’s own fields get the words too', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await write(ada, [300, 300], '48');
  await copyAll(ada);

  await ada.take('Text');
  await ada.click([300, 500]);
  await ada.key('Control+v');
  await expect(ada.textField).toHaveValue('48');
  await ada.key('Escape');

  await ada.key('Control+a');
  const size = ada.page.getByRole('spinbutton', { name: 'Font size in numbers' });
  await size.focus();
  await ada.key('Control+a');
  await ada.key('Control+v');
  await expect(size).toHaveValue('48');

  await ada.page.getByRole('button', { name: /^People/ }).click();
  const name = ada.page.getByRole('textbox', { name: 'Your name' });
  await name.focus();
  await ada.key('Control+a');
  await ada.key('Control+v');
  await expect(name).toHaveValue('48');
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['48', '48']);
});

test('shapes without words are nothing in a mail', async ({ browser, open, server }) => {
  const ada = await open({ options: clipboard });
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  await copyAll(ada);
  const page = await browser.newPage();
  await mail(page);
  for (const field of ['#plain', '#rich']) {
    await page.locator(field).focus();
    await page.keyboard.type('a');
    await page.keyboard.press('Control+v');
    await page.keyboard.type('z');
  }
  await expect(page.locator('#plain')).toHaveValue('az');
  await expect(page.locator('#rich')).toHaveText('az');
  const there = await server.newBoard();
  const other = await open({ board: there });
  await other.board.focus();
  await other.key('Control+v');
  await other.saved();
  expect((await server.document(there)).getMap('elements').size).toBe(1);
  await page.close();
});

test('elements survive what browsers take out of HTML', async ({ open, server }) => {
  const ada = await open({ options: clipboard });
  await ada.take('Ellipse');
  await ada.drag([300, 500], [400, 600]);
  await write(ada, [300, 300], 'through');
  await copyAll(ada);
  // Read and written by a script, as clipboard managers on the web do: cleaned twice.
  await ada.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => [type, await item?.getType(type)] as const;
    const types = await Promise.all(['text/plain', 'text/html'].map(read));
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(types) as Record<string, Blob>)]);
  });
  const there = await server.newBoard();
  const other = await open({ board: there });
  await other.board.focus();
  await other.key('Control+v');
  await other.key('Control+v');
  await other.saved();
  expect((await server.document(there)).getMap('elements').size).toBe(4);
});

test('words that were changed on the way are pasted as they are', async ({ browser, open, stored }) => {
  const ada = await open({ options: clipboard });
  await write(ada, [300, 300], 'Meet at nine');
  await copyAll(ada);
  const page = await browser.newPage();
  await mail(page);
  await pasteInto(page, '#rich');
  await page.keyboard.type(', or at ten');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.close();
  await ada.key('Control+v');
  await ada.saved();
  const texts = (await stored()).map(({ text }) => text);
  expect(texts).toEqual(['Meet at nine', 'Meet at nine, or at ten']);
});

test('elements that an earlier version copied, and HTML from anywhere', async ({ browser, open, stored }) => {
  const ada = await open({ options: clipboard });
  await ada.take('Ellipse');
  await ada.drag([300, 300], [400, 400]);
  await copyAll(ada);
  const page = await browser.newPage();
  await page.setContent('<textarea></textarea>');
  const html = await ada.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType('text/html'))?.text() ?? '';
  });
  const old = /drawbridge\/elements\/1:[0-9a-f]+/.exec(html)?.[0] ?? '';
  await page.locator('textarea').fill(old);
  await page.locator('textarea').selectText();
  await page.keyboard.press('Control+c');
  await ada.key('Control+v');
  await expect.poll(async () => (await stored()).map(({ kind }) => kind)).toEqual(['ellipse', 'ellipse']);

  const hostile = [
    '<b>bold</b>',
    '<span data-drawbridge="drawbridge/elements/1:zz">bold</span>',
    '<span data-drawbridge="drawbridge/elements/1:75ffffffffff0f">bold</span>',
    `<span data-drawbridge="${old.slice(0, -20)}">bold</span>`,
    `<span data-drawbridge="${old}">bold</span>`,
  ];
  for (const [i, html] of hostile.entries()) {
    await page.setContent(html);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await ada.key('Control+v');
    await expect.poll(async () => (await stored()).slice(2).map(({ text }) => text))
      .toEqual(new Array(i + 1).fill('bold'));
  }
  await page.close();
});

test('an address becomes a text that leads there, on its own board to the place itself', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  const copy = (text: string) => ada.page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await write(ada, [300, 300], 'Plan');
  await ada.saved();
  const [plan] = await stored();
  await copy('https://example.org/a?b=c');
  await ada.page.mouse.move(700, 400);
  await ada.key('Control+v');
  await copy(`${ada.page.url()}#${plan?.id ?? ''}`);
  await ada.page.mouse.move(700, 500);
  await ada.key('Control+v');
  await copy('see https://example.org');
  await ada.key('Control+v');
  await ada.saved();
  expect((await stored()).slice(1).map(({ text, link }) => [text, link ?? null])).toEqual([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
    ['Plan', `#${plan?.id ?? ''}`],
    ['see https://example.org', null],
  ]);
});

test('Paste in the menu pastes where that was opened', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await ada.take('Rectangle');
  await ada.drag([300, 200], [400, 300]);
  await copyAll(ada);
  const paste = async (x: number, y: number) => {
    const menu = await ada.menu(() => ada.page.mouse.click(x, y, { button: 'right' }));
    await menu.getByRole('menuitem', { name: 'Paste Ctrl+V' }).click();
  };
  await paste(700, 400);
  await expect.poll(async () => (await stored()).length).toBe(2);
  const [one, two] = await stored();
  const middle = ([x = 0, y = 0, w = 0, h = 0]: readonly number[] = []) => [x + w / 2, y + h / 2];
  const [from, to] = [middle(one?.geometry), middle(two?.geometry)];
  expect((to[0] ?? 0) - (from[0] ?? 0)).toBeCloseTo(350, 0);
  expect((to[1] ?? 0) - (from[1] ?? 0)).toBeCloseTo(150, 0);
  await ada.page.evaluate(() => navigator.clipboard.writeText('words'));
  await paste(500, 600);
  await expect.poll(async () => (await stored()).at(-1)?.text).toBe('words');
  // Nobody has said that this page may look into the clipboard.
  const ben = await open({ options: { permissions: [] } });
  await ben.page.evaluate(() => {
    navigator.clipboard.read = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const menu = await ben.menu(() => ben.page.mouse.click(700, 600, { button: 'right' }));
  await menu.getByRole('menuitem', { name: 'Paste Ctrl+V' }).click();
  await expect(ben.page.locator('.toast')).toContainText('press Ctrl+V');
});

test('a frame with what is in it comes over whole, twice, and into a frame that has room', async ({ open, server, stored }) => {
  const ada = await open({ options: clipboard });
  await ada.key('f');
  await ada.drag([260, 200], [620, 420]);
  await ada.key('Escape');
  await ada.take('Rectangle');
  await ada.drag([300, 250], [380, 330]);
  await ada.take('Ellipse');
  await ada.drag([480, 250], [560, 330]);
  await ada.take('Arrow');
  await ada.drag([378, 290], [482, 290]);
  await copyAll(ada);
  await ada.saved();
  const originals = await stored();
  const there = await server.newBoard();
  const other = await open({ board: there, options: clipboard });
  await other.page.mouse.move(640, 400);
  // Each page has a clipboard of its own here.
  const html = await ada.page.evaluate(async () => (await (await navigator.clipboard.read())[0]?.getType('text/html'))?.text() ?? '');
  await other.page.evaluate((html) =>
    navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }) })]), html);
  await other.key('Control+v');
  await other.key('Control+v');
  await other.saved();
  const pasted = elementsOf(await server.document(there));
  expect(pasted).toHaveLength(8);
  const ids = new Set([...pasted, ...originals].map(({ id }) => id));
  expect(ids.size).toBe(12);
  const frames = pasted.filter(({ kind }) => kind === 'frame').map(({ id }) => id);
  for (const frame of frames) expect(pasted.filter(({ parent }) => parent === frame)).toHaveLength(3);
});
