import type { HoopCircle } from './twisted-hoop.ts';
import type { Surface } from '../geometry/surface.ts';
import { barrel, dome } from '../geometry/lathe.ts';
import { hoopFrame } from './twisted-hoop.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { roundedBox } from './rounded-box.ts';
import { vec3 } from '../geometry/vector.ts';

/** A hinge of three barrels let into a hoop, its pin along x. */
export interface HoopHingeOptions {
  readonly circle: HoopCircle;
  readonly atDeg: number;
  /** How deep the pin lies under the hoop's outside. */
  readonly inMm: number;
  readonly radiusMm: number;
  /** Width over all three barrels. */
  readonly widthMm: number;
  /** How far the lugs reach into the tubes on either side. */
  readonly reachMm: number;
}

/** Both halves: the outer barrels with the pin before the hinge's angle, the middle barrel after it. */
export function hoopHinge(options: HoopHingeOptions): { readonly fixed: Surface; readonly moving: Surface } {
  const { radiusMm, widthMm, reachMm } = options;
  const gapMm = 0.05;
  const third = widthMm / 3;
  const { origin, out, on } = hoopFrame(options.circle, options.atDeg, options.inMm);
  // Turned about y, then y laid along x: right-handed with z the way round.
  const lie = (surface: Surface): Surface =>
    place(surface, { origin, x: vec3(-out.x, -out.y, -out.z), y: vec3(1, 0, 0), z: on });
  const knuckle = (low: number, high: number): Surface => barrel(radiusMm, low, high, 0.1, 28);
  const lug = (middle: number, tall: number, way: 1 | -1): Surface =>
    translate(roundedBox(radiusMm * 1.5, tall, reachMm, 0.05, 0.08), vec3(0, middle, (way * reachMm) / 2));
  const half = widthMm / 2;
  const fixed = [1, -1].flatMap((side) => {
    const [low, high] = side > 0 ? [third / 2 + gapMm, half] : [-half, -third / 2 - gapMm];
    return [knuckle(low, high), lug((low + high) / 2, high - low - 0.02, -1)];
  });
  const head = dome(radiusMm * 0.52, 0.13, 0.1, 20);
  const ends = [
    translate(head, vec3(0, half, 0)),
    place(head, { origin: vec3(0, -half, 0), x: vec3(1, 0, 0), y: vec3(0, -1, 0), z: vec3(0, 0, -1) }),
  ];
  const moving = [knuckle(-third / 2, third / 2), lug(0, third - 0.02, 1)];
  return { fixed: lie(merge([...fixed, ...ends])), moving: lie(merge(moving)) };
}
