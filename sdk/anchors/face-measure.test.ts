import { describe, expect, it } from 'vitest';
import type { FaceAnchors } from './anchor-frame.ts';
import { faceMeasureOf } from './face-measure.ts';

describe('the measures of a face', () => {
  const face = (pupillaryDistance: FaceAnchors['pupillaryDistance']): FaceAnchors => ({
    identity: 1,
    confidence: 1,
    cameraFromAnchor: {} as FaceAnchors['cameraFromAnchor'],
    headMeshMm: new Float32Array(),
    scale: { scale: 1, plusMinus: 0.08, source: 'iris', samples: 40 },
    pupillaryDistance,
    faceWidth: null,
  });

  it('tell how much nearer the pupils stand while reading, and no more surely', () => {
    const { pupillaryDistanceFar: far, pupillaryDistanceNear: near } = faceMeasureOf(
      face({ valueMm: 64, plusMinusMm: 2.7 }),
    );
    expect(far?.valueMm).toBe(64);
    expect(near?.valueMm).toBeCloseTo(62.2, 1);
    expect((near?.plusMinusMm ?? 0) / (near?.valueMm ?? 1)).toBeGreaterThan(2.7 / 64);
  });

  it('are unknown together', () => {
    expect(faceMeasureOf(face(null)).pupillaryDistanceNear).toBeNull();
  });
});
