/** What a chat shows beside a link to a board: a board that two people draw on. */
import path from 'node:path';
import { test } from '../support/fixtures';
import { seed } from '../support/seed';
import { root } from '../support/server';
import { person, plan } from './plan';

const SIZE = { width: 800, height: 420 };
/** So large on paper: 1200 × 630, which chats ask for. */
const SCALE = 1.5;

test('preview', async ({ browser, open, server, board }) => {
  const page = await browser.newPage();
  await page.goto(server.url);
  await seed(page, server, board, plan());
  await page.close();
  const options = { viewport: SIZE, deviceScaleFactor: SCALE };
  const [maya, tom] = [
    await open({ browser: await person(browser, options, 'Maya', '#1971c2') }),
    await open({ browser: await person(browser, options, 'Tom', '#d6336c') }),
  ];
  // What one works with is in the way at this size: the mark and the people say enough.
  for (const person of [maya, tom]) {
    for (const part of ['.toolbar', '.style-panel', '.foot']) {
      const found = person.page.locator(part);
      await found.evaluateAll((all) => all.forEach((one) => ((one as HTMLElement).style.display = 'none')));
    }
    await person.page.evaluate(() => dispatchEvent(new Event('resize')));
    await person.key('Shift+1');
  }
  await tom.page.mouse.move(650, 290);
  await maya.shows('overlay', { x: 620, y: 270, width: 120, height: 60 });
  await maya.page.screenshot({ path: path.join(root, 'web/public/preview.png') });
});
