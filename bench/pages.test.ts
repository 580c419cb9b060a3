import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { benchPage, pagePaths, resultsDir } from './pages.ts';

const shownOn = new Map(pagePaths.map((page) => [page, readFileSync(page, 'utf8')]));

it('every bench has its table on a page', () => {
  const shown = Array.from(shownOn.values()).join('\n');
  for (const file of readdirSync(resultsDir)) {
    expect(shown).toContain(`<!-- figures: ${path.parse(file).name} -->`);
  }
});

it.each(pagePaths)('the page shows the figures that were measured last: %s', async (page) => {
  expect(shownOn.get(page)).toMatch(/^\| .* \| +\d/m);
  expect(await benchPage(page)).toBe(shownOn.get(page));
});
