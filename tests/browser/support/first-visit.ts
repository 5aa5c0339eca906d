/**
 * What a first visit to a board costs, and what of the built page it leaves for later: in bytes, as
 * they are sent, fonts apart, which a browser fetches only once there is text, and pictures, which
 * systems and chats fetch and no page.
 * Owns the measuring; knows no bound.
 */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Page, type Request, expect } from '@playwright/test';
import { root } from './server';

/** One file, and how many bytes of it are sent. */
export interface Sent {
  path: string;
  bytes: number;
}

/** The page's own clock when it says "Saved": by the time that a test has seen it, it is later. */
async function noteSaved(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('[data-state="saved"]')) return;
      performance.mark('saved');
      watch.disconnect();
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true });
  });
}

/** Opens a board in a page that has nothing yet; what it requests before it says "Saved". */
export async function firstVisit(page: Page, url: string): Promise<Sent[]> {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await noteSaved(page);
  await page.goto(url);
  const status = page.getByRole('status', { name: 'Connection' });
  await expect(status).toHaveAttribute('data-state', 'saved');
  const saved = await page.evaluate(() =>
    performance.timeOrigin + (performance.getEntriesByName('saved')[0]?.startTime ?? 0));
  const sent: Sent[] = [];
  for (const request of [...requests]) {
    const { pathname } = new URL(request.url());
    const { responseBodySize } = await request.sizes();
    // What has come by now may have been asked for later, when the machine is busy.
    const isLater = request.timing().startTime > saved;
    if (!isLater && !isApart(pathname)) sent.push({ path: pathname, bytes: responseBodySize });
  }
  return sent;
}

/** What only boards within other pages fetch, and who has a file of another program. */
const SELDOM = /\/(embedded-(channel|view)|export-picture|foreign-files|file-job|files-worker|file-bounds|picture-files|start-from|new-board|wasm_(?!client)\w+)-|\.(drawbridge|webp)$|^licences\.txt/;

/** The files of the built page that are not among those, as the server would send them. */
export async function forLater(first: readonly Sent[]): Promise<Sent[]> {
  const dist = path.join(root, 'web/dist');
  const files = await readdir(dist, { recursive: true, withFileTypes: true });
  const names = files
    .filter((file) => file.isFile())
    .map((file) => path.relative(dist, path.join(file.parentPath, file.name)).replaceAll(path.sep, '/'));
  const later: Sent[] = [];
  for (const name of names) {
    const isThere = first.some((sent) => sent.path === `/${name}`) || name === 'index.html';
    if (isThere || isApart(name) || SELDOM.test(name) || /\.(br|gz)$/.test(name)) continue;
    const packed = names.includes(`${name}.br`) ? `${name}.br` : name;
    const { size } = await stat(path.join(dist, packed));
    later.push({ path: `/${name}`, bytes: size });
  }
  return later;
}

/** All of it. */
export function total(sent: readonly Sent[]): number {
  return sent.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** One line for each file, the largest first, and the sum beside its bound. */
export function bill(what: string, sent: readonly Sent[], bound: number): string {
  const line = (bytes: number, text: string) => `${String(bytes).padStart(9)}  ${text}`;
  const lines = [...sent].sort((a, b) => b.bytes - a.bytes).map(({ path, bytes }) => line(bytes, path));
  return [...lines, line(total(sent), `${what}, of ${bound}`)].join('\n');
}

function isApart(name: string): boolean {
  return /\.(woff2|png)$/.test(name);
}
