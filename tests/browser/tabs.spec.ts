/** Two tabs of one browser without a connection: they hear each other, and neither lies or loses anything. */
import type { Page } from '@playwright/test';
import { BoardPage, path } from './support/board-page';
import { expect, test } from './support/fixtures';
import type { Link } from './support/link';

/** Draws a stroke from left to right. */
async function draw(person: BoardPage, y: number): Promise<void> {
  await person.take('Pen');
  await person.draw(...path([300, y], [600, y]));
}

async function offline(...people: BoardPage[]): Promise<void> {
  for (const person of people) await expect(person.connection).toHaveAttribute('data-state', 'offline');
}

/** The line is back, and the system says so: else every page would sit its pause out. */
async function mend(link: Link, ...people: BoardPage[]): Promise<void> {
  link.mend();
  for (const { page } of people) await page.evaluate(() => dispatchEvent(new Event('online')));
  for (const person of people) await person.saved();
}

/** What rings between the tabs from now on. */
async function listenToBell(page: Page, board: string): Promise<() => Promise<number>> {
  await page.evaluate((board) => {
    document.documentElement.dataset['rings'] = '0';
    const { dataset } = document.documentElement;
    new BroadcastChannel(`drawbridge:${board}`).onmessage = () => {
      dataset['rings'] = String(Number(dataset['rings']) + 1);
    };
  }, board);
  return () => page.evaluate(() => Number(document.documentElement.dataset['rings']));
}

test('tabs draw, type and undo together while the line is cut', async ({ open, line, stored }) => {
  const link = await line();
  const ada = await open({ via: link });
  const tab = await open({ via: link, browser: ada.page.context() });
  await draw(ada, 200);
  await tab.showsBands(1);
  await ada.saved();

  link.cut();
  await offline(ada, tab);
  await draw(ada, 300);
  await tab.showsBands(2);
  await draw(tab, 400);
  await ada.showsBands(3);
  for (const person of [ada, tab]) await person.waiting(2);
  await tab.undo.click();
  await ada.showsBands(2);
  for (const person of [ada, tab]) await person.waiting(3);

  await ada.take('Text');
  await ada.click([400, 500]);
  await ada.page.keyboard.type('both');
  await tab.take('Select');
  await tab.page.mouse.dblclick(405, 500);
  await expect(tab.textField).toHaveValue('both');
  await tab.key('Control+End');
  await tab.page.keyboard.type(' of us');
  await expect(ada.textField).toHaveValue('both of us');
  for (const person of [ada, tab]) await person.key('Escape');

  await mend(link, ada, tab);
  expect((await stored()).map(({ kind, text }) => [kind, text])).toEqual([
    ['ink', ''],
    ['ink', ''],
    ['text', 'both of us'],
  ]);
});

test('with the server there nothing goes between the tabs, and each change goes up once', async ({ open, board, server, stored }) => {
  const ada = await open();
  const context = ada.page.context();
  const sent: string[] = [];
  context.on('page', (page) => page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
    // An update, as docs/protocol.md has it.
    if (typeof payload !== 'string' && payload[0] === 0 && payload[1] === 2) sent.push(payload.toString('hex'));
  })));
  const [tab, third] = [await open({ browser: context }), await context.newPage()];
  await third.goto(server.url);
  const rings = await listenToBell(third, board);
  await draw(ada, 300);
  await tab.showsBands(1);
  await ada.saved();
  expect(sent).toEqual([]);
  await draw(tab, 400);
  await ada.showsBands(2);
  await tab.saved();
  expect(sent.length).toBe(1);
  expect(await rings()).toBe(0);
  expect((await stored()).length).toBe(2);
});

test('a tab that is opened later or was frozen gets what it missed', async ({ open, line, board, stored }) => {
  const link = await line();
  const ada = await open({ via: link });
  const tab = await open({ via: link, browser: ada.page.context() });
  await draw(ada, 200);
  await ada.saved();
  link.cut();
  await offline(ada, tab);

  const session = await tab.page.context().newCDPSession(tab.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await draw(ada, 300);
  await ada.waiting(1);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await tab.showsBands(2);
  await tab.waiting(1);

  const later = await ada.page.context().newPage();
  await later.goto(`${link.url}/b/${board}`);
  const opened = new BoardPage(later);
  await opened.showsBands(2);
  await draw(tab, 400);
  for (const person of [ada, tab, opened]) {
    await person.showsBands(3);
    await person.waiting(2);
  }
  await mend(link, ada, tab, opened);
  expect((await stored()).length).toBe(3);
});

test('what waits is counted truly, whichever tab closes', async ({ open, line, stored }) => {
  const link = await line();
  const ada = await open({ via: link });
  const tab = await open({ via: link, browser: ada.page.context() });
  link.cut();
  await offline(ada, tab);
  await draw(ada, 200);
  await draw(tab, 300);
  await draw(tab, 400);
  await ada.showsBands(3);
  await ada.waiting(3);
  await tab.page.close();
  await ada.waiting(3);
  await ada.page.reload();
  await ada.showsBands(3);
  await ada.waiting(3);

  // Whoever is left brings all of it to the server, and knows so afterwards.
  await mend(link, ada);
  expect((await stored()).length).toBe(3);
  link.cut();
  await offline(ada);
  await ada.page.reload();
  await ada.showsBands(3);
  await offline(ada);
  await ada.waiting(0);
  await mend(link, ada);
});

test('rows that no tab can read, or that an earlier version wrote, hurt nobody', async ({ open, line, stored }) => {
  const link = await line();
  const ada = await open({ via: link });
  link.cut();
  await offline(ada);
  await draw(ada, 200);
  await ada.waiting(1);
  const tab = await ada.page.context().newPage();
  await tab.goto(link.url);
  await tab.evaluate(async () => {
    const opening = indexedDB.open('drawbridge');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const rows = opening.result.transaction('rows', 'readwrite').objectStore('rows');
    const reading = rows.getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    const all = reading.result as { board: string; unsaved: string[]; update: Uint8Array }[];
    // A whole document may stand before it, if the page had nothing better to do so far; nothing in that one waits.
    const row = all.find(({ unsaved }) => unsaved.length === 1);
    if (!row) throw new Error('the stroke is in no row');
    for (const [i, length] of [0, 1, 7, 2000].entries()) {
      const update = new Uint8Array(length).fill(255);
      rows.add({ board: row.board, update, unsaved: [`strange.${i}`], whole: i % 2 === 0 });
    }
    rows.put({ ...row, unsaved: 1 });
    await new Promise((resolve) => (rows.transaction.oncomplete = resolve));
    new BroadcastChannel(`drawbridge:${row.board}`).postMessage({ any: 'thing' });
  });
  await draw(ada, 300);
  await ada.waiting(2);
  await ada.page.reload();
  await ada.showsBands(2);
  await ada.waiting(2);
  await mend(link, ada);
  expect((await stored()).length).toBe(2);
});
