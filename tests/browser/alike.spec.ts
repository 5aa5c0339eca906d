/**
 * The page's canvas beside pictures of the same boards that were made without a browser: `render/tests/golden.rs`
 * keeps both.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import * as Y from 'yjs';
import { SHARE, otherwise } from './support/alike';
import { expect, test } from './support/fixtures';
import { seed } from './support/seed';
import { root } from './support/server';

/** SVG files on a board. */
const DRAWINGS = 'drawings';
const SCENES = [
  DRAWINGS, 'elbow', 'ends', 'finishes', 'frames', 'highlighter', 'highlighter-dark', 'images-dark', 'ink', 'labels', 'notes-dark',
  'wrapped',
];
/** On denser screens browsers put letters where they belong, and not on whole pixels. */
const DENSITY = 2;

/** Brings the files of the drawings, as they are. */
async function bring(url: string, board: string): Promise<void> {
  const folder = path.join(root, 'render/tests/golden', DRAWINGS);
  for (const name of await readdir(folder)) {
    const body = await readFile(path.join(folder, name));
    const hash = createHash('sha256').update(body).digest('hex');
    const headers = { 'content-type': 'image/svg+xml' };
    const answer = await fetch(`${url}/v1/boards/${board}/files/${hash}`, { method: 'PUT', headers, body });
    expect(answer.status, name).toBe(201);
  }
}

for (const name of SCENES) {
  test(`a picture made without a browser looks as the page does: ${name}`, async ({ open, server, board, page }) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await readFile(path.join(root, `render/tests/golden/${name}.update`)));
    const picture = await readFile(path.join(root, `render/tests/golden/${name}.png`));
    const colorScheme = name.endsWith('-dark') ? 'dark' : 'light';
    // From a page without a board: whoever is on one may have a pointer there, which is painted too.
    await page.goto(server.url);
    if (name === DRAWINGS) await bring(server.url, board);
    await seed(page, server, board, doc);
    const ada = await open({ options: { colorScheme, viewport: { width: 1600, height: 1200 }, deviceScaleFactor: DENSITY } });
    await ada.key('Control+0');
    await expect(ada.page.locator('.zoom-value')).toHaveText('100%');
    await ada.page.mouse.move(5, 5);
    await expect.poll(() => otherwise(ada.page, picture)).toBeLessThanOrEqual(SHARE);
  });
}
