/** Texts that are wrapped: a field breaks lines where the board does, for all letters, families and zooms. */
import type { Page } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

const FAMILIES = ['Rounded', 'Handwritten', 'Serif', 'Monospaced'] as const;
/** How many paragraphs there are, over all families. */
const PARAGRAPHS = 200;
/** Keys that change the zoom, one after the other, and back. */
const ZOOMS = ['=', '-', '-', '='];

/** The lines of a paragraph in the field and on the board, without the spaces at their ends. */
interface Lines {
  text: string;
  field: string[];
  board: string[];
  /** How large the letters are in the field, and on the board. */
  letters: string[];
  scale: string;
}

/** The lines of the field, as its browser breaks them: by a twin, for a field tells nobody. */
function fieldLines(): string[] {
  const area = document.querySelector<HTMLTextAreaElement>('.text-field')!;
  const twin = document.createElement('div');
  twin.className = area.className;
  twin.style.cssText = area.style.cssText;
  Object.assign(twin.style, { transform: 'none', height: 'auto', visibility: 'hidden' });
  twin.textContent = area.value;
  document.body.append(twin);
  const node = twin.firstChild!;
  const lines: string[] = [];
  let top = -Infinity;
  let at = 0;
  for (const letter of area.value) {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, (at += letter.length));
    const rects = range.getClientRects();
    const own = rects[rects.length - 1]?.top ?? top;
    if (own > top + 2) lines.push('');
    top = Math.max(top, own);
    lines[lines.length - 1] += letter;
  }
  twin.remove();
  return lines.map((line) => line.trimEnd());
}

/**
 * Puts paragraphs into the field one after the other, by the events that a keyboard makes, and ends and
 * opens it in between: all in the page, for there are many.
 */
async function compare(page: Page, paragraphs: string[]): Promise<Lines[]> {
  await page.evaluate(`window.fieldLines = ${fieldLines}`);
  return page.evaluate(async ([paragraphs, zooms]) => {
    let runs: string[] = [];
    let sizes: string[] = [];
    const { fillText } = OffscreenCanvasRenderingContext2D.prototype;
    OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      runs.push(text);
      sizes.push(/[\d.]+px/.exec(this.font)?.[0] ?? '');
      fillText.call(this, text, ...rest);
    };
    const area = document.querySelector<HTMLTextAreaElement>('.text-field')!;
    const key = (key: string, ctrlKey = false) => {
      const at = document.activeElement ?? document.body;
      at.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, ctrlKey, bubbles: true, cancelable: true }));
    };
    const frame = () => new Promise(requestAnimationFrame);
    const until = async (ready: () => boolean) => {
      for (let i = 0; i < 100 && !ready(); i += 1) await frame();
    };

    const found: Lines[] = [];
    for (const [i, text] of paragraphs.entries()) {
      area.value = text;
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await frame();
      const field = (window as unknown as { fieldLines: () => string[] }).fieldLines();
      [runs, sizes] = [[], []];
      key('Escape');
      await until(() => runs.length > 0);
      found.push({ text, field, board: [...new Set(runs)], letters: [area.style.fontSize, ...new Set(sizes)], scale: /scale\(([\d.]+)/.exec(area.style.transform)?.[1] ?? '' });
      key(zooms[i % zooms.length] ?? '0', true);
      await frame();
      key('Enter');
      await until(() => document.activeElement === area);
    }
    return found;
  }, [paragraphs, ZOOMS] as const);
}

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
];

/** The words that this machine draws: what none of its fonts has is a box of any width. */
function drawn(page: Page): Promise<string[]> {
  return page.evaluate((words) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.font = '20px system-ui, sans-serif';
    const width = (text: string) => context.measureText(text).width / 20;
    // No font has a picture for what is no character.
    const [box, pictures] = [width('\u{10fffd}'), Math.abs(width('🌉') - 1.25) < 0.05];
    const known = (letter: string) => letter < '\u1100' || width(letter) !== box;
    const shown = (word: string) => !/\p{Emoji_Presentation}|\ufe0f/u.test(word) || pictures;
    return words.filter((word) => shown(word) && [...word].every(known));
  }, WORDS);
}

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

for (const [n, family] of FAMILIES.entries()) {
  test(`the field breaks lines where the board does: ${family}`, async ({ open }) => {
    const ada = await open();
    await wrapped(ada, family);
    await ada.page.evaluate(() => document.fonts.ready);
    const known = await drawn(ada.page);
    const mine = Array.from({ length: PARAGRAPHS }, (_, i) => i).filter((i) => i % FAMILIES.length === n);
    const lines = await compare(ada.page, mine.map((i) => paragraph(i, known)));
    const wrong = lines.filter(({ field, board }) => field.some((line) => !board.includes(line)));
    const arabic = wrong.filter(({ text }) => /\p{Script=Arabic}/u.test(text));
    expect(wrong.filter((lines) => !arabic.includes(lines))).toEqual([]);
    // Its letters come from a font of the system, which may be wider or narrower than the tables have it.
    expect(arabic.length, JSON.stringify(arabic)).toBeLessThanOrEqual(1);
    expect(new Set(lines.map(({ field }) => field.length)).size).toBeGreaterThan(4);
    expect(new Set(lines.map(({ scale }) => scale)).size, 'zooms').toBe(3);
  });
}

test('a note breaks lines where its field does, in letters as large', async ({ open }) => {
  const ada = await open();
  await ada.take('Note');
  await ada.click([500, 300]);
  await expect(ada.textField).toBeFocused();
  const known = await drawn(ada.page);
  const lengths = [2, 4, 7, 12, 20, 33, 60];
  const paragraphs = lengths.flatMap((length, i) => {
    const words = paragraph(900 + i, known).split(' ').filter((word) => !/\p{Script=Arabic}/u.test(word));
    return [words.slice(0, length).join(' '), [...words, ...words, ...words].slice(0, length).join(' ')];
  });
  const lines = await compare(ada.page, paragraphs);
  expect(lines.filter(({ field, board }) => field.some((line) => !board.includes(line)))).toEqual([]);
  // The author's letters are as small in all of them.
  const [fields, boards] = [lines.map(({ letters }) => letters[0]), lines.map(({ letters }) => letters.slice(1))];
  expect(fields.filter((size, i) => !boards[i]?.includes(size ?? ''))).toEqual([]);
  expect(new Set(fields).size, 'sizes').toBeGreaterThan(4);
  expect(new Set(lines.map(({ scale }) => scale)).size, 'zooms').toBe(3);
});

test('lines break while an input method composes as they do afterwards', async ({ open, stored }) => {
  const ada = await open();
  await wrapped(ada, 'Rounded');
  await ada.key('Control+a');
  const input = await ada.page.context().newCDPSession(ada.page);
  const words = '橋をかける人、「鉤括弧」と カタカナー。';
  const text = 'before '.concat(...Array.from({ length: 3 }, () => words));
  await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const composing = await ada.page.evaluate(fieldLines);
  expect(composing.length).toBeGreaterThan(3);
  await input.send('Input.insertText', { text });
  expect(await ada.page.evaluate(fieldLines)).toEqual(composing);
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
