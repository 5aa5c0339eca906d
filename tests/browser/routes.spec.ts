/** The ways of lines and arrows through their points, which another program wrote. */
import * as Y from 'yjs';
import { expect, test } from './support/fixtures';
import { seed } from './support/seed';

const everywhere = { x: 240, y: 80, width: 760, height: 560 };

/** A line up, and down again, with these fields of its style. */
function gable(fields: Record<number, unknown>): Y.Doc {
  const doc = new Y.Doc();
  const points = Uint8Array.of(0, 0, 3, 0, 0, 4, 4, 3, 0, 8);
  const birth: unknown[] = ['line', 'c0001', 'seed', 400, 250, 300, 200, 0, points];
  for (let slot = birth.length; slot <= 28; slot += 1) birth.push(fields[slot] ?? null);
  doc.getMap('elements').set('gable', birth);
  return doc;
}

test('a line becomes a curve and straight again, and keeps its points', async ({ open, server, board, stored }) => {
  const ada = await open();
  await seed(ada.page, server, board, gable({}));
  await ada.shows('scene', everywhere);
  await ada.key('Control+a');
  const route = (name: string) => ada.page.getByRole('radio', { name: `Route: ${name}`, exact: true });
  await expect(route('Straight')).toBeChecked();
  const straight = await ada.painted('scene', everywhere);
  await route('Curved').click();
  await expect.poll(() => ada.painted('scene', everywhere)).toBeGreaterThan(straight);
  await ada.saved();
  expect((await stored()).map(({ look }) => look)).toEqual([{ route: 'curved' }]);
  await route('Straight').click();
  await expect.poll(() => ada.painted('scene', everywhere)).toBe(straight);
});

test('a line is filled when it says that it is closed, and taken by its inside', async ({ open, server, board }) => {
  const ada = await open();
  await seed(ada.page, server, board, gable({ 10: '#a5d8ff', 26: true }));
  const inside = { x: 500, y: 390, width: 100, height: 40 };
  await expect.poll(() => ada.painted('scene', inside)).toBe(inside.width * inside.height);
  await ada.take('Select');
  await ada.click([550, 410]);
  await expect(ada.page.getByRole('radiogroup', { name: 'Route' })).toBeVisible();
  await expect(ada.page.getByRole('radiogroup', { name: 'Fill', exact: true }), 'what is closed can be filled').toBeVisible();
  await ada.key('Delete');
  await ada.isBlank('scene', everywhere);
});
