/** By keyboard alone, and what is said to those who listen instead of looking. */
import type { BoardPage } from './support/board-page';
import { type Opening, expect, test } from './support/fixtures';

/** Somebody with a box that is selected, drawn by mouse; from here on there are only keys. */
async function withBox(open: (opening?: Opening) => Promise<BoardPage>): Promise<BoardPage> {
  const ada = await open({ options: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await ada.take('Rectangle');
  await ada.drag([500, 300], [600, 400]);
  await ada.saved();
  return ada;
}

/** Presses Tab until something has the keyboard that is called so; what comes late is waited for. */
async function tabTo(ada: BoardPage, name: string | RegExp): Promise<void> {
  const focused = () => ada.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ??
    document.activeElement?.textContent ?? '');
  const arrive = async (stops: number): Promise<boolean> => {
    if (stops === 0) return false;
    await ada.key('Tab');
    const at = await focused();
    return (typeof name === 'string' ? at === name : name.test(at)) || arrive(stops - 1);
  };
  await expect(async () => expect(await arrive(40), `Tab leads to ${name}`).toBe(true)).toPass({ timeout: 15_000 });
}

test('the board is the first stop, and Escape leads back to it from anywhere', async ({ open }) => {
  const ada = await open();
  await ada.key('Tab');
  await expect(ada.board).toBeFocused();
  for (const stop of ['Menu', 'Select', /^Saved/, /^People/, /^Share/, 'Zoom in', 'Help']) {
    await tabTo(ada, stop);
    await ada.key('Escape');
    await expect(ada.board).toBeFocused();
  }
});

test('Enter on a tool takes it and gives the board the keyboard', async ({ open, stored }) => {
  const ada = await withBox(open);
  const before = (await stored())[0]?.geometry[0] ?? 0;
  await tabTo(ada, 'Select');
  await ada.key('ArrowRight');
  await expect(ada.page.getByRole('radio', { name: 'Hand', exact: true })).toBeChecked();
  await ada.key('ArrowLeft');
  await ada.key('Enter');
  await expect(ada.board).toBeFocused();
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
  await expect(ada.page.locator('.tool-pin'), 'a tool that is in hand is not pressed once more').toHaveCount(0);
  await ada.key('Control+a');
  await ada.key('ArrowRight');
  await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(before + 1);
});

test('a press on the board after that leaves no ring around it', async ({ open }) => {
  const ada = await open();
  await tabTo(ada, 'Select');
  await ada.key('Escape');
  await expect(ada.board).toBeFocused();
  await ada.click([800, 600]);
  await expect(ada.board).not.toBeFocused();
  await ada.key('p');
  await expect(ada.page.getByRole('radio', { name: 'Pen', exact: true })).toBeChecked();
});

test('style, move, undo, share, one\'s name, folding and coming back need no pointer', async ({ open, stored }) => {
  const ada = await withBox(open);
  const { page } = ada;
  await ada.key('Control+a');
  await tabTo(ada, 'Stroke: Ink');
  await ada.key('ArrowRight');
  await ada.key('ArrowRight');
  await expect.poll(async () => (await stored())[0]?.stroke).toBe('#e03131');
  await ada.key('Escape');
  await ada.key('Control+a');
  const left = (await stored())[0]?.geometry[0] ?? 0;
  await ada.key('Shift+ArrowRight');
  await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(left + 10);
  await ada.key('Control+z');
  await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(left);

  await tabTo(ada, 'Fold this panel');
  await ada.key('Enter');
  await expect(page.getByRole('button', { name: 'Style', exact: true })).toBeFocused();
  await ada.key('Enter');
  await tabTo(ada, 'Keep this panel open');
  await ada.key('Enter');
  await expect(page.getByRole('button', { name: 'Fold this panel' })).toBeFocused();

  await tabTo(ada, /^Share/);
  await ada.key('Enter');
  await expect(page.getByText('Link copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  await ada.key('Shift+Tab');
  await ada.key('Enter');
  const name = page.getByRole('textbox', { name: 'Your name' });
  await expect(name).toBeVisible();
  await ada.key('Tab');
  await expect(name).toBeFocused();
  await page.keyboard.insertText('Grace');
  await ada.key('Enter');
  await expect(page.getByRole('button', { name: /Your name: Grace/ })).toBeFocused();

  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, 3_000);
  await tabTo(ada, /Back to content/);
  await ada.key('Enter');
  await expect(page.getByText('Back to content')).toHaveCount(0);
});

test('tools that keys take and what is selected are said, shortly', async ({ open }) => {
  const ada = await withBox(open);
  const said = ada.page.locator('.chrome > [role=status]');
  await ada.key('p');
  await expect(said).toContainText('Pen');
  await ada.key('v');
  await expect(said).toHaveText('Select');
  // What comes within one frame is said in one breath.
  await ada.key('Control+a');
  await expect(said).toHaveText('1 selected');
  await ada.key('Escape');
  await expect(said).toHaveText('Nothing selected');
});

test('shapes, lines and texts are drawn without a pointer, and where they can be seen', async ({ open, stored }) => {
  const ada = await open();
  await ada.key('Tab');
  await expect(ada.board).toBeFocused();
  for (const tool of ['r', 'a']) {
    await ada.key(tool);
    await ada.key('Enter');
    await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
    await ada.key('Shift+ArrowDown');
  }
  await ada.key('t');
  await ada.key('Enter');
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type('by keys');
  await ada.key('Escape');
  await expect.poll(async () => (await stored()).map(({ kind }) => kind)).toEqual(['rectangle', 'arrow', 'text']);
  await ada.shows('scene', { x: 560, y: 340, width: 200, height: 120 });
});

test('F6 leads from what is selected to its style, and Escape back, with the selection kept', async ({ open, stored }) => {
  const ada = await open();
  const { page } = ada;
  for (const x of [500, 650, 800]) {
    await ada.take('Rectangle');
    await ada.drag([x, 300], [x + 60, 400]);
  }
  await ada.saved();
  await ada.key('Escape');
  await ada.board.focus();
  await ada.key('Tab');
  await expect(ada.board, 'Escape has given the key back').not.toBeFocused();
  await ada.key('Shift+Tab');
  await expect(ada.board).toBeFocused();
  await ada.key('Tab');
  await ada.key('Tab');
  const panel = page.locator('#style-panel');
  const inside = (selector: string) => page.locator(`${selector} :focus`);
  await ada.key('F6');
  await expect(inside('.toolbar'), 'the tools').toHaveCount(1);
  await ada.key('F6');
  await expect(inside('#style-panel'), 'the style').toHaveCount(1);
  await tabTo(ada, 'Stroke: Ink');
  await ada.key('ArrowRight');
  await ada.key('ArrowRight');
  const red = async () => (await stored()).map(({ stroke }) => stroke === '#e03131');
  await expect.poll(red, 'the middle one, and no other').toEqual([false, true, false]);

  await ada.key('Escape');
  await expect(ada.board).toBeFocused();
  await expect(panel, 'it is still selected').toBeVisible();
  await ada.key('Shift+F6');
  await expect(inside('#style-panel'), 'the other way round').toHaveCount(1);
  await ada.key('F6');
  await expect(ada.board, 'once around').toBeFocused();
  await ada.key('Delete');
  await expect.poll(red).toEqual([false, false]);
});

test('F6 opens a panel that is folded, and Escape folds it again', async ({ open }) => {
  const ada = await withBox(open);
  const { page } = ada;
  await page.getByRole('button', { name: 'Fold this panel' }).click();
  await ada.key('Shift+F6');
  await expect(page.locator('#style-panel :focus')).toHaveCount(1);
  await ada.key('Escape');
  await expect(page.locator('#style-panel')).toBeHidden();
  await ada.key('Delete');
  await expect(page.getByRole('button', { name: 'Style', exact: true })).toHaveCount(0);
});

test('one Escape closes one thing, and what is selected stays', async ({ open }) => {
  const ada = await withBox(open);
  const { page } = ada;
  const isSelected = () => expect(page.getByRole('button', { name: 'Duplicate' })).toBeVisible();
  const closed = async (closes: string) => {
    await expect(page.locator(':popover-open'), closes).toHaveCount(0);
    await isSelected();
  };
  await page.mouse.click(500, 350, { button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await ada.key('Escape');
  await closed('the menu of what is selected');
  await page.mouse.click(500, 350, { button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await ada.key('Tab');
  await closed('Tab closes it too');
  await page.getByRole('button', { name: 'Other tools' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await ada.key('Escape');
  await closed('the menu of other tools');
  for (const name of [/^Menu$/, /^People/, /any colour$/, /^Saved/]) {
    await page.getByRole('button', { name }).first().click();
    await expect(page.locator(':popover-open')).toHaveCount(1);
    await ada.key('Escape');
    await closed(String(name));
  }
  await page.getByRole('button', { name: /any colour$/ }).first().click();
  await page.getByRole('textbox', { name: /#rrggbb/ }).click();
  await ada.key('Escape');
  await closed('a card in whose field one types');
  await ada.key('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await ada.key('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await isSelected();
  await ada.key('Escape');
  await expect(page.getByRole('button', { name: 'Duplicate' }), 'then there is nothing else').toBeHidden();
});
