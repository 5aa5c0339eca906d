/** Laser, bucket, eyedropper, and strokes that are held still. */
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

test('a laser is seen by the other while it moves, is gone soon, and leaves nothing', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.key('k');
  await expect(ada.page.getByRole('button', { name: 'Other tools: Laser pointer' })).toBeVisible();
  // Above the line that the pointer keeps to: names and arrows stand below it.
  const trail = { x: 600, y: 296, width: 20, height: 3 };
  let seen = false;
  const looks = bob.shows('overlay', trail).then(() => (seen = true));
  await ada.page.mouse.move(800, 300);
  await ada.page.mouse.down();
  for (let i = 0; i < 50 && !seen; i += 1) await ada.page.mouse.move(i % 2 ? 800 : 400, 300, { steps: 8 });
  await ada.page.mouse.up();
  await looks;
  await bob.isBlank('overlay', trail);
  await ada.isBlank('overlay', trail);
  expect(await stored()).toEqual([]);
});

test('a stroke that is held still becomes its shape, for both, and undo gives the ink back', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Pen');
  await ada.press([400, 200], [600, 203], [602, 320], [400, 318], [401, 206]);
  await expect.poll(async () => (await bob.painted('overlay', { x: 500, y: 315, width: 4, height: 8 })) > 0).toBe(true);
  // Longer than it takes to be sure.
  await ada.page.waitForFunction((since) => performance.now() - since > 750, await ada.page.evaluate(() => performance.now()));
  await ada.page.mouse.up();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['rectangle']);
  await ada.undo.click();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink']);
  await ada.draw(...path([300, 500], [600, 500]));
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind), 'what is not held stays ink').toEqual(['ink', 'ink']);
});

test('the bucket fills with what is chosen, and the eyedropper takes it from there', async ({ open, stored }) => {
  const ada = await open();
  for (const [tool, x] of [['Rectangle', 400], ['Ellipse', 600]] as const) {
    await ada.take(tool);
    await ada.drag([x, 300], [x + 100, 400]);
  }
  await ada.key('Shift+B');
  await ada.page.getByRole('radio', { name: 'Fill: Green' }).click();
  await ada.click([450, 350]);
  await ada.saved();
  const [first, second] = await stored();
  expect(first?.fill).not.toBe('transparent');
  expect(second?.fill ?? 'transparent').toBe('transparent');
  await ada.key('v');
  await ada.click([600, 350]);
  await ada.key('i');
  await ada.click([450, 350]);
  await ada.saved();
  expect((await stored())[1]?.fill).toBe(first?.fill);
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
});

test('an eraser of parts cuts a stroke, for both, and undo mends it', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [700, 300]));
  const middle = { x: 496, y: 290, width: 8, height: 20 };
  await bob.shows('scene', middle);
  await ada.key('Shift+E');
  await ada.press([500, 250], [500, 350]);
  await ada.isBlank('scene', middle);
  await ada.page.mouse.up();
  await bob.isBlank('scene', middle);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink', 'ink']);
  await ada.undo.click();
  await bob.shows('scene', middle);
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink']);
});
