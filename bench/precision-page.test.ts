import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { precisionPage } from './precision-page.ts';

/** Measured, and told elsewhere: it is not about precision. */
const elsewhere = ['realtime'];

it('the page about precision has a table of every bench', () => {
  const shown = readFileSync(path.join(import.meta.dirname, '../docs/precision.md'), 'utf8');
  const results = readdirSync(path.join(import.meta.dirname, 'results')).map((file) => path.parse(file).name);
  for (const name of results.filter((result) => !elsewhere.includes(result))) {
    expect(shown).toContain(`<!-- figures: ${name} -->`);
  }
});

it('the page about precision shows the figures that were measured last', async () => {
  const shown = readFileSync(path.join(import.meta.dirname, '../docs/precision.md'), 'utf8');
  expect(shown).toMatch(/smallest face found everywhere +\| px/);
  expect(await precisionPage()).toBe(shown);
});
