import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resetData } from './reset-data.ts';

describe('beginning anew', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-reset-'));
    await writeFile(path.join(dir, 'vitrine.sqlite'), '');
    await writeFile(path.join(dir, 'vitrine.sqlite-wal'), '');
    await mkdir(path.join(dir, 'tls'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('forgets the database and keeps connectors, houses and the certificate authority that devices trust', async () => {
    await writeFile(path.join(dir, 'connectors.json'), '{}');
    await writeFile(path.join(dir, 'houses.json'), '{}');
    await resetData(dir);
    expect((await readdir(dir)).sort()).toEqual(['connectors.json', 'houses.json', 'tls']);
  });

  it('touches nothing in a folder that holds what is not ours', async () => {
    await writeFile(path.join(dir, 'thesis.doc'), '');
    await expect(resetData(dir)).rejects.toMatchObject({ code: 'foreign-data' });
    expect(await readdir(dir)).toContain('vitrine.sqlite');
  });

  it('is content with a folder that is not there yet', async () => {
    await expect(resetData(path.join(dir, 'none'))).resolves.toBeUndefined();
  });
});
