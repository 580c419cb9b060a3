import { beforeAll, describe, expect, test } from 'vitest';
import { Document, NodeIO } from '@gltf-transform/core';
import sharp from 'sharp';
import type { GlbRefusalCode } from './check-result.ts';
import { checkGlb } from './check-glb.ts';
import { usualBudget } from './glb-budget.ts';

const extras = {
  schemaVersion: 1,
  category: 'eyewear',
  anchor: 'noseBridge',
  wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
  fit: {
    lensWidthMm: 51,
    lensHeightMm: 38,
    bridgeWidthMm: 19,
    templeLengthMm: 145,
    frameWidthMm: 140,
    pantoscopicDeg: 9,
    wrapDeg: 5,
  },
  moving: [{ node: 'temple_left', joint: 'hinge', axis: [0, 1, 0], limits: [-90, 8] }],
  engraveable: [],
};

interface Wanted {
  readonly vitrine?: unknown;
  readonly depth?: number;
  readonly texturePx?: number;
  readonly normal?: readonly [number, number, number];
}

async function model(wanted: Wanted = {}): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const accessor = (type: 'VEC3', values: number[]): ReturnType<Document['createAccessor']> =>
    document.createAccessor().setBuffer(buffer).setType(type).setArray(new Float32Array(values));
  const normal = wanted.normal ?? [0, 0, 1];
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', [0, 0, 0, 0.01, 0, 0, 0, 0.01, 0]))
    .setAttribute('NORMAL', accessor('VEC3', [...normal, ...normal, ...normal]))
    .setIndices(
      document
        .createAccessor()
        .setBuffer(buffer)
        .setArray(new Uint16Array([0, 1, 2])),
    );
  if (wanted.texturePx !== undefined) {
    const side = wanted.texturePx;
    const image = await sharp({ create: { width: side, height: 8, channels: 3, background: '#844' } })
      .png()
      .toBuffer();
    const uv = document.createAccessor().setBuffer(buffer).setType('VEC2').setArray(new Float32Array(6));
    const texture = document.createTexture('t').setImage(new Uint8Array(image)).setMimeType('image/png');
    primitive
      .setAttribute('TEXCOORD_0', uv)
      .setMaterial(document.createMaterial().setBaseColorTexture(texture));
  }
  const temple = document.createNode('temple_left').setMesh(document.createMesh().addPrimitive(primitive));
  let inner = temple;
  for (let i = 0; i < (wanted.depth ?? 0); i += 1) {
    inner = document.createNode(`n${i}`).addChild(inner);
  }
  const root = document
    .createNode('piece')
    .addChild(inner)
    .setExtras({ vitrine: wanted.vitrine ?? extras });
  document.getRoot().setDefaultScene(document.createScene().addChild(root));
  return new NodeIO().writeBinary(document);
}

type Json = Record<string, unknown>;

/** Rewrites the description inside a GLB. */
function edited(bytes: Uint8Array, edit: (json: Json) => void): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length))) as Json;
  edit(json);
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  const rest = bytes.subarray(20 + length);
  const out = new Uint8Array(20 + padded.length + rest.length);
  out.set(bytes.subarray(0, 20));
  out.set(padded, 20);
  out.set(rest, 20 + padded.length);
  const written = new DataView(out.buffer);
  written.setUint32(8, out.length, true);
  written.setUint32(12, padded.length, true);
  return out;
}

async function refusal(bytes: Uint8Array): Promise<GlbRefusalCode | 'accepted'> {
  const result = await checkGlb(bytes);
  return result.ok ? 'accepted' : result.error.code;
}

describe('a model is checked before anything touches it', () => {
  let good: Uint8Array;
  beforeAll(async () => {
    good = await model();
  });

  test('a sound one is accepted, with what it costs', async () => {
    const result = await checkGlb(good);
    expect(result).toMatchObject({ ok: true, value: { triangles: 1, drawCalls: 1, nodes: 2, depth: 2 } });
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
    const result = await checkGlb(await model({ vitrine: wrong }));
    expect(result).toMatchObject({ ok: false, error: { code: 'wrong-extras' } });
    expect(result.ok ? '' : result.error.message).toContain('fit.bridgeWidthMm');
    expect(await refusal(await model({ vitrine: { ...extras, anchor: 'leftWrist' } }))).toBe('wrong-extras');
    expect(
      await refusal(await model({ vitrine: { ...extras, moving: [{ ...extras.moving[0], node: 'wing' }] } })),
    ).toBe('wrong-extras');
  });

  test('one over its budget is refused', async () => {
    const small = { ...usualBudget, bytes: 100 };
    expect(await checkGlb(good, small)).toMatchObject({ ok: false, error: { code: 'over-budget' } });
    expect(await checkGlb(good, { ...usualBudget, triangles: 0 })).toMatchObject({
      ok: false,
      error: { code: 'over-budget' },
    });
    expect(await refusal(await model({ depth: 40 }))).toBe('over-budget');
    expect(await refusal(await model({ texturePx: 1025 }))).toBe('over-budget');
    expect(await refusal(await model({ texturePx: 1024 }))).toBe('accepted');
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
    expect(await refusal(await model({ normal: [0, 0, 3] }))).toBe('invalid-gltf');
  });
});
