/** Texts in many scripts: the field and the canvas show the same, and nothing that was written changes. */
import * as Y from 'yjs';
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';
import { seed } from './support/seed';

const place: Point = [400, 300];
/** Where nothing else is. */
const around = { x: 250, y: 260, width: 700, height: 200 };

/** A board with one text, as another program writes it. */
function written(text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap('elements').set('foreign', ['text', 'c0001', 'seed', 0, 0, 0, 0, 0]);
  doc.getText('text:foreign').insert(0, text);
  return doc;
}

async function write(person: BoardPage, text: string): Promise<void> {
  await person.take('Text');
  await person.click(place);
  await expect(person.textField).toBeFocused();
  for (const [i, line] of text.split('\n').entries()) {
    if (i > 0) await person.key('Enter');
    await person.page.keyboard.insertText(line);
  }
}

/** Ends typing and lets go of the text, so that nothing but the text is seen. */
async function leave(person: BoardPage): Promise<void> {
  await person.key('Escape');
  await person.key('Escape');
  await expect(person.textField).toBeHidden();
  await person.isBlank('overlay', around);
}

const WRITINGS: [name: string, text: string][] = [
  ['Hebrew with a mark at its end', 'שלום עולם!'],
  ['a number and Latin words in Hebrew', 'מחיר: 12.50 ₪ (כולל VAT).'],
  ['Hebrew words in a Latin line', 'The word שלום, twice: שלום.'],
  ['lines of both directions', 'שלום!\nA line that is longer\nסוף.'],
  ['Arabic', 'مرحبا بالعالم!\nالسعر: ١٢ (Word).'],
  ['Urdu beside Latin', 'کیا حال ہے؟\nfine!'],
  ['Hindi', 'स्वतंत्रता और अधिकार'],
  ['Thai', 'สวัสดีชาวโลก'],
];

for (const [name, text] of WRITINGS) {
  test(`${name}: the field and the canvas show the same`, async ({ open }) => {
    const ada = await open();
    const drawn = await draws(ada, text);
    if (!drawn) console.log(`skipped: no font on this machine draws ${name}`);
    test.skip(!drawn, 'no font on this machine draws it');
    await write(ada, text);
    await expect(ada.textField).toHaveValue(text);
    // The board's font arrives some time after the first letter.
    await ada.page.evaluate(() => document.fonts.ready);
    const inField = await ada.seen(around);
    await leave(ada);
    const onCanvas = async () => differing(inField, await ada.seen(around));
    // The system's fonts are chosen for a field and for a canvas by rules of their own.
    const own = /^[\p{Script=Hebrew}\p{Script=Latin}\p{Script=Common}]*$/u.test(text);
    await expect.poll(onCanvas, { message: 'columns that differ' }).toBeLessThanOrEqual(own ? 2 : 12);
    expect(inField.filter(Boolean).length).toBeGreaterThan(20);
  });
}

/** Whether this machine has fonts for a text: what none has is shown as boxes, or as nothing. */
async function draws(person: BoardPage, text: string): Promise<boolean> {
  return person.page.evaluate((text) => {
    const context = new OffscreenCanvas(40, 40).getContext('2d', { willReadFrequently: true });
    const picture = (letter: string) => {
      if (!context) return '';
      context.reset();
      context.font = '20px system-ui, sans-serif';
      context.fillText(letter, 10, 25);
      return context.getImageData(0, 0, 40, 40).data.join();
    };
    // No font has a picture for what is no character.
    const missing = picture('\u{10fffe}');
    const letters = [...text].filter((letter) => /\p{L}/u.test(letter));
    return letters.every((letter) => picture(letter) !== missing);
  }, text);
}

/** How many columns have paint in one and none within a pixel of it in the other. */
function differing(a: boolean[], b: boolean[]): number {
  const near = (columns: boolean[], x: number) => columns[x - 1] || columns[x] || columns[x + 1];
  return a.filter((painted, x) => (painted && !near(b, x)) || (b[x] && !near(a, x))).length;
}

const ENDS: [text: string, side: 'left' | 'right'][] = [
  ['שלום..', 'left'],
  ['(12) שלום abc..', 'left'],
  ['سلام..', 'left'],
  ['abc שלום..', 'right'],
  ['12 שלום\nabc..', 'right'],
];

for (const [text, side] of ENDS) {
  test(`the points at the end of ${JSON.stringify(text)} stand on the ${side}`, async ({ open }) => {
    const ada = await open();
    await write(ada, text);
    await leave(ada);
    // The last line, which reaches from edge to edge in all of them but one.
    const y = place[1] + 26 * (text.split('\n').length - 1);
    const line = { ...around, y: y - 12, height: 24 };
    await ada.shows('scene', line);
    const columns = await ada.seen(line);
    const edge = side === 'left' ? columns.indexOf(true) : columns.lastIndexOf(true) - 5;
    const x = around.x + edge;
    await ada.shows('scene', { x, y: y + 2, width: 6, height: 10 });
    await ada.isBlank('scene', { x, y: y - 12, width: 6, height: 12 });
  });
}

test('somebody else sees the caret where the letters are', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await write(ada, 'ab שלוםשלום');
  await bob.shows('scene', around);
  const [x, y] = place;
  // Behind the last letter, which is the leftmost of the Hebrew ones.
  await bob.shows('overlay', { x: x + 22, y: y - 7, width: 14, height: 12 });
  await bob.isBlank('overlay', { x: x + 45, y: y - 7, width: 60, height: 12 });
});

test('what a browser paints wider than the table has it is touched all the same', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await write(ada, '𝓦𝓦𝓦𝓦𝓦𝓦𝓦𝓦𝓦𝓦𝓦𝓦 ᎠᏆᏴᏫᎶ ᚠᛇᚻ᛫ᛒᛦᚦ');
  const field = await ada.textField.evaluate((area: HTMLTextAreaElement) => {
    area.setSelectionRange(0, 0);
    return { content: area.scrollWidth, field: area.clientWidth, scrolled: area.scrollLeft };
  });
  expect(field.content).toBeLessThanOrEqual(field.field);
  expect(field.scrolled).toBe(0);
  await leave(ada);
  await expect.poll(async () => (await stored()).length).toBe(1);
  for (const person of [ada, bob]) {
    await person.shows('scene', around);
    const columns = await person.seen(around);
    const last = around.x + columns.lastIndexOf(true) - 2;
    await person.take('Select');
    await person.click([last, place[1]]);
    await person.shows('overlay', around);
    await person.key('Escape');
  }
});

const SEPARATORS: [name: string, separator: string][] = [
  ['CR', '\r'], ['CR and LF', '\r\n'], ['VT', '\v'], ['FF', '\f'], ['NEL', '\u0085'],
  ['the line separator', '\u2028'], ['the paragraph separator', '\u2029'],
];

test('whatever parts lines does so in the field and on the canvas, and stays', async ({ open, server, stored, board }) => {
  const ada = await open();
  const text = SEPARATORS.map(([, separator], i) => `HHH${i}${separator}`).join('') + 'HHH\u0001\u001bH';
  await seed(ada.page, server, board, written(text));
  await ada.showsBands(SEPARATORS.length + 1);
  await ada.take('Select');
  await ada.key('Control+a');
  await ada.key('Enter');
  await expect(ada.textField).toBeFocused();
  expect((await ada.textField.inputValue()).split('\n').length).toBe(SEPARATORS.length + 1);
  await ada.key('ArrowLeft');
  await ada.key('Escape');
  await expect(ada.textField).toBeHidden();
  await ada.saved();
  expect((await stored())[0]?.text).toBe(text);

  // A letter in the last line changes that letter alone.
  await ada.key('Enter');
  await expect(ada.textField).toBeFocused();
  await ada.key('Control+End');
  await ada.page.keyboard.type('!');
  await expect.poll(async () => (await stored())[0]?.text).toBe(`${text}!`);
});

test('an input method composes behind lines that CR and LF part', async ({ open, server, stored, board }) => {
  const ada = await open();
  await seed(ada.page, server, board, written('one\r\ntwo\rthree'));
  await ada.showsBands(3);
  await ada.take('Select');
  await ada.key('Control+a');
  await ada.key('Enter');
  await expect(ada.textField).toHaveValue('one\ntwo\nthree');
  await ada.key('Control+Home');
  await ada.key('ArrowDown');
  await ada.key('End');
  const input = await ada.page.context().newCDPSession(ada.page);
  for (const text of ['ש', 'של']) {
    await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await input.send('Input.insertText', { text: 'שלום' });
  await expect(ada.textField).toHaveValue('one\ntwoשלום\nthree');
  await ada.page.keyboard.type('!');
  await expect.poll(async () => (await stored())[0]?.text).toBe('one\r\ntwoשלום!\rthree');
  await ada.key('Control+z');
  await ada.key('Control+z');
  await ada.key('Escape');
  await expect.poll(async () => (await stored())[0]?.text).toBe('one\r\ntwo\rthree');
});

for (const [name, separator] of SEPARATORS) {
  test(`pasted lines that ${name} parts become lines`, async ({ open, stored }) => {
    const ada = await open({ options: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const text = `one${separator}two`;
    await ada.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await ada.key('Control+v');
    await expect.poll(async () => (await stored())[0]?.text).toBe('one\ntwo');
    await ada.key('Enter');
    await expect(ada.textField).toBeFocused();
    await ada.key('Control+a');
    await ada.key('Control+v');
    await ada.page.keyboard.type('!');
    await expect(ada.textField).toHaveValue('one\ntwo!');
    await expect.poll(async () => (await stored())[0]?.text).toBe('one\ntwo!');
  });
}

test('a text of thousands of lines is painted to its end', async ({ open, stored }) => {
  const ada = await open({ options: { permissions: ['clipboard-read', 'clipboard-write'] } });
  const line = 'a line of forty letters, more or less so';
  const paste = async (lines: number) => {
    await ada.page.evaluate((text) => navigator.clipboard.writeText(text), `${line}\n`.repeat(lines));
    await ada.key('Control+v');
  };
  await ada.take('Text');
  await ada.click([400, 100]);
  await paste(2000);
  await expect.poll(async () => (await stored())[0]?.text.length).toBe(2000 * 41);
  const height = await ada.textField.evaluate((area) => area.clientHeight / Number.parseFloat(area.style.lineHeight));
  expect(height).toBe(2001);
  await expect(ada.page.getByText('too long to be shown')).toBeHidden();
  await paste(4000);
  await expect(ada.page.getByText('too long to be shown')).toBeVisible();
  await expect.poll(async () => (await stored())[0]?.text.length, { message: 'all of it is kept' }).toBe(6000 * 41);
});
