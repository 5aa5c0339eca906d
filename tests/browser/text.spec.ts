/** One text, two people: both type, one of them composes, and nobody's letters are lost. */
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';

const place: Point = [400, 300];

async function write(person: BoardPage, text: string): Promise<void> {
  await person.take('Text');
  await person.click(place);
  await expect(person.textField).toBeFocused();
  await person.page.keyboard.type(text);
}

/** Opens the text that is there. */
async function enter(person: BoardPage): Promise<void> {
  await person.take('Select');
  await person.page.mouse.dblclick(place[0] + 10, place[1] + 10);
  await expect(person.textField).toBeFocused();
}

test('text shows while it is typed and stays', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await write(ada, 'bridge');
  await bob.shows('scene', { x: place[0], y: place[1] - 30, width: 80, height: 60 });
  await expect.poll(async () => (await stored())[0]?.text).toBe('bridge');
  await ada.key('Escape');
  await expect(ada.textField).toBeHidden();
  await ada.shows('scene', { x: place[0], y: place[1] - 30, width: 80, height: 60 });
});

test('a drag with the text tool says how long its lines are', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Text');
  await ada.drag(place, [place[0] + 220, place[1] + 60]);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('more words than there is room for in a line');
  await expect.poll(async () => (await stored())[0]?.look.wrap).toBe(220);
  await ada.key('Escape');
  await ada.shows('scene', { x: place[0], y: place[1] + 30, width: 80, height: 30 });
});

test('both type at both ends of one text', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await write(ada, 'middle');
  await expect.poll(async () => (await stored())[0]?.text).toBe('middle');
  await ada.key('Escape');
  await enter(ada);
  await enter(bob);
  await ada.key('Control+Home');
  await bob.key('Control+End');
  await Promise.all([
    ada.page.keyboard.type('start ', { delay: 5 }),
    bob.page.keyboard.type(' end 🌉', { delay: 5 }),
  ]);
  await expect(ada.textField).toHaveValue('start middle end 🌉');
  await expect(bob.textField).toHaveValue('start middle end 🌉');
  await expect.poll(async () => (await stored())[0]?.text).toBe('start middle end 🌉');
});

test('somebody types while the other composes', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await write(ada, 'こ');
  await expect.poll(async () => (await stored())[0]?.text).toBe('こ');
  await ada.key('Escape');
  await enter(ada);
  await enter(bob);
  await ada.key('Control+End');
  await bob.key('Control+Home');

  const input = await ada.page.context().newCDPSession(ada.page);
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await compose('ん');
  await bob.page.keyboard.type('>> ');
  await expect(bob.textField).toHaveValue('>> こ');
  await compose('んに');
  await input.send('Input.insertText', { text: '今日' });
  for (const person of [ada, bob]) await expect(person.textField).toHaveValue('>> こ今日');
  await expect.poll(async () => (await stored())[0]?.text).toBe('>> こ今日');
});

test('undo in a text takes back one\'s own letters', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await write(ada, 'one');
  await expect.poll(async () => (await stored())[0]?.text).toBe('one');
  await enter(bob);
  await bob.key('Control+End');
  await bob.page.keyboard.insertText(' two');
  await expect(ada.textField).toHaveValue('one two');
  await bob.key('Control+z');
  await expect(ada.textField).toHaveValue('one');
});

test('the frame around a text is as wide as its letters', async ({ open }) => {
  const ada = await open();
  // Pairs that fonts kern, digits, accents, punctuation: errors would add up over a line this long.
  await write(ada, 'WWWW AVATyfi 0123456789 Ünïcødé “Straße” 1/2 lilliput To. W');
  await ada.key('Escape');
  const excess = async () => (await ada.breadth('overlay')) - (await ada.breadth('scene'));
  // Padding and handles stick out by 9 px on either side. The font arrives some time later.
  await expect.poll(async () => Math.abs((await excess()) - 18)).toBeLessThan(4);
});
