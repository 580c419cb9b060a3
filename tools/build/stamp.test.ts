import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listingOf, makeIfStale, stampOf } from './stamp.ts';

describe('what is built', () => {
  let root: string;
  let made: number;
  const at = (file: string) => path.join(root, file);

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'vitrine-stamp-'));
    made = 0;
    await mkdir(at('src/deep'), { recursive: true });
    await writeFile(at('src/deep/one.ts'), 'one');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const make = async () => {
    made += 1;
    await mkdir(at('out'), { recursive: true });
    await writeFile(at('out/built.js'), 'built');
    await writeFile(at('out/other.js'), 'built');
  };
  const build = (how = make) =>
    makeIfStale({
      stampFile: at('stamps/out'),
      stamp: () => `${stampOf(root, ['src'])} ${listingOf(at('out'), /\.js$/)}`,
      make: how,
    });

  it('is built once and then left alone, even when sources are touched or their tests change', async () => {
    expect(await build()).toBe(true);
    await utimes(at('src/deep/one.ts'), 1, 1);
    await writeFile(at('src/deep/one.test.ts'), 'a test');
    await writeFile(at('out/notes.txt'), 'not of the build');
    expect(await build()).toBe(false);
    expect(made).toBe(1);
  });

  it.each([
    ['a source changes', () => writeFile(at('src/deep/one.ts'), 'two')],
    ['a source joins', () => writeFile(at('src/two.ts'), '')],
    ['a source goes', () => rm(at('src/deep/one.ts'))],
    ['the results are removed', () => rm(at('out'), { recursive: true })],
    ['one result is removed', () => rm(at('out/other.js'))],
    ['a result is cut short', () => truncate(at('out/built.js'), 2)],
    ['the stamp is removed', () => rm(at('stamps/out'))],
  ])('is built again when %s', async (_name, change) => {
    await build();
    await change();
    expect(await build()).toBe(true);
    expect(await build()).toBe(false);
  });

  it('stays stale after a build that broke off, also when the sources go back to what they were', async () => {
    await build();
    await writeFile(at('src/deep/one.ts'), 'broken');
    const breaksOff = async () => {
      await writeFile(at('out/built.js'), 'wrong');
      throw new Error('killed');
    };
    await expect(build(breaksOff)).rejects.toThrow('killed');
    await writeFile(at('src/deep/one.ts'), 'one');
    expect(await build()).toBe(true);
  });
});
