import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { precisionPage } from './precision-page.ts';

it('the page about precision shows the figures that were measured last', async () => {
  const shown = readFileSync(path.join(import.meta.dirname, '../docs/precision.md'), 'utf8');
  expect(shown).toMatch(/smallest face found everywhere +\| px/);
  expect(await precisionPage()).toBe(shown);
});
