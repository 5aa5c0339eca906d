/** Where what is selected is, in numbers. */
import { expect, test } from './support/fixtures';

test('numbers follow a drag, and what is typed is one step each, for everybody', async ({ open, stored }) => {
  const ada = await open();
  const bob = await open();
  await ada.take('Rectangle');
  await ada.drag([500, 300], [700, 400]);
  await ada.page.getByText('Place and size').click();
  const field = (name: string) => ada.page.getByRole('spinbutton', { name: `${name} in numbers`, exact: true });
  await expect(field('Width')).toHaveValue('200');
  const left = Number(await field('Left').inputValue());
  await ada.press([540, 300], [590, 300]);
  await expect(field('Left')).toHaveValue(String(left + 50));
  await ada.page.mouse.up();

  await field('Width').fill('320');
  await ada.key('Enter');
  await field('Turn').fill('90');
  await ada.key('Enter');
  // Turned about its middle, it reaches from 190 to 510.
  await bob.shows('scene', { x: 690, y: 180, width: 40, height: 20 });
  await ada.saved();
  const [, , width, height, turn = 0] = (await stored())[0]?.geometry ?? [];
  expect([width, height, Math.round((turn * 180) / Math.PI)]).toEqual([320, 100, 90]);
  await ada.undo.click();
  await expect(field('Turn')).toHaveValue('0');
  await expect(field('Width')).toHaveValue('320');
  await ada.undo.click();
  await expect(field('Width')).toHaveValue('200');

  await field('Height').fill('0');
  await ada.key('Enter');
  await expect(ada.page.getByText('Height is a number from 1')).toBeVisible();
  await ada.click([300, 600]);
  await expect(field('Width')).toBeHidden();
});
