/** Shortcuts wherever the keyboard is, on keyboards of several kinds. */
import type { Page } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { expect, test } from './support/fixtures';

/** Ctrl and Shift as the browser's input pipeline numbers them. */
const CTRL = 2;
const SHIFT = 8;

/** Presses a key of any layout: what it prints, and where it lies on the commonest keyboard. */
async function press(page: Page, key: string, code: string, modifiers: number): Promise<void> {
  const input = await page.context().newCDPSession(page);
  const letter = /^Key(.)$/.exec(code)?.[1];
  const windowsVirtualKeyCode = letter?.charCodeAt(0) ?? 0;
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    await input.send('Input.dispatchKeyEvent', { type, key, code, modifiers, windowsVirtualKeyCode });
  }
  await input.detach();
}

/** From now on lists the keys with Ctrl that the page has left to the browser. */
async function leftToBrowser(page: Page): Promise<() => Promise<string[]>> {
  const list = await page.evaluateHandle(() => {
    const left: string[] = [];
    addEventListener('keydown', (event) => {
      if (event.ctrlKey && event.key.length === 1 && !event.defaultPrevented) left.push(event.key);
    });
    return left;
  });
  return () => list.jsonValue();
}

async function write(ada: BoardPage, text: string): Promise<void> {
  await ada.take('Text');
  await ada.click([400, 300]);
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.insertText(text);
}

const KEYBOARDS = [
  { name: 'English', z: 'z', bigZ: 'Z', y: 'y', place: 'KeyZ', yPlace: 'KeyY' },
  { name: 'French', z: 'z', bigZ: 'Z', y: 'y', place: 'KeyW', yPlace: 'KeyY' },
  { name: 'Dvorak', z: 'z', bigZ: 'Z', y: 'y', place: 'Slash', yPlace: 'KeyT' },
  { name: 'Russian', z: 'я', bigZ: 'Я', y: 'н', place: 'KeyZ', yPlace: 'KeyY' },
  { name: 'Greek', z: 'ζ', bigZ: 'Ζ', y: 'υ', place: 'KeyZ', yPlace: 'KeyY' },
  { name: 'Hebrew', z: 'ז', bigZ: 'Z', y: 'ט', place: 'KeyZ', yPlace: 'KeyY' },
  { name: 'Arabic', z: 'ئ', bigZ: '~', y: 'غ', place: 'KeyZ', yPlace: 'KeyY' },
];

for (const { name, z, bigZ, y, place, yPlace } of KEYBOARDS) {
  test(`undo and redo in a text on a keyboard that is ${name}`, async ({ open }) => {
    const ada = await open();
    await write(ada, 'one');
    await expect(ada.textField).toHaveValue('one');
    for (const [key, code, modifiers] of [[bigZ, place, CTRL | SHIFT], [y, yPlace, CTRL]] as const) {
      await press(ada.page, z, place, CTRL);
      await expect(ada.textField).toHaveValue('');
      await press(ada.page, key, code, modifiers);
      await expect(ada.textField).toHaveValue('one');
    }
    await expect(ada.textField).toBeFocused();
  });
}

test('a text is finished by Escape and by Enter with Ctrl', async ({ open, stored }) => {
  const ada = await open();
  for (const key of ['Escape', 'Control+Enter']) {
    await write(ada, 'a');
    await ada.key('Enter');
    await ada.page.keyboard.type('r v 1 - 0 ? [');
    await expect(ada.textField).toHaveValue('a\nr v 1 - 0 ? [');
    await ada.key(key);
    await expect(ada.textField).toBeHidden();
    await ada.key('Control+a');
    await ada.key('Delete');
    await expect.poll(async () => (await stored()).length).toBe(0);
  }
});

test('an input method has its keys for itself', async ({ open }) => {
  const ada = await open();
  await write(ada, 'x');
  const input = await ada.page.context().newCDPSession(ada.page);
  await input.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
  // What a key that goes to an input method looks like.
  for (const key of ['Escape', 'z']) {
    await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, modifiers: CTRL, windowsVirtualKeyCode: 229 });
  }
  await input.send('Input.insertText', { text: '蚊' });
  await expect(ada.textField).toHaveValue('x蚊');
  await expect(ada.textField).toBeFocused();
});

test('Ctrl with + − 0 zooms the board and not the page, whatever has the keyboard', async ({ open }) => {
  const ada = await open();
  const { page } = ada;
  const left = await leftToBrowser(page);
  const zoom = page.locator('.zoom-value');
  const zooms = async (where: string) => {
    await test.step(where, async () => {
      for (const [key, shown] of [['=', '125%'], ['-', '100%'], ['-', '80%'], ['0', '100%']] as const) {
        await ada.key(`Control+${key}`);
        await expect(zoom).toHaveText(shown);
      }
    });
  };
  await zooms('the board');
  await write(ada, 'bridge');
  await zooms('a text that is typed');
  await expect(ada.textField).toHaveValue('bridge');
  await expect(ada.textField).toBeFocused();
  await ada.page.getByRole('spinbutton', { name: 'Font size in numbers' }).focus();
  await zooms('a number');
  await page.getByRole('radio', { name: 'Pen', exact: true }).focus();
  await zooms('a tool');
  await page.getByRole('button', { name: /^People/ }).click();
  await page.getByRole('textbox', { name: 'Your name' }).focus();
  await zooms('a name in a popover');
  await ada.key('Escape');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('#menu-popover').getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  for (const key of ['=', '-', '0', 'd']) await ada.key(`Control+${key}`);
  await expect(zoom, 'a dialog keeps people from the board').toHaveText('100%');
  await ada.key('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await left()).toEqual([]);
  expect(await page.evaluate(() => devicePixelRatio)).toBe(1);
});

test('fields keep what they have of their own, and the browser gets nothing that the board has taken', async ({ open, stored }) => {
  const ada = await open();
  await write(ada, 'bridge');
  await ada.key('Escape');
  await ada.key('Control+a');
  const left = await leftToBrowser(ada.page);
  const size = ada.page.getByRole('spinbutton', { name: 'Font size in numbers' });
  await size.focus();
  for (const key of ['d', '[', ']', 'Shift+[']) await ada.key(`Control+${key}`);
  expect(await left()).toEqual([]);
  await ada.key('Control+a');
  await ada.page.keyboard.type('3');
  await ada.page.keyboard.type('2');
  await ada.key('Delete');
  await ada.key('Control+z');
  expect(await left()).toEqual(['a', 'z']);
  await ada.saved();
  expect((await stored()).map(({ text }) => text), 'nothing was copied or deleted').toEqual(['bridge']);
});

test('what lies behind an open menu hears no letters', async ({ open, stored }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [600, 400]);
  await ada.page.getByRole('button', { name: 'Menu' }).focus();
  await ada.key('Enter');
  await expect(ada.page.getByRole('link', { name: 'Your boards' })).toBeVisible();
  for (const key of ['p', 'Delete', 'Backspace']) await ada.key(key);
  await ada.key('Escape');
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
  await ada.saved();
  expect((await stored()).length).toBe(1);
  await ada.key('p');
  await expect(ada.page.getByRole('radio', { name: 'Pen', exact: true })).toBeChecked();
});
