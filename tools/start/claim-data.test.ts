import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimData, claimFileName } from './claim-data.ts';

describe('claiming the data folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-claim-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('lets one server run on a folder at a time, and the next one when it has gone', async () => {
    const release = await claimData(path.join(dir, 'data'));
    await expect(claimData(path.join(dir, 'data'))).rejects.toMatchObject({ code: 'data-in-use' });
    expect(await readdir(path.join(dir, 'data'))).toEqual([claimFileName]);
    release();
    const again = await claimData(path.join(dir, 'data'));
    again();
  });

  it('says so where the folder cannot be a folder', async () => {
    await writeFile(path.join(dir, 'file'), '');
    await expect(claimData(path.join(dir, 'file'))).rejects.toMatchObject({ code: 'data-unusable' });
  });
});
