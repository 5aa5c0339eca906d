/** Groups, frames and locks: what holds elements together, by mouse, key and menu; `by-finger.spec.ts` has the finger. */
import { expect, test } from './support/fixtures';

test('a group is moved as one by two people, entered by a double click, and taken apart', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  for (const x of [400, 600]) {
    await ada.take('Rectangle');
    await ada.drag([x, 200], [x + 100, 300]);
  }
  await ada.key('Control+a');
  await ada.key('Control+g');
  await ada.saved();
  const [group, ...members] = await stored();
  expect(group?.kind).toBe('group');
  expect(members.map(({ parent }) => parent)).toEqual([group?.id, group?.id]);

  // The other takes hold of the same group, by any of its members.
  await bob.shows('scene', { x: 595, y: 220, width: 10, height: 60 });
  await bob.drag([600, 230], [620, 330]);
  await bob.saved();
  expect((await stored()).slice(1).map(({ geometry }) => geometry.slice(0, 2))).toEqual([[420, 300], [620, 300]]);

  await ada.shows('scene', { x: 415, y: 320, width: 10, height: 60 });
  await ada.key('Escape');
  await ada.page.mouse.dblclick(420, 350);
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ kind, parent }) => [kind, parent]), 'one alone is no group').toEqual(
    [['rectangle', undefined]],
  );
  await ada.undo.click();
  await ada.page.mouse.click(620, 350);
  await ada.key('Control+Shift+G');
  await ada.saved();
  expect((await stored()).map(({ kind, parent }) => [kind, parent])).toEqual(
    [['rectangle', undefined], ['rectangle', undefined]],
  );
});

test('a frame has a name, clips what is in it and takes it along', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await ada.take('Rectangle');
  await ada.drag([450, 250], [550, 350]);
  await ada.key('f');
  await ada.drag([400, 200], [700, 400]);
  await page.mouse.dblclick(410, 190);
  await page.keyboard.type('Plan');
  await page.keyboard.press('Enter');
  await expect(page.locator('.text-field')).toBeHidden();
  await ada.saved();
  const [frame, shape] = await stored();
  expect([frame?.kind, frame?.text, shape?.parent]).toEqual(['frame', 'Plan', frame?.id]);

  // Begun inside, it is inside: what reaches out is not seen.
  await ada.take('Rectangle');
  await ada.drag([600, 300], [900, 380]);
  await ada.key('Escape');
  await ada.shows('scene', { x: 620, y: 295, width: 60, height: 10 });
  await ada.isBlank('scene', { x: 710, y: 290, width: 180, height: 20 });

  await page.mouse.click(410, 190);
  await ada.drag([400, 230], [400, 430]);
  await ada.shows('scene', { x: 445, y: 460, width: 10, height: 60 });
  await ada.saved();
  expect((await stored())[1]?.geometry.slice(0, 2)).toEqual([450, 450]);

  await ada.key('Delete');
  await ada.saved();
  expect(await stored()).toEqual([]);
  await ada.undo.click();
  await ada.saved();
  expect(await stored()).toHaveLength(3);
});

test('what is dragged falls into the frame under the pointer and out of it', async ({ open, stored }) => {
  const ada = await open();
  await ada.key('f');
  await ada.drag([600, 200], [900, 500]);
  await ada.take('Rectangle');
  await ada.drag([400, 250], [480, 330]);
  await ada.key('Escape');
  await ada.drag([400, 290], [700, 290]);
  await ada.saved();
  const [frame, shape] = await stored();
  expect(shape?.parent).toBe(frame?.id);
  await ada.key('Escape');
  await ada.drag([700, 290], [420, 290]);
  await ada.saved();
  expect((await stored())[1]?.parent).toBeUndefined();
});

test('what is locked is passed over until the menu unlocks it', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await ada.take('Rectangle');
  await ada.drag([400, 200], [500, 300]);
  await ada.key('Control+Shift+L');
  await ada.key('Escape');
  await ada.drag([400, 250], [500, 250]);
  await ada.key('Control+a');
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ locked, geometry }) => [locked, geometry[0]])).toEqual([[true, 400]]);
  await page.mouse.click(400, 250, { button: 'right' });
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await menu.getByRole('menuitem', { name: 'Unlock' }).click();
  await ada.drag([430, 200], [450, 200]);
  await ada.saved();
  expect((await stored()).map(({ locked, geometry }) => [locked, geometry[0]])).toEqual([[false, 420]]);
});
