import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { describeOnHost, modelPath, present } from '../../tests/support/host.ts';
import { CanonicalFaceError, readCanonicalFace } from './canonical-face-reader.ts';
import { floatFromBits, readProtobuf } from './protobuf-reader.ts';

const metadataName = 'geometry_pipeline_metadata_landmarks.binarypb';

describe('a model bundle', () => {
  it('that is no bundle, or holds no face, is refused by name', () => {
    const damaged = [
      new Uint8Array(0),
      strToU8('this is no zip'),
      zipSync({ 'something-else': strToU8('x') }),
      zipSync({ [metadataName]: new Uint8Array(0) }),
      zipSync({ [metadataName]: Uint8Array.of(0x0a, 0xff) }),
      zipSync({ [metadataName]: Uint8Array.of(0x0a, 0x02, 0x08, 0x00) }),
    ];
    for (const bundle of damaged) {
      expect(() => readCanonicalFace(bundle)).toThrow(CanonicalFaceError);
    }
  });
});

describe('the protobuf reader', () => {
  it('reads the four kinds of field', () => {
    const fields = [
      ...readProtobuf(
        Uint8Array.of(
          0x08,
          0x96,
          0x01,
          0x12,
          0x02,
          0x68,
          0x69,
          0x1d,
          0,
          0,
          0x80,
          0x3f,
          0x21,
          1,
          2,
          3,
          4,
          5,
          6,
          7,
          8,
        ),
      ),
    ];
    expect(fields[0]).toEqual({ number: 1, kind: 'varint', value: 150 });
    expect(fields[1]).toEqual({ number: 2, kind: 'bytes', bytes: strToU8('hi') });
    const float = fields[2];
    expect(float?.kind === 'fixed32' && floatFromBits(float.bits)).toBe(1);
    expect(fields[3]).toEqual({ number: 4, kind: 'fixed64' });
  });

  it('refuses what is cut short', () => {
    for (const bytes of [[0x08], [0x08, 0x80], [0x12, 0x05, 0x01], [0x1d, 0, 0], [0x0b], [0x00, 0x01]]) {
      expect(() => [...readProtobuf(Uint8Array.from(bytes))]).toThrow(RangeError);
    }
  });
});

describeOnHost("the official bundle's canonical face", ['face-model'], () => {
  it('has 468 vertices in millimetres, outward triangles and weights that sum to one', () => {
    const face = readCanonicalFace(readFileSync(present(modelPath('face_landmarker.task'))));
    expect(face.verticesMm).toHaveLength(468 * 3);
    expect(face.triangles).toHaveLength(898 * 3);
    const noseTip = face.verticesMm.subarray(3, 6);
    expect(noseTip[0]).toBeCloseTo(0, 3);
    expect(noseTip[2]).toBeCloseTo(74.756, 2);
    expect(face.fitWeights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    let outward = 0;
    for (let at = 0; at < face.triangles.length; at += 3) {
      const [a, b, c] = [0, 1, 2].map((corner) => {
        const vertex = (face.triangles[at + corner] ?? 0) * 3;
        return [0, 1, 2].map((axis) => face.verticesMm[vertex + axis] ?? 0);
      }) as [number[], number[], number[]];
      const normalZ = (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
      if (normalZ > 0) outward += 1;
    }
    expect(outward / 898).toBeGreaterThan(0.9);
  });

  it('is refused when the bundle was cut short', () => {
    const bundle = readFileSync(present(modelPath('face_landmarker.task')));
    expect(() => readCanonicalFace(bundle.subarray(0, bundle.length / 2))).toThrow(CanonicalFaceError);
  });
});
