/** Pictures that are copied: on boards in other browsers too, while they wait for the network, and when they cannot be had. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { BLUE, MIDDLE, RED, pick, picture, sees, uploads } from './support/images';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
/** More than a clipboard carries itself. */
const LARGE = 400_000;

/** What is on a person's clipboard as HTML. */
async function copied(person: BoardPage): Promise<string> {
  return person.page.evaluate(async () => (await (await navigator.clipboard.read())[0]?.getType('text/html'))?.text() ?? '');
}

/** Pastes what somebody has copied in another browser, where the pointer is. */
async function paste(person: BoardPage, html: string): Promise<void> {
  // Each browser has a clipboard of its own here.
  await person.page.evaluate((html) =>
    navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }) })]), html);
  await person.page.mouse.move(630, 350);
  await person.key('Control+v');
}

/** Which files a page asked the server to lend. */
function watchTokens(person: BoardPage): string[] {
  const asked: string[] = [];
  person.page.on('request', (request) => {
    if (request.url().includes('/tokens')) asked.push(`${request.method()} ${request.postData() ?? ''}`);
  });
  return asked;
}

for (const [size, idle, asks] of [['small', 0, 0], ['large', LARGE, 1]] as const) {
  test(`a ${size} picture goes along to a board in another browser`, async ({ open, board, server }) => {
    const ada = await open({ options: clipboard });
    const lent = watchTokens(ada);
    await pick(ada, picture(RED, 300, 200, idle));
    await sees(ada, RED);
    await expect(uploads(ada)).toBeHidden();
    await ada.key('Control+c');
    const html = await copied(ada);
    expect(html).not.toContain(board);
    expect(lent).toHaveLength(asks);
    const there = await server.newBoard();
    const ben = await open({ board: there, options: clipboard });
    const taken = watchTokens(ben);
    await paste(ben, html);
    await sees(ben, RED);
    await expect(uploads(ben)).toBeHidden();
    await ben.saved();
    expect(taken).toHaveLength(asks);
    expect([...(await server.document(there)).getMap('files').keys()]).toHaveLength(1);
    // Somebody whose browser has never seen it.
    await sees(await open({ board: there }), RED, { x: 560, y: 300, width: 140, height: 100 });
  });
}

test('several go along, each once, cut as copied', async ({ open, server }) => {
  const ada = await open({ options: clipboard });
  const lent = watchTokens(ada);
  await pick(ada, picture(RED, 600, 400, LARGE), picture(BLUE, 600, 400), picture(RED, 600, 400, LARGE));
  await expect(uploads(ada)).toBeHidden();
  await ada.saved();
  await sees(ada, BLUE, { x: 650, y: 200, width: 250, height: 300 });
  await ada.key('Control+x');
  const there = await server.newBoard();
  const ben = await open({ board: there, options: clipboard });
  await paste(ben, await copied(ada));
  for (const color of [RED, BLUE]) await sees(ben, color, { x: 300, y: 150, width: 660, height: 400 });
  await expect(uploads(ben)).toBeHidden();
  await ben.saved();
  expect((await server.document(there)).getMap('files').size).toBe(2);
  expect(lent.join().trim().split('\n')).toHaveLength(1);
});

test('a picture that is still on its way comes when it has arrived', async ({ open, complaints, server }) => {
  const ada = await open({ options: clipboard });
  let go = (): void => undefined;
  const held = new Promise<void>((free) => (go = free));
  await ada.page.route('**/boards/*/files/*', async (route) => {
    if (route.request().method() === 'PUT') await held;
    await route.continue();
  });
  await pick(ada, picture(RED, 300, 200, LARGE));
  await sees(ada, RED);
  await ada.key('Control+c');
  const ben = await open({ board: await server.newBoard(), options: clipboard });
  await paste(ben, await copied(ada));
  await expect(uploads(ben)).toHaveText('A picture is on its way');
  await ben.shows('scene', { x: 495, y: 305, width: 10, height: 10 });
  expect(await ben.colors(MIDDLE)).not.toContain(RED.join());
  go();
  await sees(ben, RED);
  await expect(uploads(ben)).toBeHidden();
  // The browser's own line of what was not there yet.
  expect(complaints.list.splice(0).filter((line) => !line.includes('503'))).toEqual([]);
});

for (const keys of ['Control+c', 'Control+x']) {
  test(`a picture that waits for the network is there on the browser's other boards: ${keys}`, async ({ open, complaints, server }) => {
    const ada = await open({ options: clipboard });
    // Nothing of files gets out of this tab.
    await ada.page.route('**/v1/boards/*/files/**', (route) => route.abort());
    await pick(ada, picture(RED, 300, 200, LARGE));
    await sees(ada, RED);
    await ada.key(keys);
    const there = await server.newBoard();
    const other = await open({ browser: ada.page.context(), board: there });
    await other.page.mouse.move(630, 350);
    await other.key('Control+v');
    await sees(other, RED);
    await expect(uploads(other)).toBeHidden();
    await other.saved();
    expect((await server.document(there)).getMap('files').size).toBe(1);
    expect(complaints.list.splice(0).filter((line) => !line.includes('ERR_FAILED'))).toEqual([]);
  });
}

test('what cannot be had is said, and its place stays', async ({ open, complaints, server }) => {
  const ada = await open({ options: clipboard });
  await pick(ada, picture(RED, 300, 200, LARGE));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.key('Control+c');
  const html = await copied(ada);
  const there = await server.newBoard();
  const ben = await open({ board: there, options: clipboard });
  // What a server lends ends with it.
  await server.stop();
  await server.start();
  await ben.saved();
  await paste(ben, html);
  await expect(ben.page.locator('.toast')).toContainText('A picture could not be brought along. Copy it again');
  await ben.shows('scene', { x: 495, y: 305, width: 10, height: 10 });
  await ben.saved();
  expect((await server.document(there)).getMap('elements').size).toBe(1);
  await ada.saved();
  await ada.key('Control+c');
  await paste(ben, await copied(ada));
  await sees(ben, RED);
  complaints.list.splice(0);
});

test('nothing in a clip is believed', async ({ open, server }) => {
  const ada = await open({ options: clipboard });
  await pick(ada, picture(RED));
  await sees(ada, RED);
  await expect(uploads(ada)).toBeHidden();
  await ada.key('Control+c');
  const html = await copied(ada);
  const other = picture(BLUE).buffer.toString('base64');
  const ben = await open({ board: await server.newBoard(), options: clipboard });
  const sent: string[] = [];
  ben.page.on('request', (request) => {
    if (!request.url().startsWith(server.url) || request.method() === 'PUT') sent.push(request.url());
  });
  const news = ben.page.locator('.toast:not([data-old])');
  for (const forged of [`=${other}`, '=%%%', ':../../new', ':https://example.org/', '']) {
    await paste(ben, html.replace(/=[A-Za-z0-9+/=]+"><\/span>/, `${forged}"></span>`));
    await expect(news).toContainText('A picture could not be brought along');
    await news.evaluate((toast) => toast.setAttribute('data-old', ''));
  }
  expect(await ben.colors(MIDDLE)).not.toContain(BLUE.join());
  expect(sent).toEqual([]);
  await paste(ben, html);
  await sees(ben, RED);
});
