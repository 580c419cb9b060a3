import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { checkCollection } from '../pipeline/check-collection.ts';
import { checkGlb } from '../pipeline/check-glb.ts';
import { forgeAll, pieces } from './forge-all.ts';
import { fil } from './pieces/fil.ts';

const log = (): void => {};

/** The nodes of a piece that draw something, with how many primitives each: what a stage swaps one level's for the other's. */
async function partsOf(bytes: Uint8Array): Promise<readonly (readonly [name: string, primitives: number])[]> {
  const document = await new NodeIO().registerExtensions(ALL_EXTENSIONS).readBinary(bytes);
  const parts: [string, number][] = [];
  document
    .getRoot()
    .getDefaultScene()
    ?.traverse((node) => {
      const mesh = node.getMesh();
      if (mesh !== null) parts.push([node.getName(), mesh.listPrimitives().length]);
    });
  return parts;
}

describe('the forge', () => {
  let outDir = '';
  beforeAll(async () => {
    outDir = await mkdtemp(path.join(tmpdir(), 'forge-'));
  });
  afterAll(() => rm(outDir, { recursive: true, force: true }));

  test('writes every piece in two levels of detail, accepted by the pipeline, the second a quarter of the first and made of the same parts', async () => {
    const { status, files } = await forgeAll({ outDir, log });
    expect(status).toBe('forged');
    expect(files).toHaveLength(2 * pieces.length);
    const triangles = new Map<string, number>();
    for (const file of files) {
      const checked = await checkGlb(new Uint8Array(await readFile(path.join(outDir, file))));
      expect(checked, file).toMatchObject({ ok: true });
      if (checked.ok) triangles.set(file, checked.value.triangles);
    }
    for (const file of files.filter((name) => name.endsWith('.lod1.glb'))) {
      const share = (triangles.get(file) ?? 0) / (triangles.get(file.replace('.lod1.glb', '.glb')) ?? 1);
      expect(share, file).toBeGreaterThan(0.2);
      expect(share, file).toBeLessThan(0.26);
      const partsIn = async (name: string) =>
        partsOf(new Uint8Array(await readFile(path.join(outDir, name))));
      expect(await partsIn(file), file).toEqual(await partsIn(file.replace('.lod1.glb', '.glb')));
    }
  }, 240_000);

  test.each(['norde', 'aurelle'])(
    'makes what the catalogue of %s says of it',
    async (maison) => {
      const collections = path.join(import.meta.dirname, '..', 'collections');
      const forged = (file: string): string =>
        file.endsWith('.glb') ? path.join(outDir, path.relative(collections, file)) : file;
      const faults = await checkCollection(
        path.join(collections, maison),
        (file) => readFile(forged(file)),
        (file) => existsSync(forged(file)),
      );
      expect(faults).toEqual([]);
    },
    240_000,
  );
});

describe('a piece that was forged', () => {
  const options = { log, pieces: [fil] };
  let outDir = '';
  beforeAll(async () => {
    outDir = await mkdtemp(path.join(tmpdir(), 'forge-'));
    await forgeAll({ ...options, outDir });
  });
  afterAll(() => rm(outDir, { recursive: true, force: true }));

  test('is not forged again when nothing changed', async () => {
    expect((await forgeAll({ ...options, outDir })).status).toBe('fresh');
  });

  test('is forged again when it is damaged, to the same bytes', async () => {
    const file = path.join(outDir, 'aurelle', 'pieces', 'fil.glb');
    const before = await readFile(file);
    await truncate(file, 1000);
    expect((await forgeAll({ ...options, outDir })).status).toBe('forged');
    expect((await readFile(file)).equals(before)).toBe(true);
  });
});
