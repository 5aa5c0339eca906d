/** The caret and the keyboard while one types: the view follows, nothing else takes them unheard. */
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';

const SENTENCE = 'A sentence that somebody types without once looking at the window';
const phone = { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true };

async function begin(ada: BoardPage, at: Point): Promise<void> {
  await ada.take('Text');
  await ada.click(at);
  await expect(ada.textField).toBeFocused();
}

/** How far anything around the board has been scrolled, in CSS pixels. */
function scrolled(ada: BoardPage): Promise<number> {
  return ada.page.evaluate(() => {
    const around = [...document.querySelectorAll('html, body, #app, #stage, #board')];
    const far = around.map((element) => Math.abs(element.scrollLeft) + Math.abs(element.scrollTop));
    const view = visualViewport;
    return Math.max(...far, Math.abs(view?.offsetLeft ?? 0) + Math.abs(view?.offsetTop ?? 0));
  });
}

/** The board stays where it is, and the field's end or start is in the window. */
async function isInSight(ada: BoardPage, edge: 'left' | 'right'): Promise<void> {
  expect(await scrolled(ada)).toBe(0);
  const outside = () => ada.textField.evaluate((field, edge) => {
    const { x, width } = field.getBoundingClientRect();
    const { paddingLeft, paddingRight } = getComputedStyle(field);
    const scale = width / (field as HTMLElement).offsetWidth;
    const at = edge === 'left' ? x + parseFloat(paddingLeft) * scale : x + width - parseFloat(paddingRight) * scale;
    return Math.max(-at, at - innerWidth, 0);
  }, edge);
  await expect.poll(outside, { intervals: [30], message: `the ${edge} end` }).toBe(0);
}

test('typing beyond the right edge moves the view and not the page', async ({ open, stored }) => {
  const ada = await open();
  await begin(ada, [1100, 400]);
  await ada.page.keyboard.type(SENTENCE);
  await isInSight(ada, 'right');
  await ada.key('Home');
  await isInSight(ada, 'left');
  await ada.key('End');
  await isInSight(ada, 'right');
  for (let i = 0; i < 40; i += 1) await ada.key('Enter');
  expect(await scrolled(ada)).toBe(0);
  await ada.key('Control+Home');
  await isInSight(ada, 'left');
  await ada.key('Escape');

  // What is painted is where one clicks, everywhere.
  await ada.take('Rectangle');
  await ada.drag([240, 600], [300, 680]);
  await ada.shows('scene', { x: 235, y: 595, width: 70, height: 90 });
  await ada.saved();
  expect((await stored()).map(({ kind }) => kind)).toEqual(['text', 'rectangle']);
});

test('typing on a phone moves the view and not the page', async ({ open }) => {
  const ada = await open({ options: phone });
  await ada.page.getByRole('radio', { name: 'Text', exact: true }).tap();
  await ada.page.touchscreen.tap(195, 370);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type(SENTENCE);
  await isInSight(ada, 'right');
  // A keyboard on the screen, or the phone turned, leaves less.
  await ada.page.setViewportSize({ width: 390, height: 300 });
  await expect.poll(async () => {
    const box = await ada.textField.boundingBox();
    return (box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= 300;
  }).toBe(true);
  expect(await scrolled(ada)).toBe(0);
});

test('a text at the left and lower edge, far zoomed in', async ({ open }) => {
  const ada = await open();
  for (let i = 0; i < 6; i += 1) await ada.key('=');
  await ada.key('t');
  await ada.click([20, 700]);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('Some words\nand more\nthan fit');
  await isInSight(ada, 'right');
  await ada.key('Control+Home');
  await isInSight(ada, 'left');
  await ada.key('Control+End');
  await isInSight(ada, 'right');
});

test('Tab moves the line in, and no key goes astray', async ({ open, stored }) => {
  const ada = await open();
  await begin(ada, [400, 300]);
  await ada.page.keyboard.type('a long list');
  await ada.key('Tab');
  await expect(ada.textField).toBeFocused();
  await expect(ada.textField).toHaveValue('    a long list');
  await ada.key('Shift+Tab');
  await ada.key('Backspace');
  await ada.page.keyboard.type('t');
  await expect(ada.textField).toHaveValue('a long list');
  await ada.key('Escape');
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['a long list']);
});

/** Ways in which the focus leaves the field without a key of ours. */
const THIEVES: Record<string, (ada: BoardPage) => Promise<void>> = {
  'a screen reader': (ada) => ada.page.getByRole('radio', { name: 'Pen', exact: true }).focus(),
  'the phone, which hides its keyboard': (ada) => ada.textField.evaluate((field) => (field as HTMLElement).blur()),
  'the board itself': (ada) => ada.board.focus(),
};

for (const [name, steal] of Object.entries(THIEVES)) {
  test(`${name} takes the focus, and the text is kept`, async ({ open, stored }) => {
    const ada = await open();
    await begin(ada, [400, 300]);
    await ada.page.keyboard.type('a long list');
    await steal(ada);
    await expect(ada.textField).toBeHidden();
    await ada.page.keyboard.type('ro');
    await ada.key('Backspace');
    await ada.key('Delete');
    await expect(ada.page.locator('.toast')).toBeHidden();
    await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
    await ada.saved();
    expect((await stored()).map(({ text }) => text)).toEqual(['a long list']);
  });
}

test('what is deleted while one types in it comes back by one undo', async ({ open, stored }) => {
  const ada = await open();
  await begin(ada, [700, 300]);
  await ada.page.keyboard.type('a long list');
  await ada.page.getByRole('button', { name: 'Delete' }).click();
  await expect(ada.textField).toBeHidden();
  await expect.poll(async () => (await stored()).length).toBe(0);
  await expect(ada.page.locator('.toast')).toBeHidden();
  await ada.key('Control+z');
  await expect.poll(async () => (await stored()).map(({ text }) => text)).toEqual(['a long list']);
});

test('no press on the page around it takes the keyboard from the text', async ({ open }) => {
  const ada = await open();
  await begin(ada, [700, 300]);
  await ada.page.keyboard.type('a');
  const places = ['.history button:disabled', '.zoom-value', '.toolbar', '.style-panel .caption', '.corner', '.people'];
  for (const place of places) {
    const box = await ada.page.locator(place).first().boundingBox();
    if (!box) throw new Error(`there is no ${place}`);
    await ada.page.mouse.click(box.x + box.width / 2, box.y + 3);
    await expect(ada.textField, place).toBeFocused();
  }
  await ada.page.keyboard.type('b');
  await expect(ada.textField).toHaveValue('ab');
});

test('restyling leaves the text open', async ({ open, stored }) => {
  const ada = await open();
  await begin(ada, [700, 300]);
  await ada.page.keyboard.type('big');
  await ada.page.getByRole('spinbutton', { name: /Font size/ }).focus();
  await expect(ada.textField).toBeVisible();
  await ada.page.keyboard.type('60');
  await ada.key('Enter');
  await ada.click([200, 600]);
  await ada.saved();
  expect((await stored()).map(({ text }) => text)).toEqual(['big']);
});

test('a selection made backwards grows on from its caret after somebody else typed', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await begin(ada, [400, 300]);
  await ada.page.keyboard.type('one two three');
  await ada.saved();
  await bob.take('Select');
  await bob.page.mouse.dblclick(410, 305);
  await expect(bob.textField).toBeFocused();
  await ada.key('Control+Shift+ArrowLeft');
  await bob.key('Control+Home');
  await bob.page.keyboard.type('>> ');
  await expect(ada.textField).toHaveValue('>> one two three');
  await ada.key('Control+Shift+ArrowLeft');
  const selected = () => ada.textField.evaluate((field) => {
    const { value, selectionStart, selectionEnd } = field as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });
  expect(await selected()).toBe('two three');
});

test('a press in the field leaves the view where one points', async ({ open }) => {
  const ada = await open();
  await begin(ada, [400, 300]);
  await ada.page.keyboard.insertText('a word '.repeat(40));
  await ada.key('Home');
  await isInSight(ada, 'left');
  const before = (await ada.textField.boundingBox())?.x;
  await ada.page.mouse.click(1272, 305);
  await expect.poll(() => ada.textField.evaluate((field) => (field as HTMLTextAreaElement).selectionEnd)).toBeGreaterThan(60);
  expect((await ada.textField.boundingBox())?.x).toBe(before);
});
