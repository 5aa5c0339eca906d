/** Who is here: names, counts, cursors, and people who leave. */
import { expect, test } from './support/fixtures';

test('people come, take a name, and go', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  const faces = ada.page.getByRole('button', { name: /^People: 2 here/ });
  await expect(faces).toBeVisible();
  await bob.page.getByRole('button', { name: /^People/ }).click();
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob Builder');
  await bob.key('Enter');
  await faces.click();
  const others = ada.page.getByRole('list', { name: 'Others on this board' });
  await expect(others).toContainText('Bob Builder');
  await bob.page.context().close();
  await expect(ada.page.getByRole('button', { name: /^People: 1 here/ })).toBeVisible();
});

test('a cursor shows where somebody is, and goes with them', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  const spot = { x: 480, y: 380, width: 60, height: 60 };
  await bob.page.mouse.move(400, 300);
  await bob.page.mouse.move(500, 400, { steps: 5 });
  await ada.shows('overlay', spot);
  await bob.page.close();
  await ada.isBlank('overlay', spot);
});

test('what somebody selects is marked for the others', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.take('Rectangle');
  await ada.drag([300, 300], [400, 400]);
  const corner = { x: 290, y: 290, width: 20, height: 20 };
  await bob.shows('scene', corner);
  await bob.take('Select');
  await bob.click([300, 350]);
  await bob.page.mouse.move(900, 600);
  await ada.take('Select');
  await ada.click([900, 200]);
  await ada.shows('overlay', corner);
});

test('somebody new gets a colour and a name that nobody on the board has', async ({ browser, open }) => {
  const newcomer = async () => {
    const context = await browser.newContext();
    // Everybody draws the same lot; ids must differ all the same.
    await context.addInitScript(() => {
      const random = crypto.getRandomValues.bind(crypto);
      crypto.getRandomValues = (array) => (array instanceof Uint32Array ? array.fill(0) : random(array));
    });
    return open({ browser: context });
  };
  const [first, second, third] = [await newcomer(), await newcomer(), await newcomer()];
  await third.page.getByRole('button', { name: /^People: 3 here/ }).click();
  const names = third.page.getByRole('list', { name: 'Others on this board' }).getByRole('listitem');
  // The list comes a moment after the press.
  await expect(names).toHaveCount(2);
  const shown = await names.allInnerTexts();
  const own = await third.page.getByRole('textbox', { name: 'Your name' }).inputValue();
  const distinct = new Set([...shown, own].map((name) => name.trim().split('\n').at(-1)));
  expect([...distinct]).toHaveLength(3);
  for (const person of [first, second, third]) await person.page.context().close();
});
