import { beforeAll, describe, expect, test } from 'vitest';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS, EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import type { GlbRefusalCode } from './check-result.ts';
import { checkGlb } from './check-glb.ts';
import { edited, extras, spectacles } from './glb-for-tests.ts';
import { usualBudget } from './glb-budget.ts';

/** A necklace of one small link in four places about the neck. */
async function necklace(vitrine: unknown, radiusM: number): Promise<Uint8Array> {
  const bytes = await spectacles({ vitrine, widthM: 0.003, parts: ['chain'] });
  const io = new NodeIO().registerExtensions(ALL_EXTENSIONS);
  const document = await io.readBinary(bytes);
  const [buffer] = document.getRoot().listBuffers();
  if (!buffer) throw new Error('The model has no data.');
  const [r, o] = [radiusM, 0];
  const places = document
    .createAccessor()
    .setBuffer(buffer)
    .setType('VEC3')
    .setArray(new Float32Array([r, o, o, -r, o, o, o, o, r, o, o, -r]));
  const batch = document.createExtension(EXTMeshGPUInstancing).createInstancedMesh();
  batch.setAttribute('TRANSLATION', places);
  const link = document
    .getRoot()
    .listNodes()
    .find((node) => node.getMesh() !== null);
  link?.setExtension('EXT_mesh_gpu_instancing', batch);
  return io.writeBinary(document);
}

async function refusal(bytes: Uint8Array): Promise<GlbRefusalCode | 'accepted'> {
  const result = await checkGlb(bytes);
  return result.ok ? 'accepted' : result.error.code;
}

describe('a model is checked before anything touches it', () => {
  let good: Uint8Array;
  beforeAll(async () => {
    good = await spectacles();
  });

  test('a sound one is accepted, with what it costs', async () => {
    const result = await checkGlb(good);
    expect(result).toMatchObject({ ok: true, value: { triangles: 1, drawCalls: 1, nodes: 3, depth: 2 } });
  });

  test('one cut short is refused, wherever it is cut', async () => {
    for (const keep of [19, 30, good.length - 40, good.length - 1]) {
      expect(await refusal(good.subarray(0, keep))).toBe('cut-short');
    }
  });

  test('one cut short that hides it in its header is refused', async () => {
    const cut = good.slice(0, good.length - 40);
    new DataView(cut.buffer).setUint32(8, cut.length, true);
    expect(await refusal(cut)).toBe('cut-short');
  });

  test('something else is refused', async () => {
    expect(await refusal(new TextEncoder().encode('<!doctype html><p>Not found</p>'))).toBe('not-glb');
    expect(await refusal(new Uint8Array())).toBe('not-glb');
  });

  test('one that refers to another address is refused', async () => {
    const outside = edited(good, (json) => {
      json['images'] = [{ uri: 'https://example.com/t.png' }];
    });
    expect(await refusal(outside)).toBe('external-resource');
  });

  test('one whose geometry no validator can see is refused', async () => {
    const hidden = edited(good, (json) => {
      json['extensionsUsed'] = ['KHR_draco_mesh_compression'];
    });
    expect(await refusal(hidden)).toBe('forbidden-extension');
  });

  test('one that requires what no mirror reads is refused, and told what', async () => {
    const packed = edited(good, (json) => {
      json['extensionsUsed'] = ['KHR_materials_unlit'];
      json['extensionsRequired'] = ['KHR_materials_unlit'];
    });
    const result = await checkGlb(packed);
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden-extension' } });
    expect(result.ok ? '' : result.error.message).toContain('KHR_materials_unlit');
  });

  test('one that does not say how it is worn is refused, and told where', async () => {
    const wrong = { ...extras, fit: { ...extras.fit, bridgeWidthMm: -1 } };
    const result = await checkGlb(await spectacles({ vitrine: wrong }));
    expect(result).toMatchObject({ ok: false, error: { code: 'wrong-extras' } });
    expect(result.ok ? '' : result.error.message).toContain('fit.bridgeWidthMm');
    expect(await refusal(await spectacles({ vitrine: { ...extras, anchor: 'leftWrist' } }))).toBe(
      'wrong-extras',
    );
    expect(
      await refusal(
        await spectacles({ vitrine: { ...extras, moving: [{ ...extras.moving[0], node: 'wing' }] } }),
      ),
    ).toBe('wrong-extras');
  });

  test('one that says wrongly how it is worn is told the key and what is wrong there', async () => {
    const told = async (vitrine: unknown): Promise<string> => {
      const result = await checkGlb(await spectacles({ vitrine }));
      return result.ok ? 'accepted' : result.error.message;
    };
    expect(await told({ ...extras, anchor: 'wrist' })).toMatch(/extras\.vitrine\.anchor.*"noseBridge"/);
    expect(await told({ ...extras, fit: {} })).toMatch(/: extras\.vitrine\.fit\.lensWidthMm is missing\.$/);
    expect(await told({ ...extras, colour: 'red' })).toContain('"colour"');
    expect(await told({ ...extras, category: 'tiara' })).toMatch(
      /extras\.vitrine\.category: There is no .* eyewear, hat, .*, makeup; .* such as x-brooch\.$/,
    );
    expect(await told(JSON.stringify(extras))).toMatch(/is a text; it must be an object/);
    const bare = edited(good, (json) => {
      for (const node of json['nodes'] as { extras?: unknown }[]) delete node.extras;
    });
    const result = await checkGlb(bare);
    expect(result.ok ? '' : result.error.message).toContain('has no extras.vitrine');
  });

  test('one without a part that its category moves is refused, and told which', async () => {
    const result = await checkGlb(await spectacles({ parts: [] }));
    expect(result).toMatchObject({ ok: false, error: { code: 'missing-part' } });
    expect(result.ok ? '' : result.error.message).toContain('temple_right');
    expect(await refusal(await spectacles({ parts: ['temple_right', 'temple_right'] }))).toBe('missing-part');
  });

  test('one in millimetres, centimetres or inches is refused, whatever its fit says', async () => {
    for (const widthM of [140, 14, 5.5, 0.0055]) {
      expect(await refusal(await spectacles({ widthM })), `${widthM} m`).toBe('wrong-size');
    }
    const result = await checkGlb(await spectacles({ widthM: 140 }));
    expect(result.ok ? '' : result.error.message).toMatch(/140000 mm .*frameWidthMm.* 140 mm: .*metres/);
    const own = { ...extras, category: 'x-brooch', anchor: 'neckBase', fit: {} };
    expect(await refusal(await spectacles({ vitrine: own, widthM: 0.04 }))).toBe('accepted');
    expect(await refusal(await spectacles({ vitrine: own, widthM: 40 }))).toBe('wrong-size');
  });

  test('one that does not say which scene it shows is measured by its first', async () => {
    expect(await refusal(await spectacles({ namesScene: false }))).toBe('accepted');
    expect(await refusal(await spectacles({ namesScene: false, widthM: 14 }))).toBe('wrong-size');
  });

  test('one that stands in many places is measured by its places', async () => {
    const chain = {
      ...extras,
      category: 'necklace',
      anchor: 'neckBase',
      fit: { chainLengthMm: 450 },
      moving: [],
    };
    const laid = (radiusM: number): Promise<Uint8Array> => necklace(chain, radiusM);
    expect(await refusal(await laid(0.07))).toBe('accepted');
    expect(await refusal(await laid(7))).toBe('wrong-size');
  });

  test('one whose finishes cannot be chosen is refused', async () => {
    expect(await refusal(await spectacles({ variants: [] }))).toBe('wrong-variants');
    expect(await refusal(await spectacles({ variants: ['smoke', 'smoke'] }))).toBe('wrong-variants');
  });

  test('a colour to be worn has a shade within nature for every finish, and none for another', async () => {
    const shade = { color: [0.3, 0.1, 0.1], opacity: 0.8, finish: 'satin' };
    const colour = (shades: object): Promise<Uint8Array> =>
      spectacles({
        widthM: 0.07,
        variants: ['prune', 'miel'],
        vitrine: {
          ...extras,
          category: 'makeup',
          anchor: 'face',
          moving: [],
          fit: { lengthMm: 74, widthMm: 19, region: 'lips', shades },
        },
      });
    expect(await refusal(await colour({ prune: shade, miel: shade }))).toBe('accepted');
    expect(await refusal(await colour({ prune: shade }))).toBe('wrong-variants');
    expect(await refusal(await colour({ prune: shade, miel: shade, noir: shade }))).toBe('wrong-variants');
    const lamp = { ...shade, color: [50, 0.1, 0.1] };
    expect(await refusal(await colour({ prune: shade, miel: lamp }))).toBe('wrong-extras');
  });

  test('one that says what cannot be is refused', async () => {
    const says = async (vitrine: object): Promise<string> =>
      refusal(await spectacles({ vitrine: { ...extras, ...vitrine } }));
    expect(await says({ moving: [{ ...extras.moving[0], axis: [0, 0, 0] }] })).toBe('wrong-extras');
    expect(await says({ wornFrame: { ...extras.wornFrame, translationMm: [1e6, 0, 0] } })).toBe(
      'wrong-extras',
    );
    const ring = { category: 'ring', anchor: 'finger', moving: [] };
    const sizes = { innerDiameterMm: 140, bandWidthMm: 2, leastSizeEu: 60, greatestSizeEu: 48 };
    const upside = await spectacles({ vitrine: { ...extras, ...ring, fit: sizes }, parts: ['band'] });
    expect(await refusal(upside)).toBe('wrong-extras');
  });

  test('one whose texture is a drawing that runs is refused', async () => {
    expect(await refusal(await spectacles({ texturePx: 16, picture: 'svg' }))).toBe('bad-texture');
  });

  test('one over its budget is refused', async () => {
    const small = { ...usualBudget, bytes: 100 };
    expect(await checkGlb(good, small)).toMatchObject({ ok: false, error: { code: 'over-budget' } });
    expect(await checkGlb(good, { ...usualBudget, triangles: 0 })).toMatchObject({
      ok: false,
      error: { code: 'over-budget' },
    });
    expect(await refusal(await spectacles({ depth: 40 }))).toBe('over-budget');
    expect(await refusal(await spectacles({ texturePx: 1025 }))).toBe('over-budget');
    expect(await refusal(await spectacles({ texturePx: 1024 }))).toBe('accepted');
  });

  test('one that asks for more memory than it brings is refused', async () => {
    const greedy = edited(good, (json) => {
      json['accessors'] = [{ componentType: 5126, count: 100_000_000, type: 'VEC3' }];
    });
    expect(await refusal(greedy)).toBe('over-budget');
  });

  test('one whose nodes are their own ancestors is refused', async () => {
    const cyclic = edited(good, (json) => {
      const nodes = json['nodes'] as { children?: number[] }[];
      for (const [i, node] of nodes.entries()) {
        node.children = [(i + 1) % nodes.length];
      }
    });
    expect(await refusal(cyclic)).toBe('invalid-gltf');
  });

  test('one that the Khronos validator faults is refused', async () => {
    expect(await refusal(await spectacles({ normal: [0, 0, 3] }))).toBe('invalid-gltf');
  });
});
