import { describe, expect, test } from 'vitest';
import { PieceExtras } from '../../../protocol/piece-extras.ts';
import { dot, length, sub } from '../geometry/vector.ts';
import { merge, translate } from '../geometry/surface.ts';
import { onde } from './onde.ts';
import { ondeBody, ondeSize } from './onde-body.ts';
import { solidFacts } from '../geometry/facts.ts';

const spec = onde();
const body = ondeBody();
const closed = merge([body.upper, translate(body.lower, body.pin)]);
const points = closed.vertices.map(({ position }) => position);

describe('Onde', () => {
  test('leaves an oval of 58 by 48 free for the wrist, and no more', () => {
    // By the ellipse's own equation: 1 on the oval, less inside it.
    const onOval = points.map((p) => Math.hypot(p.x / 29, p.z / 24));
    expect(Math.min(...onOval)).toBeGreaterThan(0.9985);
    expect(Math.min(...onOval)).toBeLessThan(1.0005);
  });

  test('stands 3 mm high over the wrist, its claws a hair above', () => {
    const front = points.filter((p) => p.z > 0 && Math.abs(p.x) < 0.8).map((p) => p.z - 24);
    expect(Math.max(...front)).toBeGreaterThan(2.97);
    expect(Math.max(...front)).toBeLessThan(3.3);
    const plain = points.filter((p) => p.z < -20 && Math.abs(p.x) < 3).map((p) => -p.z - 24);
    expect(Math.max(...plain)).toBeCloseTo(3, 1);
  });

  test('is 4 mm broad, and waves', () => {
    const under = points.filter((p) => p.z < -20 && Math.abs(p.x) < 0.4);
    const breadth = Math.max(...under.map((p) => p.y)) - Math.min(...under.map((p) => p.y));
    expect(breadth).toBeGreaterThan(3.9);
    expect(breadth).toBeLessThan(4.4);
    const ys = points.map((p) => p.y);
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(7);
  });

  test('is made of closed solids that face outwards', () => {
    const solids = [body.upper, body.lower, ...Object.values(spec.shared).map(({ surface }) => surface)];
    for (const solid of solids) {
      const facts = solidFacts(solid);
      expect(facts.openEdges).toBe(0);
      expect(facts.volumeMm3).toBeGreaterThan(0);
      expect(facts.outwardShare).toBeGreaterThan(0.985);
    }
  });

  test('holds each of its eleven stones by four claws that reach over its girdle', () => {
    expect(body.seats).toHaveLength(11);
    for (const { origin, y } of body.seats) {
      const over = body.upper.vertices.filter(({ position }) => {
        const from = sub(position, origin);
        const height = dot(from, y);
        const out = Math.sqrt(Math.max(0, length(from) ** 2 - height ** 2));
        return height > 0.02 && height < 0.4 && out < ondeSize.stoneMm / 2;
      });
      const quarters = new Set(
        over.map(({ position }) => {
          const from = sub(position, origin);
          return `${from.x > 0} ${from.y - from.x * 0.3 > 0}`;
        }),
      );
      expect(quarters.size).toBe(4);
    }
  });

  test('keeps its stones clear of each other', () => {
    body.seats.slice(1).forEach(({ origin }, i) => {
      expect(length(sub(origin, body.seats[i]!.origin))).toBeGreaterThan(ondeSize.stoneMm + 0.05);
    });
  });

  test('opens away from the wrist about a pin at its left side', () => {
    const [{ node, joint, axis, limits }] = spec.extras.moving as [(typeof spec.extras.moving)[number]];
    expect([node, joint]).toEqual(['bangle_lower', 'hinge']);
    expect(body.pin.x).toBeLessThan(-29);
    // A small turn about +y moves the far end, at +x of the pin, towards −z, out of the upper half's way.
    expect(axis).toEqual([0, 1, 0]);
    expect(limits[0]).toBe(0);
    expect(limits[1]).toBeGreaterThan(30);
  });

  test('tells the scene how it is worn, in two golds', () => {
    expect(PieceExtras.safeParse(spec.extras).success).toBe(true);
    expect(spec.root.children?.map(({ name }) => name)).toEqual(['bangle']);
    for (const { materials } of spec.variants) {
      expect(Object.keys(materials).toSorted()).toEqual(['fire', 'metal', 'stone']);
    }
    expect(spec.variants).toHaveLength(2);
  });
});
