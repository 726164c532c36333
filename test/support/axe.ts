import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { reportFigure } from './size';

/** What axe finds on a page as it stands: each rule that is broken, with the elements that break it. */
export async function findViolations(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    return (await axe.run({ resultTypes: ['violations'] })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
    );
  });
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const { pathname, search } = new URL(page.url());
  reportFigure(`axe, violations on ${pathname}${search} at ${width} × ${height}`, found.length);
  return found;
}
