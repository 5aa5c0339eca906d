/**
 * What a browser complains about: console errors, uncaught errors, policy reports.
 * Any of them fails a test. Only a line that the test itself cut may be complained about.
 */
import type { Page } from '@playwright/test';

/** Chromium's own words for a connection that cannot be made. */
const NETWORK = [/net::ERR_/, /^WebSocket connection to .* failed/];

/** Collects the complaints of pages. */
export class Complaints {
  readonly list: string[] = [];

  /** Listens to a page; `cut` tells whether its network was ever down on purpose. */
  async listen(page: Page, cut: () => boolean): Promise<void> {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const network = NETWORK.some((words) => words.test(message.text()));
      if (!(network && cut())) this.list.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.list.push(`uncaught: ${error.stack ?? error}`));
    page.on('crash', () => this.list.push('the page crashed'));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
      });
    });
  }
}
