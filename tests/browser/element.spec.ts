/** The custom element: packed, installed into another site's page, and used there as a site would. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { DrawbridgeBoard } from '../../packages/board-element/src/index';
import { expect, test as base } from './support/fixtures';
import { root, Server } from './support/server';

const run = promisify(execFile);

/** What a site's own script does with it; types are checked before it is used. */
const SCRIPT = `
import { DrawbridgeBoard, type Person } from 'drawbridge-board';
const board = document.querySelector('drawbridge-board');
const heard: string[] = [];
let people: readonly Person[] = [];
if (board instanceof DrawbridgeBoard) {
  for (const name of ['board-ready', 'board-change', 'board-title', 'board-failed']) {
    board.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail].filter(Boolean).join(' ')));
  }
  board.addEventListener('board-people', (event) => (people = (event as CustomEvent<readonly Person[]>).detail));
}
Object.assign(window, { heard: () => heard, people: () => people });
`;

interface Site {
  /** The address of a page with the element on it, its attributes as HTML has them. */
  page: (attributes: string) => string;
}

const test = base.extend<{ site: Site }>({
  site: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drawbridge-site-'));
    await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const packed = path.join(root, 'target/dist/drawbridge-board.tgz');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], { cwd: folder });
    await writeFile(path.join(folder, 'site.ts'), SCRIPT);
    const compilerOptions = { strict: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['site.ts'] }));
    await run(path.join(root, 'node_modules/.bin/tsc'), [], { cwd: folder });
    const files = createServer((asked, answer) => void (async () => {
      const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://site');
      const server = new URL(searchParams.get('server') ?? 'http://nowhere').origin;
      // Everything that a careful site forbids.
      answer.setHeader('content-security-policy', `default-src 'self'; frame-src ${server}`);
      if (pathname === '/') {
        answer.setHeader('content-type', 'text/html');
        return answer.end(`<!doctype html><title>Site</title><link rel="stylesheet" href="/site.css">
          <script type="module" src="/site.js"></script>
          <drawbridge-board src="${server}" ${searchParams.get('attributes')}></drawbridge-board>`);
      }
      if (pathname === '/site.css') {
        answer.setHeader('content-type', 'text/css');
        return answer.end('drawbridge-board { width: 800px; height: 500px }');
      }
      const text = await readFile(path.join(folder, pathname), 'utf8').catch(() => '');
      answer.setHeader('content-type', 'text/javascript');
      // A bundler would find the package by its name.
      return answer.end(text.replace(`'drawbridge-board'`, `'/node_modules/drawbridge-board/index.js'`));
    })()).listen(0, 'localhost');
    await once(files, 'listening');
    const { port } = files.address() as AddressInfo;
    await use({ page: (attributes) => `http://localhost:${port}/?${new URLSearchParams({ attributes })}` });
    files.close();
    await rm(folder, { recursive: true });
  },
  server: async ({ site }, use) => {
    const server = await Server.create(undefined, ['--embed-origin', new URL(site.page('')).origin]);
    await use(server);
    await server.remove();
  },
});

declare global {
  interface Window {
    heard: () => string[];
    people: () => { id: string; name: string; me: boolean }[];
  }
}

const heard = (page: Page) => page.evaluate(() => window.heard());
/** Does something with the element, in the site's page. */
const on = <T>(page: Page, work: (board: DrawbridgeBoard) => T | Promise<T>): Promise<T> =>
  page.locator('drawbridge-board').evaluate(work as (node: SVGElement | HTMLElement) => T | Promise<T>);

test('a site shows a board, hears of it and takes it out', async ({ open, site, server, board, page, complaints }) => {
  await complaints.listen(page, () => false);
  const ada = await open();
  await ada.take('Rectangle');
  await ada.draw([300, 300], [500, 400]);
  await ada.saved();
  await page.goto(`${site.page(`board="${board}"`)}&server=${server.url}`);
  await expect.poll(() => heard(page)).toContain('board-ready');
  await ada.page.getByRole('textbox', { name: 'Name of this board' }).fill('Plan');
  await ada.key('Enter');
  await expect.poll(() => heard(page)).toContain('board-title Plan');
  await ada.take('Ellipse');
  await ada.draw([600, 300], [700, 400]);
  await expect.poll(() => heard(page)).toContain('board-change');
  const starts = await on(page, async (board) => {
    const texts: string[] = [];
    for (const format of ['svg', 'png', 'pdf', 'excalidraw', 'drawbridge'] as const) {
      texts.push(new TextDecoder('latin1').decode(await (await board.export(format)).arrayBuffer()).slice(0, 20).trim());
    }
    return texts;
  });
  expect(starts.map((text) => /^(<svg|.PNG|%PDF|\{|PK)/.exec(text)?.[1]?.slice(-4))).toEqual(['<svg', expect.stringMatching(/PNG$/), '%PDF', '{', 'PK']);
  expect(await on(page, (board) => board.export('png', { frame: 'none' }).then(() => '', String))).toMatch(/frame/);
  // The browser notes the refusal, too.
  expect(complaints.list.splice(0).filter((complaint) => !complaint.includes('status of 404'))).toEqual([]);
  await on(page, (board) => void (board.theme = 'dark'));
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('data-dark', '');
});

test('a site follows somebody, looks at a frame, and shows another board', async ({ open, site, server, board, page }) => {
  const ada = await open();
  await ada.key('f');
  await ada.draw([200, 200], [500, 400]);
  await ada.key('Enter');
  await ada.page.keyboard.type('Corner');
  await ada.key('Escape');
  await ada.saved();
  await page.goto(`${site.page(`board="${board}"`)}&server=${server.url}`);
  await expect.poll(() => heard(page)).toContain('board-ready');
  expect(await on(page, (board) => board.look('Corner'))).toBe(true);
  expect(await on(page, (board) => board.look('Nowhere'))).toBe(false);
  const frame = page.frameLocator('iframe');
  /** Where the board is in the frame. */
  const place = () => frame.locator('.scene > *').first().boundingBox();
  await expect.poll(async () => (await page.evaluate(() => window.people())).filter(({ me }) => !me).length).toBe(1);
  const [other] = (await page.evaluate(() => window.people())).filter(({ me }) => !me);
  await ada.page.mouse.move(700, 500);
  const follows = () => page.locator('drawbridge-board').evaluate(
    (board, id) => (board as DrawbridgeBoard).follow(id), other?.id);
  await expect.poll(follows).toBe(true);
  const before = await place();
  // Far away from what was in view.
  await ada.key('h');
  await ada.page.mouse.down();
  await ada.page.mouse.move(60, 60, { steps: 4 });
  await ada.page.mouse.up();
  await ada.page.mouse.move(1200, 760, { steps: 4 });
  await expect.poll(place).not.toEqual(before);
  // Asked at once, before the other board's page is there.
  const looked = await page.locator('drawbridge-board').evaluate((element, name) => {
    const board = element as DrawbridgeBoard;
    board.removeAttribute('board');
    board.open(name, 'Corner');
    return board.export('excalidraw').then((file) => file.text());
  }, board);
  expect(JSON.parse(looked).elements).toHaveLength(1);
  const another = await server.newBoard();
  const ready = async () => (await heard(page)).filter((name) => name === 'board-ready').length;
  const readyBefore = await ready();
  await page.locator('drawbridge-board').evaluate((board, name) => (board as DrawbridgeBoard).open(name), another);
  await expect.poll(() => page.frames().some((frame) => frame.url().endsWith(`/embed/${another}`))).toBe(true);
  await expect.poll(ready).toBeGreaterThan(readyBefore);
});

test('nobody but the page around it is listened to', async ({ open, server, board, page }) => {
  await open();
  await page.goto(`${server.url}/embed/${board}`);
  await expect(page.getByRole('button', { name: 'Zoom in' })).toBeVisible();
  const answered = await page.evaluate(() => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(true);
    window.postMessage({ drawbridge: 1, type: 'hello' }, location.origin, [port2]);
    // Whatever would be answered is answered by the time that two more messages have come round.
    addEventListener('message', ({ data }) => {
      if (data === 'one') window.postMessage('two');
      if (data === 'two') done(false);
    });
    window.postMessage('one');
  }));
  expect(answered).toBe(false);
});
