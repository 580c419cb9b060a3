import { describe, expect, it } from 'vitest';
import { checkGlb, glbCaps } from './check-glb.ts';

/** A GLB of this outline with so many bytes of data. */
function glb(outline: object, dataBytes = 0): Uint8Array {
  const text = JSON.stringify(outline);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 4) * 4));
  const total = 12 + 8 + json.byteLength + (dataBytes > 0 ? 8 + dataBytes : 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, total, true);
  view.setUint32(12, json.byteLength, true);
  view.setUint32(16, 0x4e4f534a, true);
  bytes.set(json, 20);
  if (dataBytes > 0) {
    view.setUint32(20 + json.byteLength, dataBytes, true);
    view.setUint32(24 + json.byteLength, 0x004e4942, true);
  }
  return bytes;
}

const asset = { version: '2.0' };
const triangle = {
  asset,
  buffers: [{ byteLength: 36 }],
  bufferViews: [{ buffer: 0, byteLength: 36 }],
  accessors: [{ bufferView: 0, count: 3, componentType: 5126, type: 'VEC3' }],
  nodes: [{ children: [1] }, {}],
};

function codeOf(bytes: Uint8Array): string {
  const checked = checkGlb(bytes);
  return checked.ok ? 'ok' : checked.error.code;
}

describe('a model before it is read', () => {
  it('is let through when it is whole and keeps to itself', () => {
    expect(codeOf(glb(triangle, 36))).toBe('ok');
  });

  it('is refused as cut short at whatever byte the download broke off', () => {
    const whole = glb(triangle, 36);
    for (let length = 0; length < whole.byteLength; length += 1) {
      expect(codeOf(whole.subarray(0, length)), `${length} bytes`).toBe('piece-truncated');
    }
  });

  it('is refused when it is something else', () => {
    expect(codeOf(new TextEncoder().encode('<!doctype html><title>Not found</title>'))).toBe(
      'piece-malformed',
    );
    expect(codeOf(glb({ asset: { version: '1.0' } }))).toBe('piece-malformed');
    const trailing = new Uint8Array(glb(triangle, 36).byteLength + 4);
    trailing.set(glb(triangle, 36));
    expect(codeOf(trailing)).toBe('piece-malformed');
  });

  it('is refused when it would fetch anything', () => {
    expect(codeOf(glb({ asset, buffers: [{ uri: 'https://elsewhere.example/a.bin', byteLength: 4 }] }))).toBe(
      'piece-refers-outside',
    );
    expect(codeOf(glb({ asset, images: [{ uri: 'texture.png' }] }))).toBe('piece-refers-outside');
  });

  it('is refused when an accessor has no data behind it, which would be allocated out of nothing', () => {
    const huge = { count: 100_000_000, componentType: 5126, type: 'VEC4' };
    expect(codeOf(glb({ asset, accessors: [huge] }))).toBe('piece-too-large');
    expect(codeOf(glb({ asset, accessors: [{ ...huge, count: 1_000_000 }] }))).toBe('piece-malformed');
    expect(codeOf(glb({ ...triangle, accessors: [{ ...triangle.accessors[0], count: 4 }] }, 36))).toBe(
      'piece-malformed',
    );
  });

  it('is refused when its nodes form a ring, share a child or nest without end', () => {
    expect(codeOf(glb({ asset, nodes: [{ children: [1] }, { children: [0] }] }))).toBe('piece-malformed');
    expect(codeOf(glb({ asset, nodes: [{ children: [2] }, { children: [2] }, {}] }))).toBe('piece-malformed');
    const chain = Array.from({ length: glbCaps.nodeDepth + 1 }, (_, i) =>
      i < glbCaps.nodeDepth ? { children: [i + 1] } : {},
    );
    expect(codeOf(glb({ asset, nodes: chain }))).toBe('piece-too-large');
  });

  it('is refused when it needs what this reader cannot do', () => {
    expect(codeOf(glb({ asset, extensionsRequired: ['KHR_draco_mesh_compression'] }))).toBe(
      'piece-unsupported',
    );
  });
});
