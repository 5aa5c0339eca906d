/** Moving what holds many arrows, snapping, and writing a label, by what an event costs the main thread. */
import { type Page } from '@playwright/test';
import * as Y from 'yjs';
import type { BoardPage } from '../support/board-page';
import { expect, test } from '../support/fixtures';
import { grid, held, seed } from '../support/seed';
import type { Server } from '../support/server';
import { report } from './table';
import { Thread } from './thread';

const EVENTS = 150;
/** The middle of the window, where what is dragged lies. */
const MIDDLE = [640, 400] as const;

/** Fills the board from a page of its own. */
async function sow(page: Page, server: Server, board: string, doc: Y.Doc): Promise<void> {
  await page.goto(server.url);
  await seed(page, server, board, doc);
  await page.close();
}

/** What an event of a drag of the thing in the middle costs. */
async function dragging(ada: BoardPage, thread: Thread) {
  await ada.page.mouse.move(...MIDDLE);
  await ada.page.mouse.down();
  await ada.page.mouse.move(MIDDLE[0] + 10, MIDDLE[1]);
  const cost = await thread.beside(EVENTS, (i) => thread.pull([MIDDLE[0] + 10 + 60 * Math.sin(i / 9), MIDDLE[1] + 60 * Math.sin(i / 7)]));
  await ada.page.mouse.move(...MIDDLE);
  await ada.page.mouse.up();
  return cost;
}

for (const [count, route] of [[200, 'straight'], [50, 'elbow']] as const) {
  test(`moving one shape with ${count} ${route} arrows`, async ({ browser, server, board, open }) => {
    await sow(await browser.newPage(), server, board, held(count, route, MIDDLE));
    const ada = await open();
    await ada.page.keyboard.press('Control+0');
    await ada.take('Select');
    const thread = await Thread.of(ada.page);
    await dragging(ada, thread);
    const cost = await dragging(ada, thread);
    report(`${count} ${route} arrows follow: script per event`, cost.script, 'ms', 2);
    report(`${count} ${route} arrows follow: main thread`, cost.task, 'ms', 12);
  });
}

for (const [count, keys] of [[1_000, 'Control+0'], [10_000, 'Shift+1']] as const) {
  test(`snapping, ${count} elements`, async ({ browser, server, board, open }) => {
    await sow(await browser.newPage(), server, board, grid(count, Math.ceil(Math.sqrt(count)), 113));
    const ada = await open();
    await ada.page.keyboard.press(keys);
    // What is dragged is of a size on the screen, wherever that is.
    await ada.take('Rectangle');
    await ada.drag([MIDDLE[0] - 30, MIDDLE[1] - 30], [MIDDLE[0] + 30, MIDDLE[1] + 30]);
    await ada.page.getByRole('radiogroup', { name: 'Fill', exact: true }).getByRole('radio').nth(2).click();
    const thread = await Thread.of(ada.page);
    await dragging(ada, thread);
    let [on, off] = [0, 0];
    for (let round = 0; round < 3; round += 1) {
      on += (await dragging(ada, thread)).script / 3;
      await ada.page.mouse.move(...MIDDLE);
      await ada.page.keyboard.down('Control');
      off += (await dragging(ada, thread)).script / 3;
      await ada.page.keyboard.up('Control');
    }
    report(`snapping with ${count}: script per event, on`, on, 'ms');
    report(`snapping with ${count}: on less off`, on - off, 'ms', 1);
  });
}

test('a letter in a label and in a text', async ({ open }) => {
  const ada = await open();
  await ada.take('Text');
  await ada.page.mouse.click(300, 200);
  await expect(ada.textField).toBeFocused();
  const thread = await Thread.of(ada.page);
  const typing = () => thread.beside(EVENTS, (i) => ada.page.keyboard.press(i % 12 === 11 ? 'Space' : 'e'));
  const text = await typing();
  await ada.page.keyboard.press('Escape');
  await ada.take('Rectangle');
  await ada.drag([300, 350], [900, 700]);
  await ada.page.keyboard.press('Enter');
  await expect(ada.textField).toBeFocused();
  const label = await typing();
  report('a letter in a text: script', text.script, 'ms');
  report('a letter in a label: script more than that', label.script - text.script, 'ms', 1);
  report('a letter in a label: main thread more', label.task - text.task, 'ms');
});
