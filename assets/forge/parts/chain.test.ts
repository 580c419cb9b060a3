import { describe, expect, test } from 'vitest';
import type { PartInstance } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { dot, length, sub, vec3 } from '../geometry/vector.ts';
import { layLinks, link, linkPitchMm } from './chain.ts';
import { solidFacts } from '../geometry/facts.ts';

const axis = ({ rotation: [x, y, z, w] }: PartInstance, which: 'x' | 'y' | 'z'): Vec3 =>
  ({
    x: vec3(1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)),
    y: vec3(2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)),
    z: vec3(2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)),
  })[which];

const circle = Array.from({ length: 200 }, (_, i) => {
  const angle = (2 * Math.PI * i) / 200;
  return vec3(30 * Math.cos(angle), 8 * Math.sin(2 * angle), 30 * Math.sin(angle));
});

describe('a cable chain', () => {
  const shape = { lengthMm: 1.7, widthMm: 1.1, wireMm: 0.3 };

  test('has links of their outer size, of round wire, closed', () => {
    const surface = link(shape, { steps: 24, around: 12 });
    const span = (of: (p: Vec3) => number): number => {
      const values = surface.vertices.map(({ position }) => of(position));
      return Math.max(...values) - Math.min(...values);
    };
    expect(span((p) => p.x)).toBeCloseTo(1.1, 1);
    expect(span((p) => p.y)).toBeCloseTo(1.7, 1);
    expect(span((p) => p.z)).toBeCloseTo(0.3, 2);
    const facts = solidFacts(surface);
    expect(facts.openEdges).toBe(0);
    expect(facts.outwardShare).toBe(1);
    expect(facts.volumeMm3).toBeGreaterThan(0);
  });

  test('lies on an open path in order, links along it, each a quarter turn from the last', () => {
    const links = layLinks([vec3(0, 0, 0), vec3(30, 0, 0), vec3(60, 0, 0)], {
      pitchMm: linkPitchMm(shape),
      up: vec3(0, 0, 1),
    });
    expect(links).toHaveLength(Math.round(60 / 1.1));
    links.forEach((one, i) => {
      expect(axis(one, 'y').x).toBeCloseTo(1, 6);
      const next = links[i + 1];
      if (next === undefined) return;
      expect(next.translationMm.x - one.translationMm.x).toBeCloseTo(60 / links.length, 6);
      expect(dot(axis(one, 'x'), axis(next, 'x'))).toBeCloseTo(0, 6);
    });
  });

  test('closes a loop: its last link hangs in its first, turned like any other', () => {
    const links = layLinks(circle, { pitchMm: linkPitchMm(shape), closed: true, up: vec3(0, 1, 0) });
    expect(links.length % 2).toBe(0);
    const gaps = links.map((one, i) =>
      length(sub(one.translationMm, links[(i + 1) % links.length]!.translationMm)),
    );
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(0.02);
    links.forEach((one, i) => {
      expect(Math.abs(dot(axis(one, 'x'), axis(links[(i + 1) % links.length]!, 'x')))).toBeLessThan(0.12);
    });
  });
});
