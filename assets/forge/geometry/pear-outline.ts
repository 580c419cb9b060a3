import type { Vec2 } from './vector.ts';
import { at } from './at.ts';
import { radians, vec2 } from './vector.ts';

/** A place of the outline with its unit normal outwards. */
export interface PearAnchor {
  readonly point: Vec2;
  readonly normal: Vec2;
}

/** Half the angle at which the wings close in the point. */
const tipHalfDeg = 40;

interface Dense {
  readonly anchors: readonly PearAnchor[];
  readonly turned: readonly number[];
}

/**
 * Half of the outline from the point over the left wing to the foot of the broad end: a cubic wing that leaves the
 * circle of the head upright, then a quarter of that circle. Point up, head's middle at the origin.
 */
function half(lengthMm: number, widthMm: number): Dense {
  const r = widthMm / 2;
  const tip = lengthMm - r;
  const [s, c] = [Math.sin(radians(tipHalfDeg)), Math.cos(radians(tipHalfDeg))];
  const b = tip * 0.36;
  const control = [vec2(0, tip), vec2(-b * s, tip - b * c), vec2(-r, tip * 0.4), vec2(-r, 0)] as const;
  const anchors: PearAnchor[] = [];
  const count = 400;
  for (let i = 0; i < count; i += 1) {
    const k = i / count;
    const m = 1 - k;
    const [p0, p1, p2, p3] = control;
    const at3 = (axis: 'x' | 'y'): number =>
      m ** 3 * p0[axis] + 3 * m * m * k * p1[axis] + 3 * m * k * k * p2[axis] + k ** 3 * p3[axis];
    const slope = (axis: 'x' | 'y'): number =>
      m * m * (p1[axis] - p0[axis]) + 2 * m * k * (p2[axis] - p1[axis]) + k * k * (p3[axis] - p2[axis]);
    const [dx, dy] = [slope('x'), slope('y')];
    const size = Math.hypot(dx, dy);
    anchors.push({ point: vec2(at3('x'), at3('y')), normal: vec2(dy / size, -dx / size) });
  }
  for (let i = 0; i <= count; i += 1) {
    const angle = Math.PI + ((Math.PI / 2) * i) / count;
    const normal = vec2(Math.cos(angle), Math.sin(angle));
    anchors.push({ point: vec2(normal.x * r, normal.y * r), normal });
  }
  // Facets are dealt out by length and by turning alike: neither long flat wings nor a crowded head.
  const turned = [0];
  for (let i = 1; i < anchors.length; i += 1) {
    const [a, b2] = [at(anchors, i - 1), at(anchors, i)];
    const step = Math.hypot(b2.point.x - a.point.x, b2.point.y - a.point.y) / (lengthMm * 1.2);
    const turn = Math.abs(Math.asin(a.normal.x * b2.normal.y - a.normal.y * b2.normal.x)) / 2.4;
    turned.push(at(turned, i - 1) + step + turn);
  }
  return { anchors, turned };
}

function sampleHalf(dense: Dense, k: number): PearAnchor {
  const target = k * at(dense.turned, -1);
  const index = dense.turned.findIndex((sum) => sum >= target - 1e-12);
  return at(dense.anchors, index);
}

/** Places round a pear, counter-clockwise from its point, `count` of them (even); left and right are mirror images. */
export function pearAnchors(lengthMm: number, widthMm: number, count: number): PearAnchor[] {
  const dense = half(lengthMm, widthMm);
  return Array.from({ length: count }, (_, i): PearAnchor => {
    if (i === 0) {
      return { point: vec2(0, lengthMm - widthMm / 2), normal: vec2(0, 1) };
    }
    if (i * 2 === count) {
      return { point: vec2(0, -widthMm / 2), normal: vec2(0, -1) };
    }
    const { point, normal } = sampleHalf(dense, (Math.min(i, count - i) * 2) / count);
    const side = i * 2 > count ? -1 : 1;
    return { point: vec2(point.x * side, point.y), normal: vec2(normal.x * side, normal.y) };
  });
}

/** The outline of a pear as points, counter-clockwise from its point. */
export function pearOutline(lengthMm: number, widthMm: number, count: number): Vec2[] {
  return pearAnchors(lengthMm, widthMm, count).map(({ point }) => point);
}
