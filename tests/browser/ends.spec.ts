/** What the ends of lines and arrows look like. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

const pick = (person: BoardPage, name: string) => person.page.getByRole('radio', { name, exact: true });

test('a line gets a head and an arrow loses one, for everybody', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Arrow');
  await ada.drag([400, 200], [600, 200]);
  await expect(pick(ada, 'Start: Plain')).toBeChecked();
  await expect(pick(ada, 'End: Arrow')).toBeChecked();
  const barb = { x: 586, y: 192, width: 6, height: 5 };
  await bob.shows('scene', barb);
  await pick(ada, 'End: Plain').click();
  await bob.isBlank('scene', barb);
  await pick(ada, 'Start: Dot').click();
  await bob.shows('scene', { x: 402, y: 201, width: 6, height: 3 });

  await ada.take('Line');
  await ada.drag([400, 400], [600, 400]);
  await pick(ada, 'End: None or many').click();
  await bob.shows('scene', { x: 595, y: 404, width: 5, height: 4 });
  await ada.saved();
  expect((await stored()).map(({ kind, look }) => [kind, look])).toEqual([
    ['arrow', { startHead: 'circle', endHead: 'none' }], ['line', { endHead: 'zeroOrMany' }],
  ]);
  await ada.undo.click();
  await ada.saved();
  expect((await stored())[1]?.look).toEqual({});
});

test('each tool keeps the heads that were chosen for it', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Arrow');
  await expect(pick(ada, 'End: Arrow')).toBeChecked();
  await pick(ada, 'End: Triangle').focus();
  await ada.key('ArrowRight');
  await expect(pick(ada, 'End: Open triangle')).toBeChecked();
  for (const [i, tool] of (['Arrow', 'Line', 'Rectangle', 'Arrow'] as const).entries()) {
    await ada.take(tool);
    if (tool === 'Line') await expect(pick(ada, 'End: Plain')).toBeChecked();
    await ada.drag([400 + 100 * i, 200], [480 + 100 * i, 260]);
  }
  await ada.saved();
  const looks = (await stored()).map(({ kind, look }) => [kind, look]);
  const chosen = ['arrow', { endHead: 'triangleOutline' }];
  expect(looks).toEqual([chosen, ['line', {}], ['rectangle', {}], chosen]);
});
