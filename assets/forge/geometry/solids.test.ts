import { describe, expect, test } from 'vitest';
import { barrel, dome } from './lathe.ts';
import { circle, roundedRectangle } from './outline.ts';
import { deform, mirrorX } from './surface.ts';
import { resampleClosed } from './spline.ts';
import { evenly } from './interior-points.ts';
import { roundedPlate } from './rounded-plate.ts';
import { roundWire, superellipse, sweep } from './sweep.ts';
import { solidFacts } from './facts.ts';
import { triangulateArea } from './delaunay.ts';
import { vec2, vec3 } from './vector.ts';

const edge = { widthMm: 0.4, depthMm: 0.3, steps: 4 };
const plate = roundedPlate({
  outer: resampleClosed(roundedRectangle(20, 10, 3, 12), 90),
  holes: [circle(vec2(-4, 0), 2, 32), circle(vec2(4, 0), 2, 32)],
  thicknessMm: 2,
  frontEdge: edge,
  backEdge: edge,
  interiorMm: evenly(1.2),
});

describe('a rounded plate', () => {
  test('is closed, faces outwards and holds nearly the volume of the sheet that it is cut from', () => {
    const facts = solidFacts(plate);
    const sheet = (200 - (4 - Math.PI) * 9 - 2 * Math.PI * 4) * 2;
    expect(facts.openEdges).toBe(0);
    expect(facts.outwardShare).toBe(1);
    expect(facts.volumeMm3).toBeLessThan(sheet);
    expect(facts.volumeMm3).toBeGreaterThan(sheet * 0.96);
  });

  test('has no sharp edge: neighbouring normals along its wall turn by less than a right angle', () => {
    const directions = new Set(plate.vertices.map(({ normal }) => normal.z.toFixed(3)));
    expect(directions.size).toBeGreaterThan(2 * edge.steps);
  });

  test('stays closed and outward when it is bent, and when it is mirrored', () => {
    const bent = deform(plate, (p) => vec3(p.x, p.y, p.z - p.x ** 2 / 60));
    for (const surface of [bent, mirrorX(bent)]) {
      const facts = solidFacts(surface);
      expect(facts.openEdges).toBe(0);
      expect(facts.outwardShare).toBe(1);
      expect(facts.volumeMm3).toBeGreaterThan(0);
    }
  });

  test('turns normals with the bend', () => {
    const sheared = deform(plate, (p) => vec3(p.x, p.y, p.z + p.x));
    const top = sheared.vertices.find((v, i) => plate.vertices[i]!.normal.z === 1)!;
    expect(top.normal.x).toBeCloseTo(-Math.SQRT1_2, 6);
    expect(top.normal.z).toBeCloseTo(Math.SQRT1_2, 6);
  });
});

describe('turned and swept parts', () => {
  test.each([
    ['a barrel', barrel(1.2, -2, 2, 0.1, 18), Math.PI * 1.44 * 4],
    ['a dome', dome(1, 0.5, 1, 24), Math.PI + ((2 / 3) * Math.PI) / 2],
    ['a wire', roundWire([vec3(0, 0, 0), vec3(0, 0, -5), vec3(0, 0, -10)], 1, 24), (Math.PI / 4) * 10.5],
  ])('%s is closed, faces outwards and has its volume', (_, surface, volume) => {
    const facts = solidFacts(surface);
    expect(facts.openEdges).toBe(0);
    expect(facts.outwardShare).toBeGreaterThan(0.99);
    expect(facts.volumeMm3 / volume).toBeGreaterThan(0.9);
    expect(facts.volumeMm3 / volume).toBeLessThan(1.05);
  });

  test('a closed sweep joins its ends', () => {
    const stations = Array.from({ length: 48 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 48;
      const out = vec3(Math.cos(angle), Math.sin(angle), 0);
      return {
        centre: vec3(out.x * 10, out.y * 10, 0),
        side: vec3(0, 0, 1),
        up: out,
        section: superellipse(1, 1, 2, 16),
      };
    });
    const facts = solidFacts(sweep(stations, true));
    expect(facts.openEdges).toBe(0);
    expect(facts.outwardShare).toBe(1);
    expect(facts.volumeMm3).toBeGreaterThan(0.9 * 2 * Math.PI ** 2 * 10);
  });
});

test('an area whose outline is too coarse for its narrow neck is refused', () => {
  const neck = [vec2(-10, -5), vec2(10, -5), vec2(10, 5), vec2(-10, 5)];
  const slot = [vec2(-9.9, -4.95), vec2(9.9, -4.95), vec2(9.9, 4.95), vec2(-9.9, 4.95)];
  const spike = [vec2(0, -4.99)];
  expect(() => triangulateArea([neck, slot], spike)).toThrow(RangeError);
});
