import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../../tools/support/paths.ts';
import { unmarkedPrograms, withCode } from './support/code-in-docs.ts';

const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: rootDir })];
const read = (file: string): string => readFileSync(path.join(rootDir, file), 'utf8');

describe('code in the docs', () => {
  it.each(pages)('%s shows it as it stands in examples/', async (page) => {
    const told = `${page} shows other code than examples/. Change the example, never the page; "npx vitest run tests/house/code-in-docs.test.ts -u" then brings the page along`;
    await expect(withCode(read(page), read), told).toMatchFileSnapshot(path.join(rootDir, page));
  });

  it.each(pages)('%s shows none that is not from examples/', (page) => {
    const told = `${page} has code at these lines that nothing compiles. Write it as a region of a file below examples/ and name that above the block: <!-- code: examples/…#region -->`;
    expect(unmarkedPrograms(read(page)), told).toEqual([]);
  });
});

describe('a page', () => {
  const example =
    'import it;\n\n// #region greet\ngreet();\n// #endregion\n\n// #region wave\nwave();\n// #endregion\n';
  const block = (marker: string, code: string): string => `${marker}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  const marker = '<!-- code: examples/a.ts#greet -->';
  const rightPage = `Say:\n\n${block(marker, 'greet();')}\nThen go.\n\n\`\`\`sh\nnpm start\n\`\`\`\n`;

  it('stays as it is when it shows what the example says', () => {
    expect(withCode(rightPage, () => example)).toBe(rightPage);
    expect(unmarkedPrograms(rightPage)).toEqual([]);
  });

  it('is brought back to what the example says, and nothing else on it changes', () => {
    expect(withCode(rightPage.replace('greet();', 'greet(\n  you,\n);\n'), () => example)).toBe(rightPage);
    expect(withCode(rightPage.replace(block(marker, 'greet();'), `${marker}\n`), () => example)).toBe(
      rightPage,
    );
  });

  it('fails when it names a region or a folder that is not there', () => {
    expect(() => withCode(rightPage.replace('#greet', '#sing'), () => example)).toThrow(
      'examples/a.ts has no region sing with an end.',
    );
    expect(() => withCode(rightPage.replace('examples/', 'sdk/'), () => example)).toThrow(
      'sdk/a.ts is not below examples/.',
    );
  });

  it('is told the lines of every program that is its own', () => {
    const own = `${rightPage}\n\`\`\`tsx\n<b />\n\`\`\`\n\n- so:\n\n  ~~~JavaScript\n  go();\n  ~~~\n\n\`\`\`html\n<b></b>\n\`\`\`\n`;
    expect(unmarkedPrograms(own).map((line) => own.split('\n')[line - 1]?.trim())).toEqual([
      '```tsx',
      '~~~JavaScript',
    ]);
    expect(unmarkedPrograms(rightPage.replace('<!-- code: ', '<!-- code '))).toEqual([5]);
    // A marker speaks for the block right below it only.
    expect(unmarkedPrograms(rightPage.replace(marker, `${marker}\n\nAs here:`))).toEqual([7]);
  });
});
