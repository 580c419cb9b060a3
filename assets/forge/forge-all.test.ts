import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ForgeReport } from './forge-all.ts';
import { checkGlb } from '../pipeline/check-glb.ts';
import { forgeAll, pieces } from './forge-all.ts';

describe('the forge', () => {
  let outDir = '';
  let first: ForgeReport;
  const log = (): void => {};
  const read = async (file: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(path.join(outDir, file)));

  beforeAll(async () => {
    outDir = await mkdtemp(path.join(tmpdir(), 'forge-'));
    first = await forgeAll({ outDir, log });
  }, 120_000);

  afterAll(async () => {
    await rm(outDir, { recursive: true, force: true });
  });

  test('writes every piece in two levels of detail, all accepted by the pipeline', async () => {
    expect(first.status).toBe('forged');
    expect(first.files).toHaveLength(2 * pieces.length);
    for (const file of first.files) {
      const checked = await checkGlb(await read(file));
      expect(checked, file).toMatchObject({ ok: true });
    }
  });

  test('gives the second level about a quarter of the triangles', async () => {
    for (const file of first.files.filter((name) => name.endsWith('.lod1.glb'))) {
      const [full, coarse] = [
        await checkGlb(await read(file.replace('.lod1.glb', '.glb'))),
        await checkGlb(await read(file)),
      ];
      if (!full.ok || !coarse.ok) {
        throw new Error('a piece was refused');
      }
      const share = coarse.value.triangles / full.value.triangles;
      expect(share, file).toBeGreaterThan(0.15);
      expect(share, file).toBeLessThan(0.35);
    }
  });

  test('skips the work when nothing changed', async () => {
    expect((await forgeAll({ outDir, log })).status).toBe('fresh');
  });

  test('forges again when a piece is damaged, and writes the same bytes', async () => {
    const file = path.join('norde', 'pieces', 'fjord-51.glb');
    const before = await read(file);
    await truncate(path.join(outDir, file), 1000);
    expect((await forgeAll({ outDir, log })).status).toBe('forged');
    expect(Buffer.from(await read(file)).equals(Buffer.from(before))).toBe(true);
  }, 120_000);
});
