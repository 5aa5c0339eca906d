/** Texts that are wrapped: a field breaks lines where the board does, for all letters, families and zooms. */
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';
import { alike, breaksLater, compare, fieldLines, linesInBothWays, wordsAsWide } from './support/lines';
import { factor } from './support/slow';

const FAMILIES = ['Rounded', 'Handwritten', 'Serif', 'Monospaced'] as const;
/** How many paragraphs there are, in each family and at each zoom. */
const PARAGRAPHS = 200;
/** How many with letters of the system's fonts, whatever those are. */
const OTHERS = 20;
/** By which share letters of the system's fonts may be wider or narrower than the board counts them. */
const AS_WIDE = 0.02;
/** Random numbers below one, the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = [
  'a', 'the', 'bridge', 'Straße', 'naïve', 'über', 'co-operate', 'well-known', '(maybe)', '“quoted”', 'it’s', '12-34',
  '10,000.5', '$10', '99%', 'either/or', 'yes?', 'no!', 'end.', 'первый', 'мост', 'γέφυρα', 'Việt', 'e\u0301te\u0301',
  'https://example.org/a-long/path?with=query&more=1', 'Donaudampfschifffahrtsgesellschaftskapitän',
  'pneumonoultramicroscopicsilicovolcanoconiosis', 'שלום', 'עולם', 'גשר', 'سلام', 'جسر', '橋をかける', '你好，世界。',
  '「鉤括弧」', 'カタカナー', 'きゃっと', '다리를', '놓다', '🌉', '👍🏽', '👩‍👩‍👧', '🇩🇪🇫🇷', '1️⃣', '❤️', '…', '—', '–', '€5', 'a—b', '·',
  '–dash', '-минус', 'f(x)=(y)', '他说“你好”然后', '「“中”」', '100。%', 'א–b',
];

function paragraph(seed: number, known: readonly string[]): string {
  const next = random(seed);
  const words = Array.from({ length: 3 + Math.floor(next() * 22) }, () => known[Math.floor(next() * known.length)] ?? '');
  return words.map((word) => word + (next() < 0.85 ? ' ' : next() < 0.5 ? '' : '  ')).join('').trim();
}

/** A text that is wrapped, in a family, open to be typed in. */
async function wrapped(ada: BoardPage, family: string): Promise<void> {
  await ada.take('Text');
  await ada.click([300, 120]);
  await ada.page.keyboard.type('a text that is to be wrapped by its side');
  await ada.page.getByRole('radio', { name: `Font: ${family}` }).click();
  // The field stands as far out as a caret needs, half a letter, and the handle four pixels.
  const field = await ada.textField.boundingBox();
  const right = (field?.x ?? 0) + (field?.width ?? 0) - 10;
  await ada.key('Escape');
  await ada.drag([right + 4, 120], [560, 122]);
  await ada.key('Enter');
  await expect(ada.textField).toBeFocused();
  await expect(ada.textField).toHaveCSS('white-space', 'pre-wrap');
}

/** Some hundred paragraphs take a while where a machine has little. */
test.describe.configure({ timeout: 300_000 * factor });

for (const family of FAMILIES) {
  test(`the field breaks lines where the board does: ${family}`, async ({ open }) => {
    const ada = await open();
    await wrapped(ada, family);
    await ada.page.evaluate(() => document.fonts.ready);
    const wide = await wordsAsWide(ada.page, WORDS, AS_WIDE);
    const lines = await compare(ada.page, Array.from({ length: PARAGRAPHS }, (_, i) => paragraph(i, wide)));
    expect(lines.filter((lines) => !alike(lines))).toEqual([]);
    expect(new Set(lines.map(({ field }) => field.length)).size).toBeGreaterThan(4);
    expect(new Set(lines.map(({ zoom }) => zoom)).size, 'zooms').toBe(3);

    // Where the system's letters are wider or narrower than the tables have it, no width of the field may do.
    const drawn = await wordsAsWide(ada.page, WORDS, 0.2);
    const others = await compare(ada.page, Array.from({ length: OTHERS }, (_, i) => paragraph(700 + i, drawn)));
    expect(others.filter((lines) => !alike(lines) && !breaksLater(lines))).toEqual([]);
  });
}

test('what is read of the field is where its caret finds the ends of lines', async ({ open }) => {
  const ada = await open();
  await wrapped(ada, 'Serif');
  const words = WORDS.filter((word) => !/\p{Script=Hebrew}|\p{Script=Arabic}/u.test(word));
  for (let i = 0; i < 30; i += 1) {
    const { twin, caret } = await linesInBothWays(ada.page, paragraph(300 + i, words));
    expect(twin).toEqual(caret);
  }
});

test('a note breaks lines where its field does, in letters as large', async ({ open }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([500, 300]);
  await expect(ada.textField).toBeFocused();
  const wide = await wordsAsWide(ada.page, WORDS, AS_WIDE);
  const lengths = [2, 4, 7, 12, 20, 33, 60];
  const paragraphs = lengths.flatMap((length, i) => {
    const words = paragraph(900 + i, wide).split(' ');
    return [words.slice(0, length).join(' '), [...words, ...words, ...words].slice(0, length).join(' ')];
  });
  // Below the words stands who wrote them.
  const lines = (await compare(ada.page, paragraphs)).map((lines) => ({ ...lines, board: lines.board.slice(0, -1) }));
  expect(lines.filter((lines) => !alike(lines))).toEqual([]);
  // The author's letters are as small in all of them.
  const [fields, boards] = [lines.map(({ letters }) => letters[0]), lines.map(({ letters }) => letters.slice(1))];
  expect(fields.filter((size, i) => !boards[i]?.includes(size ?? ''))).toEqual([]);
  expect(new Set(fields).size, 'sizes').toBeGreaterThan(4);
  expect(new Set(lines.map(({ zoom }) => zoom)).size, 'zooms').toBe(3);
});

test('lines break while an input method composes as they do afterwards', async ({ open, stored }) => {
  const ada = await open();
  await wrapped(ada, 'Rounded');
  await ada.key('Control+a');
  const input = await ada.page.context().newCDPSession(ada.page);
  const [words = '— éte\u0301 well-known, naïve'] = await wordsAsWide(ada.page, ['橋をかける人、「鉤括弧」と カタカナー。'], AS_WIDE);
  const text = 'before '.concat(...Array.from({ length: 3 }, () => words));
  await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const composing = await fieldLines(ada.page);
  expect(composing.length).toBeGreaterThan(3);
  await input.send('Input.insertText', { text });
  expect(await fieldLines(ada.page)).toEqual(composing);
  const [line] = await compare(ada.page, [text]);
  expect([line?.field, line?.board]).toEqual([composing, composing]);
  await ada.key('Escape');
  await ada.saved();
  expect((await stored())[0]?.text).toBe(text);
});

test('a side wraps a text, and one step takes that back', async ({ open, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await wrapped(ada, 'Serif');
  await ada.key('Escape');
  await ada.saved();
  const [text] = await stored();
  expect(text?.look.wrap).toBeGreaterThan(200);
  expect(text?.geometry.slice(2)).toEqual([0, 0, 0]);
  await bob.showsBands(2);
  await ada.key('Control+z');
  await ada.saved();
  expect((await stored())[0]?.look.wrap).toBeUndefined();
  await bob.showsBands(1);
});

test('letters stay where they are when they are aligned otherwise', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Text');
  await ada.click([300, 200]);
  await ada.page.keyboard.type('one\nand a longer line');
  await ada.key('Escape');
  await ada.saved();
  const [before] = await stored();
  await ada.shows('scene', { x: 300, y: 180, width: 150, height: 60 });
  const breadth = await ada.breadth('scene');
  for (const [align, share] of [['Right', 1], ['Centred', 0.5], ['Left', 0]] as const) {
    await ada.page.getByRole('radio', { name: `Text: ${align}` }).click();
    await ada.saved();
    const [now] = await stored();
    await expect.poll(async () => Math.abs((await ada.breadth('scene')) - breadth)).toBeLessThan(2);
    const moved = (now?.geometry[0] ?? 0) - (before?.geometry[0] ?? 0);
    expect(Math.abs(moved - share * breadth)).toBeLessThan(4);
  }
  // What is typed at the end of a text that stands on the right grows to the left.
  await ada.page.getByRole('radio', { name: 'Text: Right' }).click();
  await ada.key('Enter');
  await ada.key('Control+End');
  await ada.page.keyboard.type(' still');
  await ada.key('Escape');
  await ada.saved();
  expect((await stored())[0]?.geometry[0]).toBeCloseTo((before?.geometry[0] ?? 0) + breadth, -1);
});
