import { createRequire } from 'node:module';
import { NodeIO } from '@gltf-transform/core';
import { KHRMeshQuantization } from '@gltf-transform/extensions';
import { beforeAll, describe, expect, it } from 'vitest';
import { eyeCentreMm } from '../mannequin/head-form.ts';
import { mannequinDistanceMm } from '../mannequin/mannequin-form.ts';
import { eyeballRadiusMm, lidEdgesMm } from './eye-opening.ts';
import { visitorGarmentMm, visitorHairMm, visitorSkinMm } from './visitor-form.ts';
import { forgeVisitor } from './visitor.ts';

/** The part of the Khronos validator's report that is read here; the validator ships no types. */
interface Validator {
  readonly validateBytes: (
    bytes: Uint8Array,
  ) => Promise<{ readonly issues: { readonly numErrors: number; readonly numWarnings: number } }>;
}

describe('the forged visitor', () => {
  let glb: Uint8Array;

  beforeAll(async () => {
    glb = await forgeVisitor({ cellMm: 3 });
  }, 60_000);

  it('is a valid glTF of skin, hair, hands and garment, within its budget', async () => {
    const validator = createRequire(import.meta.url)('gltf-validator') as Validator;
    const { issues } = await validator.validateBytes(glb);
    expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
    const document = await new NodeIO().registerExtensions([KHRMeshQuantization]).readBinary(glb);
    const names = document
      .getRoot()
      .listNodes()
      .map((node) => node.getName());
    expect(names).toEqual(['skin', 'hair', 'hands', 'garment']);
    expect(glb.byteLength).toBeLessThan(1_500_000);
  });

  it('opens the lids on an eyeball that fills what lies between them', () => {
    const [lower, upper] = lidEdgesMm(eyeCentreMm.x);
    expect(upper - lower).toBeGreaterThan(8);
    expect(upper - lower).toBeLessThan(11.7);
    const frontMm = eyeCentreMm.z + eyeballRadiusMm;
    expect(visitorSkinMm(eyeCentreMm.x, (lower + upper) / 2, frontMm)).toBeGreaterThan(0);
    expect(visitorSkinMm(eyeCentreMm.x, upper + 3, frontMm - 1)).toBeLessThan(0.5);
    expect(mannequinDistanceMm(eyeCentreMm.x, (lower + upper) / 2, frontMm)).toBeLessThan(0.5);
  });

  it('leaves the face and the ear free of hair, and the throat free of cloth', () => {
    for (const [x, y, z] of [
      [0, 66, 50],
      [31, 48, 45],
      [85, 10, -58],
      [0, -40, 55],
    ] as const) {
      expect(visitorHairMm(x, y, z)).toBeGreaterThan(0);
    }
    expect(visitorHairMm(0, 130, -40)).toBeLessThan(0);
    expect(visitorGarmentMm(0, -140, -20)).toBeGreaterThan(0);
    expect(visitorGarmentMm(150, -260, -80)).toBeLessThan(0);
  });
});
