/** The engine traps, and the server ends the connection for good: what is kept, what is said, and the ways on. */
import { readFile } from 'node:fs/promises';
import type { BoardPage } from './support/board-page';
import { canFail, confuse } from './support/failing';
import { expect, test } from './support/fixtures';
import { faults } from './support/faults';

/** Draws a box. */
async function draws(ada: BoardPage, top: number): Promise<void> {
  await ada.take('Rectangle');
  await ada.drag([500, top], [600, top + 60]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an engine that traps is replaced, and one that does it again is stopped, in ${colorScheme}`, async ({ browser, open, complaints, stored }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    await canFail(context);
    const ada = await open({ browser: context });
    const { page } = ada;
    await draws(ada, 300);
    await ada.saved();
    await confuse(page);
    await page.mouse.move(300, 300);
    await expect(page.getByText('The drawing engine was restarted.')).toBeVisible();
    await ada.saved();
    await ada.showsBands(1);
    await draws(ada, 400);
    await ada.saved();
    expect((await stored()).length).toBe(2);

    await confuse(page);
    await page.mouse.move(400, 300);
    await expect(page.getByRole('heading', { name: 'The drawing engine stopped' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my changes' }).click(),
    ]);
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toBeTruthy();
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Open the server’s copy' }).click(),
    ]);
    await ada.saved();
    await ada.showsBands(2);
    expect(complaints.list.splice(0).every((words) => words.includes('the engine trapped'))).toBe(true);
    await context.close();
  });

  test(`a connection that the server ends is told, and the page goes on, in ${colorScheme}`, async ({ browser, open }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const end = await canFail(context);
    const ada = await open({ browser: context });
    const { page } = ada;
    await end(4422);
    await expect(page.getByRole('alert')).toContainText('The server could not take a change made here.');
    await draws(ada, 300);
    await expect(page.getByRole('button', { name: 'Download my changes' }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Your boards' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
    await ada.saved();
    await ada.showsBands(1);
    await context.close();
  });
}
