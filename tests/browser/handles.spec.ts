/** Handles by mouse: corners, sides and the turn, with what Shift and Alt make of them; and the highlighter's strokes. */
import { type BoardPage, bow } from './support/board-page';
import { expect, test } from './support/fixtures';

const degrees = (radians = 0) => Math.round((radians * 180) / Math.PI);

async function withBox(open: () => Promise<BoardPage>): Promise<BoardPage> {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [600, 400]);
  await ada.saved();
  return ada;
}

test('a corner resizes, with Shift in its ratio and with Alt from the middle, for both', async ({ open, stored }) => {
  const bob = await open();
  const ada = await withBox(open);
  const geometry = async () => {
    await ada.saved();
    return (await stored())[0]?.geometry.slice(0, 4).map(Math.round);
  };
  await ada.drag([600, 400], [660, 480]);
  expect(await geometry()).toEqual([400, 300, 260, 180]);
  await bob.shows('scene', { x: 655, y: 400, width: 10, height: 60 });
  await ada.undo.click();
  for (const [key, expected] of [['Shift', [400, 300, 400, 200]], ['Alt', [300, 250, 400, 200]]] as const) {
    await ada.press([600, 400], [650, 420]);
    await ada.page.keyboard.down(key);
    await ada.page.mouse.move(key === 'Shift' ? 800 : 700, key === 'Shift' ? 480 : 450);
    await ada.page.mouse.up();
    await ada.page.keyboard.up(key);
    expect(await geometry(), key).toEqual(expected);
    await ada.undo.click();
  }
  // The outline is the shape's own; its frame stands four pixels off.
  await ada.drag([604, 350], [644, 390]);
  expect(await geometry(), 'a side').toEqual([400, 300, 240, 100]);
});

test('the handle above turns, in steps of 15 degrees with Shift, and many about one middle', async ({ open, stored }) => {
  const ada = await withBox(open);
  const turns = async () => {
    await ada.saved();
    return (await stored()).map(({ geometry }) => degrees(geometry[4]));
  };
  // It stands above the middle of the upper side.
  const grip = { x: 500, y: 276 };
  await ada.drag([grip.x, grip.y], [560, 290], [574, 350]);
  const [free = 0] = await turns();
  expect(Math.abs(free - 90)).toBeLessThan(4);
  await ada.undo.click();
  await ada.press([grip.x, grip.y], [540, 280]);
  await ada.page.keyboard.down('Shift');
  await ada.page.mouse.move(555, 290);
  await ada.page.mouse.up();
  await ada.page.keyboard.up('Shift');
  expect(await turns()).toEqual([45]);
});

test('a highlighter marks by mouse, broad, yellow and so that words stay readable', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('marked words');
  await ada.key('Escape');
  await ada.key('Escape');
  await ada.key('Shift+d');
  await ada.press(...bow([390, 300], [540, 300]));
  const marked = { x: 396, y: 292, width: 30, height: 16 };
  const yellow = '255,236,153';
  await expect.poll(() => bob.colors(marked), { message: 'while it is drawn' }).toContain(yellow);
  expect(await stored()).toHaveLength(1);
  await ada.page.mouse.up();
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['text', 'highlighter']);
  for (const person of [ada, bob]) {
    await expect.poll(() => person.colors(marked)).toContain(yellow);
    // Ink times yellow is darker than ink.
    expect((await person.colors(marked)).some((color) => color.split(',').every((part) => Number(part) < 60))).toBe(true);
  }
});

test('a frame in a frame goes along, and a frame that is removed keeps what was in it', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  await ada.key('f');
  await ada.drag([400, 150], [900, 650]);
  await ada.key('f');
  await ada.drag([500, 300], [800, 550]);
  await ada.take('Rectangle');
  await ada.drag([560, 380], [640, 460]);
  await ada.key('Escape');
  await ada.saved();
  const [outer, inner, shape] = await stored();
  expect([inner?.parent, shape?.parent]).toEqual([outer?.id, inner?.id]);

  await ada.drag([400, 600], [430, 620]);
  await ada.saved();
  expect((await stored()).map(({ geometry }) => geometry.slice(0, 2))).toEqual([[430, 170], [530, 320], [590, 400]]);

  const menu = await ada.menu(() => page.mouse.click(530, 400, { button: 'right' }));
  await menu.getByRole('menuitem', { name: 'Remove frame' }).click();
  await ada.saved();
  expect((await stored()).map(({ kind, parent }) => [kind, parent])).toEqual([['frame', undefined], ['rectangle', outer?.id]]);
});
