import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import { describeOnHost, modelPath, present } from '../../tests/support/host.ts';
import { visitorFaceMm } from './visitor-face.ts';

describeOnHost('the drawn visitor’s face mesh', ['face-model'], () => {
  let verticesMm = new Float32Array();
  let mm = new Float32Array();
  // Not while the suite is read: that is done also where it is skipped.
  beforeAll(() => {
    verticesMm = readCanonicalFace(
      readFileSync(present(modelPath('face_landmarker.task'))),
    ).verticesMm.slice();
    mm = visitorFaceMm(verticesMm).slice();
  });
  const y = (vertex: number): number => mm[vertex * 3 + 1] ?? Number.NaN;

  it('keeps its mouth shut, its lips in order from above to below', () => {
    expect(y(13)).toBeCloseTo(y(14), 3);
    const down = [0, 11, 12, 13, 15, 16, 17].map(y);
    expect(down).toEqual(down.toSorted((a, b) => b - a));
    expect(y(0)).toBeCloseTo(-34.7, 0);
    expect(y(17)).toBeCloseTo(-53.6, 0);
  });

  it('has the fold above the lid, and all else where the canonical face has it', () => {
    for (const [edge, fold] of [
      [159, 27],
      [386, 257],
    ] as const) {
      expect(y(fold) - y(edge)).toBeGreaterThan(3);
    }
    for (const vertex of [1, 10, 152, 33, 145, 263]) expect(y(vertex)).toBe(verticesMm[vertex * 3 + 1]);
  });
});
