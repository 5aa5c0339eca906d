/** A browser that keeps nothing for the page: the board works, says so, and nothing fails unheard. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { path } from './support/board-page';
import { expect, test as base } from './support/fixtures';

const test = base.extend<{ forgetful: BrowserContext }>({
  /** Chromium whose settings forbid sites to keep anything: no storage, no database, no locks. */
  forgetful: async ({ playwright, launchOptions }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'drawbridge-profile-'));
    await mkdir(join(profile, 'Default'));
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
    const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
});

const REFUSALS: [name: string, refuse: () => void][] = [
  ['as Chromium refuses', () => undefined],
  // Firefox refuses the channel as well.
  ['as Firefox refuses', () => Object.defineProperty(globalThis, 'BroadcastChannel', {
    value: function BroadcastChannel() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  })],
];

for (const [name, refuse] of REFUSALS) {
  test(`where nothing may be kept, ${name}, people draw together`, async ({ open, line, forgetful, stored }) => {
    await forgetful.addInitScript(refuse);
    const link = await line();
    const [ada, bob] = [await open({ via: link, browser: forgetful }), await open()];
    const refused = await ada.page.evaluate(() => navigator.locks.request('any', () => false).catch(() => true));
    expect(refused, 'the browser refuses locks').toBe(true);
    await ada.take('Pen');
    await ada.draw(...path([300, 300], [600, 300]));
    await ada.saved();
    link.cut();
    await expect(ada.connection).toHaveAttribute('data-state', 'offline');
    await ada.draw(...path([300, 400], [600, 400]));
    await ada.waiting(1);
    await expect(ada.connection).toContainText('1 change');
    link.mend();
    await ada.page.evaluate(() => dispatchEvent(new Event('online')));
    await ada.saved();
    // Out of sight a page folds its log.
    await ada.page.evaluate(() => dispatchEvent(new Event('pagehide')));
    await bob.showsBands(2);
    expect((await stored()).length).toBe(2);
  });
}
