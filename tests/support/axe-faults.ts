import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds against a page: each rule with the elements that break it. `look` narrows what it looks for. */
export async function axeFaults(
  page: Page,
  look: (builder: AxeBuilder) => AxeBuilder = (builder) => builder,
): Promise<string[]> {
  const { violations } = await look(new AxeBuilder({ page })).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
