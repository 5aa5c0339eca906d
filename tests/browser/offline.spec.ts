/** Without a connection: work goes on, the page says so, and everything meets again. */
import { bow, path } from './support/board-page';
import { expect, test } from './support/fixtures';

const before = { x: 290, y: 290, width: 120, height: 20 };

test('draw offline, reload, come back, merged', async ({ open, line, stored }) => {
  const link = await line();
  const [ada, bob] = [await open({ via: link }), await open()];
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 300]));
  await ada.saved();

  link.cut();
  await expect(ada.connection).toHaveAttribute('data-state', 'offline');
  await ada.draw(...path([300, 400], [600, 400]));
  await ada.waiting(1);
  await expect(ada.connection).toContainText('1 change');
  await bob.take('Pen');
  await bob.draw(...path([300, 500], [600, 500]));
  await bob.saved();

  await ada.page.reload();
  await ada.showsBands(2);
  await ada.waiting(1);

  link.mend();
  await ada.saved();
  for (const person of [ada, bob]) await person.showsBands(3);
  expect((await stored()).map(({ kind }) => kind)).toEqual(['ink', 'ink', 'ink']);
});

test('the line drops in the middle of a stroke', async ({ open, line, stored }) => {
  const link = await line();
  const [ada, bob] = [await open({ via: link }), await open()];
  await ada.take('Pen');
  await ada.press(...bow([300, 300], [450, 300]));
  await bob.shows('overlay', before);
  link.cut();
  await bob.isBlank('overlay', before);
  await ada.page.mouse.move(600, 300, { steps: 5 });
  await ada.page.mouse.up();
  await ada.waiting(1);
  link.mend();
  await ada.saved();
  await bob.shows('scene', before);
  expect((await stored()).length).toBe(1);
});
