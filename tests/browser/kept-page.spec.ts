/** The page without network: it opens, gets newer without being in anybody's way, and older again. */
import { type BrowserContext, type Page, expect } from '@playwright/test';
import { BoardPage, path } from './support/board-page';
import { Editions } from './support/editions';
import { test as base } from './support/fixtures';
import { Link } from './support/link';
import { seed } from './support/seed';
import { Server } from './support/server';

/** Most bytes that the worker fetches after a first visit, fonts with them: what is here already is not sent again. */
const AFTERWARDS = 289_500;

interface Fixtures {
  editions: Editions;
  /** Somebody's browser. */
  context: BrowserContext;
  /** Opens the test's board there, drawn on and with its page kept. */
  kept: () => Promise<BoardPage>;
}

const test = base.extend<Fixtures>({
  editions: async ({}, use) => {
    const editions = await Editions.begin();
    await use(editions);
    await editions.remove();
  },
  server: async ({ editions }, use, info) => {
    const server = await Server.create(editions.folder);
    await use(server);
    await server.remove();
    if (info.status !== info.expectedStatus) await info.attach('server', { body: server.log, contentType: 'text/plain' });
  },
  context: async ({ browser }, use) => {
    const context = await browser.newContext({ serviceWorkers: 'allow' });
    await use(context);
    await context.close();
  },
  kept: async ({ context, open }, use) => {
    await use(async () => {
      const ada = await open({ browser: context });
      await ada.take('Pen');
      await ada.draw(...path([300, 300], [600, 300]));
      await ada.saved();
      await isKept(ada.page);
      // So that days without network begin with a copy of the board.
      await ada.page.evaluate(() => dispatchEvent(new Event('pagehide')));
      return ada;
    });
  },
});

/** Waits until a worker has all that it keeps. */
async function isKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

/** The first script of the page that runs; none while another page is coming. */
function running(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const script = document.querySelector<HTMLScriptElement>('script[type=module]');
    return script ? new URL(script.src).pathname : undefined;
  }).catch(() => undefined);
}

/** How many versions are kept, and every address in them. */
function inCaches(page: Page): Promise<{ versions: number; files: string[] }> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { versions: names.length, files: requests.flat().map(({ url }) => new URL(url).pathname) };
  });
}

const announced = (page: Page) => page.getByText('A new version is ready.');
/** How long Chromium may take to notice that a worker has nothing to do any more: it looks once a minute, ms. */
const NOTICED = 90_000;

/** Waits until a newer version is here. A busy machine makes Chromium miss the moment when the worker could change. */
async function isAnnounced(page: Page): Promise<void> {
  test.slow();
  await expect(announced(page)).toBeVisible({ timeout: NOTICED });
}
const reload = (page: Page) => page.getByRole('button', { name: 'Reload' });

test('a board that one had open, and the start page, open without a server', async ({ server, kept, board, complaints }) => {
  const ada = await kept();
  const { page } = ada;
  const { files } = await inCaches(page);
  expect(files.filter((file) => !/^\/(assets\/[\w.-]+|refusal\.html)?$/.test(file)), 'nothing of a board').toEqual([]);
  await server.stop();
  await page.reload();
  await expect(ada.connection).toHaveAttribute('data-state', 'offline');
  await ada.showsBands(1);
  await expect(ada.connection).not.toContainText('the page itself needs the network');
  await ada.take('Pen');
  await ada.draw(...path([300, 400], [600, 400]));
  await ada.waiting(1);
  await expect(page).toHaveTitle(/^● /);
  // What comes late comes too.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto(server.url);
  await page.locator(`a[href="/b/${board}"]`).click();
  await ada.showsBands(2);
  await page.goto(`${server.url}/metrics`);
  await expect(page.getByText('The server is out of reach')).toBeVisible();
  expect(complaints.list.splice(0), 'of the address that needs the server').toEqual([expect.stringContaining('status of 503')]);
  await page.getByRole('link', { name: 'Your boards' }).click();
  await page.locator(`a[href="/b/${board}"]`).click();
  await server.start();
  await ada.saved();
  await expect(page).not.toHaveTitle(/^● /);
});

test('the start page alone keeps the page', async ({ context, server }) => {
  const page = await context.newPage();
  await page.goto(server.url);
  await isKept(page);
  await server.stop();
  await page.reload();
  await expect(page.getByRole('link', { name: 'New board' })).toBeVisible();
});

test('what only the server can say goes past the worker', async ({ server, kept, board, complaints }) => {
  const { page } = await kept();
  const through = async (address: string) => {
    const asked = (await page.goto(`${server.url}${address}`))?.request();
    // What is led on to may be the worker's again.
    return (await (asked?.redirectedFrom() ?? asked)?.response())?.fromServiceWorker();
  };
  expect(await through(`/b/${board}`)).toBe(true);
  for (const address of [`/b/${board}?token=x`, '/?signed-out', `/embed/${board}`, '/v1/boards/x', '/auth/callback', '/sign-in', '/new']) {
    expect(await through(address), address).toBe(false);
  }
  // Some of these are nothing yet.
  expect(complaints.list.filter((complaint) => !/status of 40[45]/.test(complaint))).toEqual([]);
  complaints.list.length = 0;
});

test('what the worker fetches after a first visit is little', async ({ context, server, board }) => {
  const link = await Link.to(server.port);
  const page = await context.newPage();
  await page.goto(`${link.url}/b/${board}`);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveAttribute('data-state', 'saved');
  const first = new Map(link.sent);
  await isKept(page);
  const afterwards = [...link.sent].map(([file, bytes]) => [file, bytes - (first.get(file) ?? 0)] as const);
  const sent = afterwards.filter(([, bytes]) => bytes > 0);
  const sum = sent.reduce((sum, [, bytes]) => sum + bytes, 0);
  const bill = [...sent, ['afterwards', sum] as const].map(([file, bytes]) => `${String(bytes).padStart(9)}  ${file}`).join('\n');
  console.log(bill);
  expect(sent.some(([file]) => file.includes('wasm_client_bg')), 'the engine is not sent again').toBe(false);
  expect(sum, bill).toBeLessThanOrEqual(AFTERWARDS);
  link.close();
});

test('a new version comes while a board is open, and is taken when one wants it', async ({ server, editions, kept, context }) => {
  const ada = await kept();
  const { page } = ada;
  const other = await context.newPage();
  await other.goto(server.url);
  const old = await editions.script();
  const late = (await inCaches(page)).files.find((file) => /\/help-.*\.js$/.test(file)) ?? '';
  await server.stop();
  await editions.serve('next');
  await server.start();
  await isAnnounced(page);
  expect(await running(page)).toBe(old);
  // Both tabs still have every file of theirs, which the server has no more.
  expect((await fetch(server.url + late)).status).toBe(404);
  for (const tab of [page, other]) expect(await tab.evaluate((late) => fetch(late).then(({ ok }) => ok), late)).toBe(true);

  await reload(page).click();
  await expect.poll(() => running(page)).toBe(await editions.script());
  await ada.showsBands(1);
  await ada.saved();
  await expect(announced(page)).toBeHidden();
  expect((await inCaches(page)).versions, 'one tab still runs the old one').toBe(2);
  expect(await other.evaluate((late) => fetch(late).then(({ ok }) => ok), late)).toBe(true);
  await other.close();
  // The lock of a closed tab is let go of in the browser's own time.
  const left = async () => {
    await page.reload();
    return (await inCaches(page)).versions;
  };
  await expect.poll(left).toBe(1);
});

test('a version of which a file is missing is not taken', async ({ server, editions, kept }) => {
  const { page } = await kept();
  const old = await editions.script();
  await editions.serve('next');
  await editions.lose('help-changed0.js');
  const update = () => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    await new Promise((done) => (installing ? (installing.onstatechange = done) : done(undefined)));
    return installing?.state;
  });
  expect(await update()).toBe('redundant');
  await page.reload();
  expect(await running(page)).toBe(old);
  await server.stop();
  await page.reload();
  expect(await running(page)).toBe(old);
});

test('a version that could not be had for a moment is fetched again', async ({ server, editions, kept, complaints }) => {
  const { page } = await kept();
  await server.stop();
  await editions.serve('next');
  await editions.lose('help-changed0.js');
  const refused = page.context().waitForEvent('response', (answer) => answer.url().endsWith('help-changed0.js'));
  await server.start();
  expect((await refused).status()).toBe(404);
  await editions.serve('next');
  await isAnnounced(page);
  await reload(page).click();
  await expect.poll(() => running(page)).toBe(await editions.script());
  complaints.list.length = 0;
});

test('a server that goes back to an older version takes its pages along', async ({ server, editions, kept, complaints }) => {
  const ada = await kept();
  const { page } = ada;
  const first = await editions.script();
  for (const edition of ['next', 'first'] as const) {
    await server.stop();
    await editions.serve(edition);
    await server.start();
    await isAnnounced(page);
    await reload(page).click();
    await expect.poll(() => running(page)).toBe(await editions.script());
    await ada.saved();
    await isKept(page);
  }
  expect(await running(page)).toBe(first);

  // As before there were workers.
  await server.stop();
  await editions.lose('sw.js');
  await server.start();
  await ada.saved();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  // A worker that has to go lives as long as the page that it served: the browser may let it serve once more.
  await expect.poll(async () => {
    await page.reload();
    await ada.saved();
    return page.evaluate(() => navigator.serviceWorker.controller === null);
  }).toBe(true);
  complaints.list.length = 0;
});

test('a board of a newer version has that fetched before it asks to reload', async ({ server, editions, kept, board, context }) => {
  const { page } = await kept();
  await editions.serve('next');
  const newer = await server.document(board);
  newer.getMap('board').set('schema', 99);
  const helper = await context.newPage();
  await helper.goto(`${server.url}/healthz`);
  await seed(helper, server, board, newer);
  await helper.close();
  await expect(page.getByText('made by a newer Drawbridge')).toBeVisible();
  const next = await editions.script();
  expect((await inCaches(page)).files, 'by then it is here').toContain(next);
  await reload(page).first().click();
  await expect.poll(() => running(page)).toBe(next);
});

test('where a browser keeps no pages, being offline says what that means', async ({ browser, board, line }) => {
  const link = await line();
  const page = await browser.newPage();
  // As in every browser without TLS.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await page.goto(`${link.url}/b/${board}`);
  const status = page.getByRole('status', { name: 'Connection' });
  await expect(status).toHaveAttribute('data-state', 'saved');
  link.cut();
  await expect(status).toHaveAttribute('data-state', 'offline');
  await expect(status).toContainText('the page itself needs the network to open again');
  await page.close();
});

test('dark on a light system is dark before anything else has come', async ({ browser, server, board }) => {
  const page = await browser.newPage({ colorScheme: 'light' });
  await page.addInitScript(() => localStorage.setItem('drawbridge.appearance', '"dark"'));
  // The page's own script never comes: what is seen is there without it.
  await page.route(/\/assets\/index-[^/]*\.js$/, (route) => route.abort());
  await page.goto(`${server.url}/b/${board}`);
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(ground).toBe('rgb(18, 19, 18)');
  await page.close();
});
