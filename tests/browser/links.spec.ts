/** Where elements lead: giving them an address, and going there by mouse, finger, key and link. */
import type { Locator, Page } from '@playwright/test';
import type { BoardPage, Point } from './support/board-page';
import { expect, test } from './support/fixtures';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const PLACE = 'https://example.org/notes?a=1#b';

/** The corner of what is drawn here, and the badge beside it. */
const BOX: readonly [Point, Point] = [[400, 300], [500, 400]];
const BADGE: Point = [516, 284];

const field = (person: BoardPage) => person.page.getByRole('textbox', { name: 'Link', exact: true });

async function draw(person: BoardPage, [from, to] = BOX): Promise<void> {
  await person.take('Rectangle');
  await person.drag(from, to);
}

/** Gives what is selected an address as people do. */
async function lead(person: BoardPage, address: string): Promise<void> {
  await person.key('Control+k');
  await expect(field(person)).toBeFocused();
  await person.page.keyboard.insertText(address);
  await person.key('Enter');
  await expect(field(person)).toHaveCount(0);
}

/** Other places answer here, as no test may depend on them. */
async function answer(person: BoardPage): Promise<void> {
  await person.page.context().route('https://example.org/**', (route) => route.fulfill({
    contentType: 'text/html',
    body: '<title>elsewhere</title>',
  }));
}

/** What opens beside the board because of something. */
async function opens(person: BoardPage, because: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([person.page.context().waitForEvent('page'), because()]);
  await page.waitForLoadState();
  return page;
}

test('a badge leads everybody to the address, in a window that knows nothing of the board', async ({ open, stored }) => {
  const [ada, ben] = [await open(), await open()];
  await answer(ben);
  await draw(ada);
  await lead(ada, ' example.org/notes?a=1#b ');
  await ada.saved();
  expect((await stored()).map(({ link }) => link)).toEqual([PLACE]);
  await ben.page.mouse.move(...BADGE);
  await expect(ben.board).toHaveCSS('cursor', 'pointer');
  await expect(ben.board).toHaveAttribute('title', PLACE);
  const page = await opens(ben, () => ben.click(BADGE));
  expect(page.url()).toBe(PLACE);
  expect(await page.evaluate(() => [opener as unknown, document.referrer])).toEqual([null, '']);
  await page.close();
  await ben.page.mouse.move(800, 600);
  await expect(ben.board).toHaveAttribute('title', '');

  // The same by key and by menu.
  await ben.click([400, 350]);
  await (await opens(ben, () => ben.key('Alt+Enter'))).close();
  const menu = await ben.menu(() => ben.page.mouse.click(...BADGE, { button: 'right' }));
  const item = menu.getByRole('menuitem', { name: 'Open link' });
  await (await opens(ben, () => item.click())).close();
  await ada.undo.click();
  await ben.page.mouse.move(...BADGE);
  await expect(ben.board).toHaveAttribute('title', '');
  expect(ada.page.context().pages()).toHaveLength(1);
});

test('what is no link is said in place, and nothing of it is kept', async ({ open, stored }) => {
  const ada = await open();
  await draw(ada);
  await ada.key('Control+k');
  for (const wrong of ['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'a word', 'word', 'https://', '//x.y', 'ftp://a.b']) {
    await field(ada).fill(wrong);
    await ada.key('Enter');
    await expect(ada.page.getByRole('alert'), wrong).toContainText('This is no link');
    await expect(field(ada)).toBeFocused();
  }
  await ada.key('Escape');
  await expect(field(ada)).toHaveCount(0);
  await expect(ada.board).toBeFocused();
  const meant: [string, string][] = [
    ['example.org', 'https://example.org'],
    ['http://localhost:80/x', 'http://localhost:80/x'],
    ['localhost:8080', 'https://localhost:8080'],
    ['example.org:8443/a', 'https://example.org:8443/a'],
    ['ada@example.org', 'mailto:ada@example.org'],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ['https://example.org/a b', 'https://example.org/a%20b'],
    ['https://bücher.example/ä', 'https://bücher.example/ä'],
  ];
  for (const [typed, link] of meant) {
    await lead(ada, typed);
    await ada.saved();
    expect((await stored()).at(-1)?.link, typed).toBe(link);
  }
  await ada.key('Control+k');
  await ada.page.getByRole('button', { name: 'Remove link' }).click();
  await ada.saved();
  expect((await stored()).at(-1)?.link ?? null).toBe(null);
  await ada.undo.click();
  await ada.saved();
  expect((await stored()).at(-1)?.link).toBe('https://bücher.example/ä');
});

test('a press beside the field keeps what was typed, Escape does not', async ({ open, stored }) => {
  const ada = await open();
  await draw(ada);
  await ada.key('Control+k');
  await field(ada).fill('example.org');
  await ada.click([900, 650]);
  await expect(field(ada)).toHaveCount(0);
  await ada.saved();
  expect((await stored()).map(({ link }) => link)).toEqual(['https://example.org']);
  await ada.key('Control+k');
  await expect(field(ada)).toHaveValue('https://example.org');
  await field(ada).fill('example.com');
  await ada.key('Escape');
  await expect(field(ada)).toHaveCount(0);
  await ada.saved();
  expect((await stored()).map(({ link }) => link)).toEqual(['https://example.org']);
});

test('a link to something on the board is copied, opens the board there, and leads there on it', async ({ open, stored }) => {
  const ada = await open({ options: clipboard });
  await draw(ada);
  const menu = await ada.menu(() => ada.page.mouse.click(400, 350, { button: 'right' }));
  await menu.getByRole('menuitem', { name: 'Copy link to this' }).click();
  await expect(ada.page.locator('.toast')).toContainText('Link copied');
  const address = await ada.page.evaluate(() => navigator.clipboard.readText());
  await ada.saved();
  const [target] = await stored();
  expect(address).toBe(`${ada.page.url()}#${target?.id ?? ''}`);

  // What leads to it is far away.
  await ada.page.mouse.move(640, 400);
  for (let i = 0; i < 10; i += 1) await ada.page.mouse.wheel(0, 300);
  await draw(ada);
  await ada.key('Control+k');
  await expect(field(ada)).toBeFocused();
  await ada.key('Control+v');
  await ada.key('Enter');
  await ada.saved();
  expect((await stored()).at(-1)?.link).toBe(`#${target?.id ?? ''}`);
  await ada.page.mouse.move(...BADGE);
  await expect(ada.board).toHaveAttribute('title', 'To another place on this board');
  await ada.click(BADGE);
  await expect(ada.page.locator('.style-panel')).toBeVisible();
  await ada.key('Delete');
  await ada.saved();
  expect((await stored()).map(({ id }) => id)).not.toContain(target?.id);
  await ada.undo.click();
  await ada.saved();

  // Somebody else comes by the address; what was last looked at here is elsewhere.
  const ben = await open();
  await ben.page.goto('about:blank');
  await ben.page.goto(address);
  await ben.saved();
  await expect(ben.page).toHaveURL(address.split('#', 1)[0] ?? '');
  await ben.key('Delete');
  await ben.saved();
  expect((await stored()).map(({ id }) => id)).not.toContain(target?.id);

  // It is gone: both say so.
  await ben.page.evaluate((hash) => (location.hash = hash), target?.id ?? '');
  await expect(ben.page.locator('.toast')).toContainText('not on the board any more');
  await ada.click([1_000, 650]);
  await ada.key('Control+a');
  await ada.key('Alt+Enter');
  await expect(ada.page.locator('.toast').last()).toContainText('not on the board any more');
});

test('by finger: a tap on the badge opens, a finger that rests asks for the menu', async ({ open }) => {
  const ada = await open({ options: { hasTouch: true, viewport: { width: 390, height: 844 } } });
  await answer(ada);
  await ada.page.getByRole('radio', { name: 'Rectangle', exact: true }).tap();
  const fingers = await ada.fingers();
  await fingers.swipe([[100, 300], [150, 350], [200, 400]]);
  const rest = async (at: Point): Promise<Locator> => {
    let down = false;
    const menu = await ada.menu(async () => {
      if (down) await fingers.up();
      await fingers.down(at);
      down = true;
    });
    await fingers.up();
    return menu;
  };
  const menu = await rest([100, 350]);
  await menu.getByRole('menuitem', { name: 'Add a link' }).tap();
  await field(ada).fill(PLACE);
  await ada.page.getByRole('button', { name: 'Save link' }).tap();
  await ada.saved();
  const page = await opens(ada, () => ada.page.touchscreen.tap(216, 284));
  expect(page.url()).toBe(PLACE);
  await page.close();
  await ada.page.bringToFront();
  await rest([216, 284]);
  await expect(menu.getByRole('menuitem', { name: 'Edit link' })).toBeVisible();
  expect(ada.page.context().pages(), 'and opens nothing').toHaveLength(1);
});
