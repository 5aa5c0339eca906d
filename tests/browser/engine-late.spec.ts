/** The half of the engine that comes late: what is done without it, and what when it is missed. */
import type { BrowserContext, Route } from '@playwright/test';
import { path } from './support/board-page';
import { expect, test } from './support/fixtures';

const LATE = '**/wasm_client_late*';
/** Something that the late half does. */
const DUPLICATE = 'Control+d';

/** A browser that treats the late half in some way. */
async function treating(context: BrowserContext, way: (route: Route) => unknown): Promise<BrowserContext> {
  await context.route(LATE, way);
  return context;
}

test('a board is shown and drawn on while the late half is on its way', async ({ open, browser, stored }) => {
  const kept: Route[] = [];
  const context = await treating(await browser.newContext(), (route) => kept.push(route));
  const ada = await open({ browser: context });
  await ada.page.mouse.move(400, 300, { steps: 4 });
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 400]));
  await ada.saved();
  await ada.page.mouse.wheel(0, 120);
  await ada.take('Select');
  await ada.page.mouse.move(450, 240, { steps: 4 });
  await ada.take('Hand');
  await ada.draw(...path([300, 300], [310, 320]));
  await expect.poll(() => kept.length, 'it is fetched once, and nothing has asked for it at once').toBe(1);
  await kept[0]?.continue();
  await ada.take('Select');
  await ada.page.keyboard.press('Control+a');
  await ada.page.keyboard.press(DUPLICATE);
  await expect.poll(async () => (await stored()).length).toBe(2);
  await context.close();
});

test('what is asked of the late half before it has come is done at once', async ({ open, browser, stored }) => {
  const context = await treating(await browser.newContext(), (route) => {
    if (route.request().resourceType() === 'xhr') return route.continue();
    return undefined;
  });
  const ada = await open({ browser: context });
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 400]));
  await ada.page.keyboard.press('Control+a');
  await ada.page.keyboard.press(DUPLICATE);
  await expect.poll(async () => (await stored()).length).toBe(2);
  await context.close();
});

test('where the late half cannot be had nothing is lost', async ({ open, browser, stored, complaints }) => {
  const context = await treating(await browser.newContext(), (route) => route.abort());
  const ada = await open({ browser: context });
  await ada.take('Pen');
  await ada.draw(...path([300, 300], [600, 400]));
  await ada.saved();
  await ada.page.keyboard.press('Control+a');
  await expect(ada.page.getByText('The drawing engine was restarted')).toBeVisible();
  await ada.showsBands(1);
  expect(await stored()).toHaveLength(1);
  await context.unroute(LATE);
  await ada.take('Select');
  await ada.page.keyboard.press('Control+a');
  await ada.page.keyboard.press(DUPLICATE);
  await expect.poll(async () => (await stored()).length).toBe(2);
  expect(complaints.list.splice(0).join('\n'), 'of what could not be had').toContain('cannot be had');
  await context.close();
});
