/** Fields beside the board: what is typed in them counts, and then the board has the keyboard again. */
import type { Locator } from '@playwright/test';
import type { BoardPage } from './support/board-page';
import { type Opening, expect, test } from './support/fixtures';

/** Somebody with a text of 20 that is selected, and the field of its size. */
async function withText(open: (opening?: Opening) => Promise<BoardPage>): Promise<[BoardPage, Locator]> {
  const ada = await open();
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('bridge');
  await ada.key('Escape');
  await ada.take('Select');
  await ada.click([410, 300]);
  const size = ada.page.getByRole('spinbutton', { name: 'Font size in numbers' });
  await expect(size).toHaveValue('20');
  return [ada, size];
}

test('a click on the board takes what was typed and gives the keyboard back', async ({ open, stored }) => {
  const [ada, size] = await withText(open);
  await size.dblclick();
  await ada.page.keyboard.type('60');
  await ada.click([800, 600]);
  await expect(size, 'nothing is selected').toHaveCount(0);
  await ada.key('Control+a');
  await expect(size).toHaveValue('60');
  // The board's keys are the board's again.
  const before = (await stored())[0]?.geometry[0] ?? 0;
  await ada.key('ArrowRight');
  await expect.poll(async () => (await stored())[0]?.geometry[0]).toBe(before + 1);
  await ada.key('Control+z');
  await ada.key('Control+z');
  await expect(size).toHaveValue('20');
  await ada.key('Delete');
  await expect.poll(async () => (await stored()).length).toBe(0);
});

test('Enter takes it, Escape puts the old number back, and both give the keyboard back', async ({ open, stored }) => {
  const [ada, size] = await withText(open);
  await size.dblclick();
  await ada.page.keyboard.type('60');
  await ada.key('Escape');
  await expect(size).not.toBeFocused();
  await expect(size).toHaveValue('20');
  await expect(ada.undo, 'the selection is as it was').toBeEnabled();

  await size.dblclick();
  await ada.page.keyboard.type('48');
  await ada.key('Enter');
  await expect(size).not.toBeFocused();
  await expect(size).toHaveValue('48');
  await ada.key('Delete');
  await expect.poll(async () => (await stored()).length).toBe(0);
});

test('a press on another widget takes what was typed first', async ({ open }) => {
  const [ada, size] = await withText(open);
  await size.dblclick();
  await ada.page.keyboard.type('60');
  await ada.page.getByRole('radio', { name: 'Font size: Large' }).click();
  await expect(size).toHaveValue('28');
  await ada.undo.click();
  await expect(size).toHaveValue('60');
  await ada.undo.click();
  await expect(size).toHaveValue('20');
});

for (const [typed, kept] of [['9999', '400'], ['1', '4'], ['-7', '4'], ['e', '20'], ['', '20'], ['0.5', '4']] as const) {
  test(`“${typed}” as a size ends as ${kept}`, async ({ open }) => {
    const [ada, size] = await withText(open);
    await size.dblclick();
    await ada.key('Backspace');
    await ada.page.keyboard.type(typed);
    await ada.click([800, 600]);
    await ada.key('Control+a');
    await expect(size).toHaveValue(kept);
    const word = ada.page.getByText('Font size is a number from 4 to 400.');
    await expect(word).toHaveCount(typed === '' ? 0 : 1);
  });
}

test('what is typed is not written over by what others do', async ({ open }) => {
  const [ada, size] = await withText(open);
  const bob = await open();
  await size.dblclick();
  await ada.page.keyboard.type('6');
  await bob.take('Select');
  await bob.click([410, 300]);
  await bob.page.getByRole('radio', { name: 'Colour: Red' }).click();
  await bob.saved();
  await expect(ada.page.getByRole('radio', { name: 'Colour: Red' })).toBeChecked();
  await ada.page.keyboard.type('4');
  await ada.key('Enter');
  await expect(size).toHaveValue('64');
});

test('Escape puts one\'s name back, Enter and a press on the board keep it', async ({ open }) => {
  const ada = await open();
  const people = ada.page.getByRole('button', { name: /^People/ });
  const name = ada.page.getByRole('textbox', { name: 'Your name' });
  const rename = async (text: string, end: () => Promise<void>) => {
    await people.click();
    await name.fill(text);
    await end();
    await expect(name).toBeHidden();
  };
  await rename('Grace', () => ada.key('Enter'));
  await expect(people).toHaveAccessibleName(/Your name: Grace/);
  await rename('Nobody', () => ada.key('Escape'));
  await expect(people).toHaveAccessibleName(/Your name: Grace/);
  await rename('Hedy', () => ada.click([800, 600]));
  await expect(people).toHaveAccessibleName(/Your name: Hedy/);
  await ada.key('r');
  await expect(ada.page.getByRole('radio', { name: 'Rectangle', exact: true })).toBeChecked();
});

test('a button that one came to by Tab keeps the arrows until Escape leads back to the board', async ({ open }) => {
  const ada = await open();
  await ada.page.getByRole('radio', { name: 'Rectangle', exact: true }).focus();
  await ada.key('ArrowRight');
  await expect(ada.page.getByRole('radio', { name: 'Ellipse', exact: true })).toBeChecked();
  // One Escape closes one thing: it leads back to the board, and the next one puts the tool away.
  await ada.key('Escape');
  await expect(ada.page.getByRole('radio', { name: 'Ellipse', exact: true })).not.toBeFocused();
  await expect(ada.page.getByRole('radio', { name: 'Ellipse', exact: true })).toBeChecked();
  await ada.key('Escape');
  await expect(ada.page.getByRole('radio', { name: 'Select', exact: true })).toBeChecked();
});

test('a text that is being typed gets the keyboard back', async ({ open }) => {
  const ada = await open();
  await ada.take('Text');
  await ada.click([400, 300]);
  await ada.page.keyboard.type('one');
  const size = ada.page.getByRole('spinbutton', { name: 'Font size in numbers' });
  for (const key of ['Enter', 'Escape']) {
    await size.dblclick();
    await ada.page.keyboard.type('48');
    await ada.key(key);
    await expect(ada.textField).toBeFocused();
  }
  await expect(size).toHaveValue('48');
  await ada.page.getByRole('slider', { name: 'Opacity' }).click();
  await expect(ada.textField).toBeFocused();
  await ada.page.keyboard.type(' two');
  await expect(ada.textField).toHaveValue('one two');
});
