/** A page of an older version beside a new one: it keeps all that it does not know. */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import * as Y from 'yjs';
import { expect, test as base } from './support/fixtures';
import { olderPage } from './support/older-page';
import { Server, root } from './support/server';

interface Fixtures {
  /** A folder that the server serves, with the older page in it at first. */
  folder: string;
}

const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await olderPage();
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  server: async ({ folder }, use) => {
    const server = await Server.create(folder);
    await use(server);
    await server.remove();
  },
});

/** Serves the page that was built now to whoever comes; the older one may still ask for its parts. */
async function upgrade(folder: string): Promise<void> {
  await cp(path.join(root, 'web/dist'), folder, { recursive: true });
}

/** All that a document says, by root and key. */
function all(doc: Y.Doc): Record<string, Record<string, unknown>> {
  const roots = ['elements', 'style', 'links', 'files', 'board', 'points', 'order'];
  return Object.fromEntries(roots.map((name) => [name, doc.getMap(name).toJSON()]));
}

test('what a new page draws is kept by an older one that moves, restyles and copies it', async ({
  open, server, board, folder, stored,
}) => {
  const old = await open();
  await expect(old.page.getByRole('radio', { name: 'Shape', exact: true })).toHaveCount(0);
  await upgrade(folder);
  const ada = await open();
  await ada.take('Shape');
  await ada.page.getByRole('radio', { name: 'Outline: Star' }).click();
  await ada.page.getByRole('radio', { name: 'Fill: Blue' }).click();
  await ada.page.getByRole('radio', { name: 'Filling: Hatched' }).click();
  await ada.drag([400, 300], [600, 450]);
  await ada.page.getByRole('radio', { name: 'Dashes: Dashed' }).click();
  await ada.take('Note');
  await ada.click([1000, 600]);
  await ada.page.keyboard.type('of a kind that it does not know');
  await ada.key('Escape');
  await ada.saved();
  const before = all(await server.document(board));
  const [star, note] = await stored();

  // It shows a rectangle, as every reader does that knows no stars.
  await old.shows('scene', { x: 395, y: 340, width: 10, height: 60 });
  await old.take('Select');
  await old.drag([500, 375], [500, 475]);
  await old.page.getByRole('radio', { name: 'Stroke: Red' }).click();
  await old.key('Control+d');
  await old.saved();
  const after = all(await server.document(board));
  for (const [root, values] of Object.entries(before)) {
    if (root !== 'order') expect(after[root], root).toMatchObject(values);
  }
  const [moved, kept, copy] = await stored();
  const red = '#e03131';
  expect(moved).toMatchObject({ ...star, stroke: red, geometry: [400, 400, 200, 150, 0] });
  expect([kept, kept?.kind]).toEqual([note, 'note']);
  expect(copy).toMatchObject({ kind: 'rectangle', look: star?.look, fill: star?.fill, stroke: red });
  await expect.poll(() => ada.painted('scene', { x: 480, y: 400, width: 40, height: 20 })).toBeGreaterThan(0);
  expect(await ada.painted('scene', { x: 405, y: 405, width: 30, height: 20 }), 'a star still').toBe(0);
});
