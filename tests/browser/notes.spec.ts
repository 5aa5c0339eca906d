/** Sticky notes: put down and written at once, one beside the other, by whom, by several and by touch. */
import { expect, test } from './support/fixtures';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a click puts a note down, and what is typed is on it for everybody', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.key('n');
  await ada.click([500, 300]);
  await expect(ada.textField).toBeFocused();
  // The paper is there for the others before a letter is.
  await bob.shows('scene', { x: 420, y: 220, width: 160, height: 20 });
  await ada.page.keyboard.type('What went well?');
  await bob.page.mouse.dblclick(500, 230);
  await expect(bob.textField).toHaveValue('What went well?');
  await bob.key('Control+End');
  await Promise.all([
    ada.page.keyboard.type(' All that was ready', { delay: 5 }),
    bob.page.keyboard.type(' when it was', { delay: 5 }),
  ]);
  for (const person of [ada, bob]) {
    await expect.poll(async () => (await person.textField.inputValue()).length).toBe('What went well? All that was ready when it was'.length);
  }
  const letters = (size: string) => Number.parseFloat(size);
  const sizes = await Promise.all([ada, bob].map((person) => person.textField.evaluate((field) => field.style.fontSize)));
  expect(letters(sizes[0] ?? '')).toBeLessThan(32);
  expect(sizes[1]).toBe(sizes[0]);
  await ada.key('Escape');
  await bob.click([900, 600]);
  await ada.saved();
  const [note] = await stored();
  expect([note?.kind, note?.geometry]).toEqual(['note', [400, 200, 200, 200, 0]]);
  expect(note?.author).toBeTruthy();
  // Put down and written are one step.
  await ada.key('Control+z');
  await ada.saved();
  expect(await stored()).toEqual([]);
});

test('Tab makes the next note, Shift and Tab goes back, and Escape lets go', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.page.getByRole('radio', { name: 'Paper: Green' }).click();
  await expect(ada.page.getByRole('radio', { name: 'Paper: None' })).toHaveCount(0);
  await ada.click([400, 300]);
  await ada.page.keyboard.type('one');
  await ada.key('Tab');
  await expect(ada.textField).toHaveValue('');
  await ada.page.keyboard.type('two');
  await ada.key('Tab');
  await ada.page.keyboard.type('three');
  await ada.key('Shift+Tab');
  await expect(ada.textField).toHaveValue('two');
  await ada.key('Control+End');
  await ada.page.keyboard.type('!');
  await ada.key('Tab');
  await expect(ada.textField).toHaveValue('three');
  // The last one is left empty, and so it was never there.
  await ada.key('Tab');
  await expect(ada.textField).toHaveValue('');
  await ada.key('Escape');
  await expect(ada.textField).toBeHidden();
  await ada.saved();
  const notes = await stored();
  expect(notes.map(({ text }) => text)).toEqual(['one', 'two!', 'three']);
  expect(notes.map(({ geometry }) => geometry[0])).toEqual([300, 520, 740]);
  expect(notes.map(({ fill }) => fill)).toEqual(['#b2f2bb', '#b2f2bb', '#b2f2bb']);
  // Tab is the page's now.
  await ada.key('Tab');
  await expect.poll(() => ada.page.evaluate(() => document.activeElement?.matches('button'))).toBe(true);
  expect((await stored()).length).toBe(3);
});

test('the next note is of the paper that one was given last, and shapes stay as they were', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('one');
  await ada.page.getByRole('radio', { name: 'Paper: Blue' }).click();
  await expect(ada.textField).toBeVisible();
  await ada.key('Escape');
  await ada.take('Note');
  await ada.click([700, 300]);
  await ada.key('Escape');
  await ada.take('Rectangle');
  await ada.drag([400, 500], [500, 600]);
  await ada.saved();
  expect((await stored()).map(({ fill }) => fill)).toEqual(['#a5d8ff', '#a5d8ff', undefined]);
});

test('nothing of a note moves when its field opens and closes', async ({ open }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([500, 300]);
  const words = 'The new build takes a minute, and nobody waits for it any more';
  await ada.page.keyboard.type(words);
  await ada.page.evaluate(() => document.fonts.ready);
  const sheet = { x: 390, y: 190, width: 220, height: 220 };
  const inked = async () => {
    // A caret that blinks is no letter.
    await ada.textField.evaluate((field) => (field.style.caretColor = 'transparent'));
    return (await ada.seen(sheet)).map((seen, x) => (seen ? x : -1)).filter((x) => x >= 0);
  };
  const typed = await inked();
  await ada.key('Escape');
  await ada.key('Escape');
  await ada.page.mouse.move(900, 600);
  await ada.shows('scene', sheet);
  await expect.poll(inked).toEqual(typed);
});

test('a note is signed by whoever writes or copies it, unless they hide their name', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  const rename = async (person: typeof ada, name: string) => {
    await person.page.getByRole('button', { name: /^People/ }).click();
    await person.page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await person.key('Enter');
  };
  await rename(ada, 'Ada');
  await rename(bob, 'Bob');
  await ada.take('Note');
  await ada.click([500, 300]);
  await ada.page.keyboard.type('mine');
  await ada.key('Escape');
  await bob.shows('scene', { x: 420, y: 220, width: 160, height: 20 });
  await bob.click([500, 230]);
  await bob.key('Control+d');
  await bob.saved();
  await expect.poll(async () => (await stored()).map(({ author }) => author)).toEqual(['Ada', 'Bob']);
  await bob.page.getByRole('button', { name: /^People/ }).click();
  const signs = bob.page.getByRole('switch', { name: 'Name on my notes' });
  await expect(signs).toBeChecked();
  await signs.click();
  await expect(signs).not.toBeChecked();
  await bob.key('Escape');
  await bob.page.reload();
  await bob.saved();
  await bob.take('Note');
  await bob.click([900, 300]);
  await bob.page.keyboard.type('somebody');
  await bob.key('Escape');
  await bob.saved();
  const written = (await stored()).find(({ text }) => text === 'somebody');
  expect([written?.kind, written?.author]).toEqual(['note', undefined]);
});

test('an arrow holds on to a note, and a chart of notes is made by keys', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('first');
  await ada.key('Escape');
  await ada.key('Control+ArrowRight');
  await ada.key('F2');
  await ada.page.keyboard.type('then');
  await ada.key('Escape');
  await ada.saved();
  expect((await stored()).map(({ kind, text }) => `${kind} ${text}`.trim()).sort()).toEqual(['arrow', 'note first', 'note then']);
  // From one edge to the other, and along when the note moves.
  const way = { x: 510, y: 290, width: 60, height: 20 };
  await ada.shows('scene', way);
  await ada.drag([700, 230], [700, 430]);
  await ada.isBlank('scene', way);
});

test('a finger puts a note down and types in it', async ({ open, stored }) => {
  const ada = await open({ options: phone });
  await ada.page.getByRole('radio', { name: 'Note', exact: true }).tap();
  await ada.page.touchscreen.tap(180, 300);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('by touch');
  await ada.page.touchscreen.tap(180, 560);
  await expect(ada.textField).toBeHidden();
  await ada.saved();
  expect((await stored()).map(({ kind, text }) => [kind, text])).toEqual([['note', 'by touch']]);
});

test('a finger goes on to the next note by a button beside the one that is typed', async ({ open, stored }) => {
  const ada = await open({ options: phone });
  const tool = ada.page.getByRole('radio', { name: 'Note', exact: true });
  await expect(tool, 'without scrolling the bar').toBeInViewport({ ratio: 1 });
  await tool.tap();
  await ada.page.touchscreen.tap(140, 300);
  await ada.page.keyboard.type('one');
  const next = ada.page.getByRole('button', { name: 'Next note' });
  const box = await next.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await next.tap();
  await expect(ada.textField).toBeFocused();
  await expect(ada.textField).toHaveValue('');
  await ada.page.keyboard.type('two');
  await expect(next).toBeInViewport({ ratio: 1 });
  await ada.page.touchscreen.tap(180, 560);
  await expect(next).toBeHidden();
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['one', 'two']);
});

test('undo takes back a note that was put down by mistake, while its caret blinks', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([500, 300]);
  await expect(ada.textField).toBeFocused();
  await ada.key('Control+z');
  await expect(ada.textField).toBeHidden();
  await ada.saved();
  expect(await stored()).toEqual([]);
});
