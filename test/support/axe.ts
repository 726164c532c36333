import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What axe finds on a page as it stands: each rule that is broken, with the elements that break it. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
  });
}
