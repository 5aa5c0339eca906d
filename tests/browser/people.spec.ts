/** Who is here: names, counts, cursors, and people who leave. */
import type { BoardPage } from './support/board-page';
import { type Opening, expect, test } from './support/fixtures';

/** The card that says who one is. */
const card = ({ page }: BoardPage) => page.getByRole('region', { name: 'Who you are here' });

test('people come, take a name, and go', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  const faces = ada.page.getByRole('button', { name: /^People: 2 here/ });
  await expect(faces).toBeVisible();
  await bob.page.getByRole('button', { name: /^People/ }).click();
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob Builder');
  await bob.key('Enter');
  await expect(bob.board, 'keys are the board’s again').toBeFocused();
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

test('two tabs of one browser are one person', async ({ browser, open }) => {
  const context = await browser.newContext();
  const [one, two, ada] = [await open({ browser: context }), await open({ browser: context }), await open()];
  await expect(ada.page.getByRole('button', { name: /^People: 2 here/ })).toBeVisible();
  await expect(one.page.getByRole('button', { name: /^People: 2 here/ })).toBeVisible();
  await two.page.close();
  await expect(ada.page.getByRole('button', { name: /^People: 2 here/ })).toBeVisible();
  await context.close();
});

test('who comes back takes another colour where somebody has theirs', async ({ browser, open }) => {
  const returning = async (name: string) => {
    const context = await browser.newContext();
    await context.addInitScript((name) => {
      if (localStorage.getItem('drawbridge.profile')) return;
      localStorage.setItem('drawbridge.profile', JSON.stringify({ name, color: '#1971c2' }));
    }, name);
    return open({ browser: context });
  };
  const [ada, bob] = [await returning('Ada'), await returning('Bob')];
  const faces = ada.page.locator('.people .avatar');
  await expect(faces).toHaveCount(2);
  const shades = () => faces.evaluateAll((all) => new Set(all.map((face) => getComputedStyle(face).backgroundColor)).size);
  await expect.poll(shades).toBe(2);
  const kept = await bob.page.evaluate(() => localStorage.getItem('drawbridge.profile'));
  expect(kept, 'elsewhere it is theirs again').toContain('#1971c2');
  for (const person of [ada, bob]) await person.page.context().close();
});

test('somebody out of view is a mark at the edge, and a click on it goes there', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await bob.page.mouse.move(640, 400);
  await bob.page.mouse.wheel(4000, 0);
  await bob.page.mouse.move(650, 400);
  const edge = { x: 1236, y: 380, width: 44, height: 44 };
  await ada.shows('overlay', edge);
  await ada.take('Rectangle');
  await ada.click([1260, 402]);
  await ada.shows('overlay', { x: 600, y: 370, width: 100, height: 80 });
  await ada.isBlank('scene', { x: 400, y: 200, width: 700, height: 400 });
});

test('who comes by a link is told once who they are, and who is here', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [500, 400]);
  const bob = await open();
  await expect(card(bob)).toBeVisible();
  await expect(card(ada)).toHaveCount(0);
  await expect(card(bob)).toContainText('is here too');
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob');
  await bob.key('Enter');
  await expect(card(bob)).toHaveCount(0);
  await ada.page.getByRole('button', { name: /^People: 2 here/ }).click();
  await expect(ada.page.getByRole('list', { name: 'Others on this board' })).toContainText('Bob');
  await bob.page.reload();
  await bob.saved();
  await bob.page.getByRole('button', { name: /^People: 2 here/ }).click();
  await expect(bob.page.getByRole('list', { name: 'Others on this board' })).toBeVisible();
  await expect(card(bob)).toHaveCount(0);
});

test('on a telephone the card is two lines, and the board is seen below', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [500, 400]);
  await ada.saved();
  const bob = await open({ options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } });
  await expect(card(bob)).toBeVisible();
  const box = await card(bob).boundingBox();
  expect(box?.height).toBeLessThanOrEqual(104);
  await expect(bob.page.getByRole('textbox', { name: 'Your name' })).toBeInViewport({ ratio: 1 });
  const draw = await bob.page.getByRole('button', { name: 'Draw along' }).boundingBox();
  // As browsers measure: a box of 44 may have 43.99999.
  expect(Math.round(draw?.height ?? 0)).toBeGreaterThanOrEqual(44);
});

test('who has begun with something before the card came, or opens another, is not told', async ({ browser, open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [500, 400]);
  await ada.saved();
  const late = await browser.newContext();
  let release = (): void => undefined;
  const held = new Promise<void>((go) => (release = go));
  await late.route('**/introduction-*.js', async (route) => {
    await held;
    await route.continue();
  });
  const bob = await open({ browser: late });
  const come = bob.page.waitForResponse(/introduction-.*js/);
  await bob.take('Pen');
  release();
  await (await come).finished();
  const carol = await open();
  await expect(card(carol)).toBeVisible();
  await carol.key('?');
  await expect(card(carol)).toHaveCount(0);
  await expect(card(bob)).toHaveCount(0);
  await late.close();
});

/** Somebody has drawn over all of a window, and is still there. */
async function withDrawing(open: (opening?: Opening) => Promise<BoardPage>): Promise<BoardPage> {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([300, 150], [1200, 700]);
  await ada.saved();
  return ada;
}

test('who comes back to a board of their own is not told who they are', async ({ open }) => {
  const ada = await open();
  await ada.take('Rectangle');
  await ada.drag([400, 300], [500, 400]);
  await ada.saved();
  const come = ada.page.waitForResponse(/introduction-.*js/);
  await ada.page.reload();
  await (await come).finished();
  await ada.saved();
  const bob = await open();
  await expect(card(bob)).toBeVisible();
  await expect(card(ada)).toHaveCount(0);
});

test('who has seen the card once is not told again, where they have never been either', async ({ browser, open }) => {
  await withDrawing(open);
  const context = await browser.newContext();
  const bob = await open({ browser: context });
  await expect(card(bob)).toBeVisible();
  await bob.page.evaluate(() => localStorage.removeItem('drawbridge.boards'));
  const come = bob.page.waitForResponse(/introduction-.*js/);
  await bob.page.reload();
  await (await come).finished();
  await bob.saved();
  await expect(bob.page.getByRole('button', { name: 'Help' })).toBeVisible();
  await expect(card(bob)).toHaveCount(0);
  await context.close();
});

test('Tab leads into the card, and Escape closes it', async ({ open }) => {
  await withDrawing(open);
  const bob = await open();
  await expect(card(bob)).toBeVisible();
  await bob.page.getByRole('button', { name: /^Share/ }).focus();
  await bob.key('Tab');
  await expect(card(bob).getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await bob.page.keyboard.type('Bob');
  await bob.key('Escape');
  await expect(card(bob)).toHaveCount(0);
  await expect(bob.board).toBeFocused();
});

test('a key on the board closes the card, and Enter on its button leads there', async ({ open }) => {
  await withDrawing(open);
  const bob = await open();
  await expect(card(bob)).toBeVisible();
  await bob.key('p');
  await expect(card(bob)).toHaveCount(0);
  const carol = await open();
  await card(carol).getByRole('button', { name: 'Draw along' }).press('Enter');
  await expect(carol.board).toBeFocused();
});

for (const [width, height] of [[1000, 700], [1000, 600], [640, 400], [390, 844]] as const) {
  test(`at ${width} by ${height} the card covers nothing of what is on the board`, async ({ open }) => {
    await withDrawing(open);
    const bob = await open({ options: { viewport: { width, height } } });
    const box = await card(bob).boundingBox();
    expect(box).not.toBeNull();
    if (box) await bob.isBlank('scene', box);
    await expect.poll(() => bob.bands()).toBeGreaterThan(0);
  });
}

test('who types out of view has a mark at the edge', async ({ open }) => {
  const [ada, bob] = [await open(), await open()];
  await ada.page.mouse.move(640, 400);
  await ada.page.mouse.wheel(0, 3_000);
  await bob.take('Text');
  await bob.click([400, 300]);
  await bob.page.keyboard.type('far away');
  await bob.page.mouse.move(640, 20);
  await ada.shows('overlay', { x: 360, y: 60, width: 120, height: 90 });
});
