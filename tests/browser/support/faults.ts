/** What axe finds that keeps people out. Owns what counts as that. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Each fault in a few words, with what it is about. */
export async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}
