/** What other programs put on the clipboard, in all of its forms. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { root } from './support/server';

const corpus = (name: string) => readFile(path.join(root, 'interchange/tests/corpus', name), 'utf8');

/** Pastes what a clipboard has by types. */
async function paste({ page }: BoardPage, types: Record<string, string>): Promise<void> {
  await page.evaluate((types) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(types)) data.setData(type, text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, types);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

test('what tldraw copies, of every release', async ({ open, stored }) => {
  const ada = await open();
  const [newest, packed] = JSON.parse(await corpus('tldraw-clipboards.json')) as [object, { otherCompressed: string }];
  const clips = [
    { 'text/html': `<div data-tldraw>${escaped(JSON.stringify(newest))}</div>`, 'text/plain': 'Größe 🌊' },
    { 'text/html': `<meta charset="utf-8"><div data-tldraw="">${packed.otherCompressed}</div>`, 'text/plain': ' ' },
    { 'text/html': `<tldraw>${packed.otherCompressed}</tldraw>` },
    { 'text/plain': `<div data-tldraw>${escaped(JSON.stringify(newest))}</div>` },
  ];
  for (const [nth, clip] of clips.entries()) {
    await paste(ada, clip);
    await expect.poll(async () => (await stored()).filter(({ kind, text }) => kind === 'rectangle' && text === 'Größe 🌊').length)
      .toBe(nth + 1);
  }
});

test('what Excalidraw copies, in each of its places', async ({ open, stored }) => {
  const ada = await open();
  const elements = [{ type: 'ellipse', id: 'e', x: 0, y: 0, width: 90, height: 60 }];
  const scene = (type: string) => JSON.stringify({ type, elements, files: {} });
  const library = JSON.stringify({ type: 'excalidrawlib', version: 2, libraryItems: [{ id: 'i', elements }] });
  const clips: Record<string, string>[] = [
    { 'text/plain': scene('excalidraw/clipboard') },
    { 'text/plain': scene('excalidraw-api/clipboard') },
    { 'text/html': `<p>${escaped(scene('excalidraw/clipboard'))}</p>`, 'text/plain': 'words' },
    { 'application/vnd.excalidraw.clipboard+json': scene('excalidraw/clipboard'), 'text/plain': 'words' },
    { 'text/plain': library },
    { 'text/plain': JSON.stringify({ elements, files: {}, type: 'excalidraw/clipboard' }) },
  ];
  for (const [nth, clip] of clips.entries()) {
    await paste(ada, clip);
    await expect.poll(async () => (await stored()).filter(({ kind }) => kind === 'ellipse').length).toBe(nth + 1);
  }
});

const TABLE = '<table><tr><th>Name<th>Size</tr><tr><td>Board <b>one</b><td>12</tr><tr><td>x<td>1,000</tr></table>';

for (const [what, clip, text, family] of [
  ['a table of HTML', { 'text/html': `<p>Sizes:</p>${TABLE}`, 'text/plain': 'Sizes: Name Size' },
    'Sizes:\nName        Size\n---------   -----\nBoard one   12\nx           1,000', 'mono'],
  ['a table with cells of several lines and rows', {
    'text/html': '<table><tr><td rowspan=2>both<td>a<br>b</tr><tr><td><p>c</p><p>d</p></tr><tr><td colspan=2>wide</tr></table>',
    'text/plain': '-',
  }, 'both   a b\n       c d\nwide', 'mono'],
  ['a table of Markdown with a stroke in a cell', { 'text/plain': '| a \\| b | c |\n|---|---|\n| 1 | 2 |' },
    'a | b   c\n-----   -\n1       2', 'mono'],
  ['rows of a spreadsheet', { 'text/plain': 'a\tb\nlong\tc' }, 'a      b\nlong   c', 'mono'],
  ['a list in a list', { 'text/html': '<ul><li>one<ol start="3"><li>deep</ol></li><li><p>two</p></li></ul>', 'text/plain': 'one deep two' },
    '• one\n    3. deep\n• two', undefined],
  ['a table of Markdown', { 'text/plain': '| a | b |\n|---|:-:|\n| long | c |' }, 'a      b\n----   -\nlong   c', 'mono'],
  ['a list of Markdown', { 'text/plain': '- one\n  - deep\n- [x] done' }, '• one\n    ◦ deep\n☑ done', undefined],
  ['a difference of two texts', { 'text/plain': '- one\n- two\n+ three' }, '- one\n- two\n+ three', undefined],
] as const) {
  test(`${what} keeps its form`, async ({ open, stored }) => {
    const ada = await open();
    await paste(ada, clip);
    await expect.poll(async () => (await stored()).map(({ text }) => text)).toEqual([text]);
    expect((await stored())[0]?.look.family).toBe(family);
  });
}

test('HTML that is pasted runs nothing and fetches nothing', async ({ open, stored }) => {
  const ada = await open();
  const asked: string[] = [];
  ada.page.on('request', (request) => asked.push(request.url()));
  const dot = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const html = `<ul><li>one<script>window.ran = 1</script><img src="x"><img src="https://example.org/a.png">
    <img src="${dot}"></li></ul><iframe srcdoc="<script>parent.ran = 3</script>"></iframe>`;
  await paste(ada, { 'text/html': html, 'text/plain': 'one' });
  await expect.poll(async () => (await stored()).map(({ kind }) => kind).sort()).toEqual(['image', 'text']);
  expect(await ada.page.evaluate(() => 'ran' in window)).toBe(false);
  expect(asked.filter((url) => url.includes('example.org') || url.endsWith('/x'))).toEqual([]);
});
