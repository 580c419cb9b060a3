import { expect, it } from 'vitest';
import { withTables } from './api-page.ts';

const rows = [
  ['code', 'what'],
  ['`a|b`', 'two'],
];
const table = '| code   | what |\n| ------ | ---- |\n| `a\\|b` | two  |\n';

it('a page has its tables made anew, and nothing else on it changes', () => {
  const page = (shown: string) => `# Codes\n\n<!-- table: codes -->\n${shown}\nThen:\n\n| own | table |\n`;
  const right = page(`\n${table}`);
  expect(withTables(page(''), { codes: rows })).toBe(right);
  expect(withTables(page('\n| old | one |\n| --- | --- |\n'), { codes: rows })).toBe(right);
  expect(withTables(right, { codes: rows })).toBe(right);
  expect(withTables(`<!-- table: codes -->\n\n${table}`, { codes: rows })).toBe(
    `<!-- table: codes -->\n\n${table}`,
  );
});

it('a page that names a table which is not there is refused', () => {
  expect(() => withTables('<!-- table: tides -->\n', { codes: rows })).toThrow('There is no table tides.');
});
