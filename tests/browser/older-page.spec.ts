/** A page of an older version beside a new one: it keeps all that it does not know. */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import * as Y from 'yjs';
import { expect, test as base } from './support/fixtures';
import { png } from './support/png';
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

test('what holds together is kept by an older page that moves, restyles, deletes and takes that back', async ({
  open, server, board, folder, stored,
}) => {
  const old = await open();
  await upgrade(folder);
  const ada = await open();
  const fill = async (name: string) => ada.page.getByRole('radio', { name: `Fill: ${name}` }).click();
  await ada.take('Rectangle');
  await fill('Blue');
  await ada.drag([300, 200], [420, 280]);
  await ada.key('Enter');
  await ada.page.keyboard.type('Start');
  await ada.key('Escape');
  await ada.take('Rectangle');
  await ada.drag([600, 200], [720, 280]);
  await ada.take('Arrow');
  await ada.drag([410, 240], [610, 240]);
  for (const x of [300, 420]) {
    await ada.take('Ellipse');
    await fill('Blue');
    await ada.drag([x, 500], [x + 80, 560]);
  }
  await ada.key('Escape');
  await ada.drag([280, 480], [520, 580]);
  await ada.key('Control+g');
  await ada.key('f');
  await ada.drag([800, 150], [1100, 350]);
  await ada.take('Rectangle');
  await ada.drag([840, 190], [940, 250]);
  const [chooser] = await Promise.all([ada.page.waitForEvent('filechooser'), ada.key('9')]);
  await chooser.setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(120, 80, [200, 30, 60]) });
  // The file is named once the server has it, after the element.
  await expect.poll(async () => Object.keys((await server.document(board)).getMap('files').toJSON())).toHaveLength(1);
  await ada.saved();
  const names = async () => (await stored()).map(({ id }) => id);
  const [before, stack] = [all(await server.document(board)), await names()];
  const [start, , arrow] = await stored();

  await old.shows('scene', { x: 295, y: 220, width: 10, height: 40 });
  await old.take('Select');
  // By the corner, which its label leaves free, and then one of the group and the one in the frame.
  for (const [x, y, dx, dy] of [[310, 210, 0, 60], [340, 530, 20, 30], [850, 200, 30, 20]] as const) {
    await old.drag([x, y], [x + dx, y + dy]);
    await old.page.getByRole('radio', { name: 'Stroke: Red' }).click();
    await old.key('Escape');
  }
  await old.saved();
  const after = all(await server.document(board));
  for (const root of ['elements', 'links', 'files', 'board', 'order', 'points']) {
    expect(after[root], root).toEqual(before[root]);
  }
  expect(await names(), 'the stack is as it was').toEqual(stack);
  const red = (await stored()).filter(({ stroke }) => stroke === '#e03131');
  expect(red.map(({ text, parent }) => [text, parent !== undefined])).toEqual([['Start', false], ['', true], ['', true]]);
  // The arrow follows what the older page has moved.
  await ada.isBlank('scene', { x: 440, y: 236, width: 20, height: 6 });

  await old.click([310, 275]);
  await old.key('Delete');
  await old.saved();
  expect(await names()).toEqual(stack.filter((id) => id !== start?.id));
  await old.key('Control+z');
  await old.saved();
  expect(await names()).toEqual(stack);
  expect(all(await server.document(board))['links']).toEqual(before['links']);
  expect((await stored()).find(({ id }) => id === start?.id)?.text).toBe('Start');
  await ada.drag([660, 275], [660, 475]);
  await ada.saved();
  // It holds on to both still: what it stored has not moved, and what is seen has.
  expect((await stored()).find(({ id }) => id === arrow?.id)?.geometry).toEqual(arrow?.geometry);
  await ada.shows('scene', { x: 480, y: 330, width: 60, height: 60 });
});
