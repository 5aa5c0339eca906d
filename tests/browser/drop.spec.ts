/** What is dragged onto the page from elsewhere: it becomes a text or is refused, and the page stays. */
import { writeFile } from 'node:fs/promises';
import type { CDPSession } from '@playwright/test';
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';

/** What a drag carries, by type; files by their paths. */
interface Load {
  items?: Record<string, string>;
  files?: string[];
}

const link = 'https://example.org/notes?a=1&b=2';
const onBoard: Point = [500, 300];

/** A drag that comes from another window, through the browser's own input pipeline. */
class Drag {
  readonly #session: CDPSession;
  readonly #person: BoardPage;

  private constructor(person: BoardPage, session: CDPSession) {
    this.#person = person;
    this.#session = session;
  }

  static async over(person: BoardPage): Promise<Drag> {
    await person.page.evaluate(() => {
      addEventListener('dragover', ({ dataTransfer }) => {
        document.documentElement.dataset['effect'] = dataTransfer?.dropEffect;
      });
    });
    return new Drag(person, await person.page.context().newCDPSession(person.page));
  }

  /** Drags over a place, lets go there, and gives what the pointer said would come of it. */
  async drop([x, y]: Point, { items = {}, files = [] }: Load): Promise<string | undefined> {
    const data = {
      items: Object.entries(items).map(([mimeType, data]) => ({ mimeType, data })),
      files,
      // Copy and link, as browsers allow for what they drag.
      dragOperationsMask: 1 | 2,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await this.#session.send('Input.dispatchDragEvent', { type, x, y, data });
    }
    return this.#person.page.evaluate(() => document.documentElement.dataset['effect']);
  }
}

test('text and links become texts where they are dropped', async ({ open, stored }) => {
  const ada = await open();
  const drag = await Drag.over(ada);
  const loads: [Record<string, string>, string][] = [
    [{ 'text/plain': 'one\r\ntwo' }, 'one\ntwo'],
    [{ 'text/plain': 'marked', 'text/html': '<a href="https://example.org">marked</a>' }, 'marked'],
    [{ 'text/uri-list': link, 'text/plain': link }, link],
    [{ 'text/uri-list': link, 'text/plain': link, 'text/html': `<a href="${link}">${link.replace('&', '&amp;')}</a>` }, link],
    [
      { 'text/uri-list': link, 'text/plain': link, 'text/html': `<a href="${link}"> Notes <b>of May</b><img src=x onerror=alert(1)></a>` },
      'Notes of May',
    ],
    [{ 'text/uri-list': 'ftp://a.b/c', 'text/html': '<a href="ftp://a.b/c">Old notes</a>' }, 'Old notes\nftp://a.b/c'],
    [{ 'text/uri-list': `# two\r\n${link}\r\nhttps://example.com/\r\n` }, `${link}\nhttps://example.com/`],
  ];
  for (const [i, [items, text]] of loads.entries()) {
    const at: Point = [400, 150 + i * 80];
    expect(await drag.drop(at, { items })).toBe('copy');
    await ada.saved();
    const element = (await stored()).at(-1);
    expect(element?.text).toBe(text);
    const one = items['text/uri-list'] && !text.includes('\n');
    expect(element?.link).toBe(one ? link : undefined);
    await ada.shows('scene', { x: at[0] - 8, y: at[1] - 16, width: 16, height: 32 });
    expect((await stored()).length).toBe(i + 1);
  }
  await ada.undo.click();
  await expect.poll(async () => (await stored()).length).toBe(loads.length - 1);
  expect(ada.page.context().pages().length).toBe(1);
});

test('what cannot be used is refused in place, with a word', async ({ open, stored }, info) => {
  const ada = await open();
  const address = ada.page.url();
  const drag = await Drag.over(ada);
  const file = info.outputPath('paper.pdf');
  await writeFile(file, 'not really');
  const image = { 'text/uri-list': 'https://example.org/a.png', 'text/html': '<img src="https://example.org/a.png">' };
  const notice = ada.page.locator('.toast');
  for (const load of [{ files: [file] }, { files: [file], items: image }, { items: { 'application/x-thing': '1' } }]) {
    expect(await drag.drop(onBoard, load)).toBe('none');
    await expect(notice).toContainText('Only text, links, pictures and files of boards');
  }
  await expect(ada.page).toHaveURL(address);
  expect(ada.page.context().pages().length).toBe(1);
  expect(await stored()).toEqual([]);
});

test('beside the board nothing can be dropped and nothing leaves the page', async ({ open, stored }, info) => {
  const ada = await open();
  const address = ada.page.url();
  const drag = await Drag.over(ada);
  const file = info.outputPath('page.html');
  await writeFile(file, '<p>elsewhere</p>');
  await ada.take('Rectangle');
  const beside = ['.toolbar', '.corner', '.foot', '.style-panel', '.connection'];
  for (const selector of beside) {
    const box = await ada.page.locator(selector).first().boundingBox();
    const at: Point = [(box?.x ?? 0) + 6, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    const items = { 'text/uri-list': link, 'text/plain': link };
    expect(await drag.drop(at, { items }), selector).toBe('none');
    expect(await drag.drop(at, { files: [file] }), selector).toBe('none');
  }
  await ada.key('?');
  await expect(ada.page.getByRole('dialog')).toBeVisible();
  expect(await drag.drop(onBoard, { items: { 'text/plain': 'under a dialog' } })).toBe('none');
  await ada.key('Escape');
  await expect(ada.page).toHaveURL(address);
  expect(ada.page.context().pages().length).toBe(1);
  expect(await stored()).toEqual([]);
});

test('fields take text as everywhere, and no file', async ({ open, stored }, info) => {
  const ada = await open();
  const address = ada.page.url();
  const drag = await Drag.over(ada);
  const file = info.outputPath('page.html');
  await writeFile(file, '<p>elsewhere</p>');
  await ada.page.getByRole('button', { name: /^People/ }).click();
  const name = ada.page.getByRole('textbox', { name: 'Your name' });
  await name.fill('');
  const box = await name.boundingBox();
  const inName: Point = [(box?.x ?? 0) + 12, (box?.y ?? 0) + 10];
  await drag.drop(inName, { items: { 'text/plain': 'Ada' } });
  await expect(name).toHaveValue('Ada');
  expect(await drag.drop(inName, { files: [file] })).toBe('none');
  await ada.key('Escape');

  await ada.take('Text');
  await ada.click(onBoard);
  await ada.page.keyboard.type('typed');
  const field = await ada.textField.boundingBox();
  const inText: Point = [(field?.x ?? 0) + 2, (field?.y ?? 0) + (field?.height ?? 0) / 2];
  await drag.drop(inText, { items: { 'text/plain': 'and ' } });
  await expect(ada.textField).toHaveValue('and typed');
  await ada.key('Escape');
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['and typed']);
  await expect(ada.page).toHaveURL(address);
  expect(ada.page.context().pages().length).toBe(1);
});
