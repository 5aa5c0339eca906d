/** The server goes away and comes back: by a kill, and by being asked to stop. */
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

const second = { x: 290, y: 390, width: 120, height: 20 };

test('killed and started again: everything saved is there, and work goes on', async ({ open, server, stored }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 300]));
  await ada.saved();
  await server.kill();
  await expect(ada.connection).toHaveAttribute('data-state', /offline|connecting/);
  await bob.take('Pen');
  await bob.draw(...path([300, 400], [600, 400]));
  await bob.waiting(1);

  await server.start();
  await ada.saved();
  await bob.saved();
  await ada.shows('scene', second);
  expect((await stored()).length).toBe(2);

  const carol = await open();
  await carol.showsBands(2);
});

test('asked to stop, it ends cleanly and has everything', async ({ open, server, stored }) => {
  const ada = await open();
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 300]));
  await ada.saved();
  expect(await server.stop()).toBe(0);
  await server.start();
  await ada.saved();
  expect((await stored()).length).toBe(1);
});
