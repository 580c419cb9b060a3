import type { Vec2 } from './vector.ts';
import { vec2 } from './vector.ts';

/** The character of a lens of one family of shapes: an uneven superellipse. */
export interface LensShape {
  /** 2 is an ellipse, 4 nearly a rectangle. */
  readonly topExponent: number;
  readonly bottomExponent: number;
  /** How much narrower the nasal half is at its bottom than at its top, as a share. */
  readonly nasalNarrowing: number;
  readonly templeNarrowing: number;
  /** How far the temple side rises, as a share of the half height: the cat in a cat-eye. */
  readonly sweep: number;
}

/**
 * Control points for `lensOutline`: points of the superellipse serve as control polygon of a B-spline, which rounds
 * off the flat spots that a superellipse has on its axes. The wearer's left lens: the nose is at −x.
 */
export function lensShapeControl(shape: LensShape): Vec2[] {
  const count = 22;
  const aspect = 0.75;
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / count;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const exponent =
      (shape.topExponent + shape.bottomExponent) / 2 + ((shape.topExponent - shape.bottomExponent) / 2) * s;
    const x = Math.sign(c) * Math.abs(c) ** (2 / exponent);
    const y = Math.sign(s) * Math.abs(s) ** (2 / exponent);
    const narrowing = x < 0 ? shape.nasalNarrowing : shape.templeNarrowing;
    const rise = shape.sweep * (0.5 * x + 0.5 * Math.max(0, x) ** 2);
    return vec2(x * (1 + narrowing * y), (y + rise * (0.65 + 0.35 * y)) * aspect);
  });
}
