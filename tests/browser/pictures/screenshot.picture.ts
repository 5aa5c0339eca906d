/** What the README shows: a board at work. */
import path from 'node:path';
import { test } from '../support/fixtures';
import { seed } from '../support/seed';
import { root } from '../support/server';
import { person, plan } from './plan';

const SIZE = { width: 1280, height: 800 };

test('screenshot', async ({ browser, open, server, board }) => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const doc = plan();
  doc.getMap('board').set('title', 'Next week');
  await seed(page, server, board, doc);
  await page.close();
  const options = { viewport: SIZE };
  const [maya, tom] = [
    await open({ browser: await person(browser, options, 'Maya', '#1971c2') }),
    await open({ browser: await person(browser, options, 'Tom', '#d6336c') }),
  ];
  for (const one of [maya, tom]) await one.key('Shift+1');
  // Maya has the second note in hand, Tom what he says of it.
  await tom.click([900, 520]);
  await tom.page.mouse.move(930, 600, { steps: 4 });
  await maya.click([640, 530]);
  await maya.page.mouse.move(700, 690);
  await maya.saved();
  await maya.page.waitForFunction(() => document.querySelector('.style-panel')?.checkVisibility());
  await maya.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await maya.page.screenshot({ path: path.join(root, 'docs/screenshot.png') });
  for (const one of [maya, tom]) await one.page.context().close();
});
