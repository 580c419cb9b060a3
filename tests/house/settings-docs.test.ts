import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../server/settings/show-settings.ts';
import { rootDir } from '../../tools/support/paths.ts';

describe('the guide for operators', () => {
  it('lists every setting as the server reads it', () => {
    const guide = readFileSync(path.join(rootDir, 'docs/operations.md'), 'utf8');
    const section = /<!-- settings -->([\s\S]*)<!-- \/settings -->/.exec(guide)?.[1] ?? '';
    const rows = section
      .trim()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual(settingsTable());
  });
});
