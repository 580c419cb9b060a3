import type { Surface } from '../geometry/surface.ts';
import { at } from '../geometry/at.ts';
import { claw, clawsAt, rail, type ClawDetail } from './prong-setting.ts';
import { forwardHere } from '../geometry/axes.ts';
import { merge, place } from '../geometry/surface.ts';
import { openCurve } from '../geometry/spline.ts';
import { pearAnchors } from '../geometry/pear-outline.ts';
import { pearRail, pearWall } from '../geometry/pear-setting.ts';
import { vec2, vec3 } from '../geometry/vector.ts';
import { wire } from '../geometry/sweep.ts';

/** Claws of half a millimetre of wire show no finer cut. */
const small: ClawDetail = { steps: 9, tipSteps: 5, around: 12 };

/** An open setting of a round brilliant. */
export interface RoundSettingOptions {
  readonly stoneMm: number;
  readonly claws: number;
  readonly firstDeg: number;
  readonly wireMm: number;
  /** Crown of the stone, as a slope. */
  readonly crownDeg: number;
}

/** Claws and two gallery wires about z, the girdle's upper edge at z = 0. */
export function roundSetting({ stoneMm, claws, firstDeg, wireMm, crownDeg }: RoundSettingOptions): Surface {
  const r = stoneMm / 2;
  const one = claw(
    {
      girdleRadiusMm: r,
      crownDeg,
      foot: vec2(0.36 * r, -0.98 * r),
      tipRadiusMm: r - Math.max(0.22 * r, 0.26),
      widthsMm: [wireMm, wireMm * 1.04, wireMm * 0.8],
    },
    small,
  );
  const wireAt = (radiusMm: number, heightMm: number): Surface =>
    rail(radiusMm, heightMm, vec2(wireMm, wireMm), 0, Math.round(22 + radiusMm * 8));
  const azimuths = Array.from({ length: claws }, (_, i) => firstDeg + (360 * i) / claws);
  const setting = merge([clawsAt(one, azimuths), wireAt(0.7 * r, -0.62 * r), wireAt(0.37 * r, -0.98 * r)]);
  return place(setting, forwardHere);
}

/** An open setting of a pear brilliant. */
export interface PearSettingOptions {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly girdleMm: number;
  readonly wireMm: number;
}

/** Radius of the round stone that a pear's claws are drawn for. */
const reachMm = 2.5;
/** Places of the claws on the outline of 48: on the shoulders and low on the broad end, both sides alike. */
const clawPlaces = [11, 20, 28, 37] as const;

/**
 * Four claws, a V over the point that alone keeps it from chipping, and two gallery wires; about z, the girdle's upper edge
 * at z = 0, point to +y.
 */
export function pearClawSetting(options: PearSettingOptions): Surface {
  const { lengthMm, widthMm, wireMm, girdleMm } = options;
  const half = wireMm / 2;
  const anchors = pearAnchors(lengthMm, widthMm, 48);
  const one = claw(
    {
      girdleRadiusMm: reachMm,
      crownDeg: 32,
      foot: vec2(reachMm - 1.32, -1.92),
      tipRadiusMm: reachMm - 0.5,
      widthsMm: [wireMm, wireMm * 1.04, wireMm * 0.84],
    },
    small,
  );
  const arms = clawPlaces.map((index) => {
    const { point, normal } = at(anchors, index);
    // Every claw stands as on a round stone whose girdle runs through its place.
    return place(one, {
      origin: vec3(point.x - normal.x * reachMm, point.y - normal.y * reachMm, 0),
      x: vec3(normal.x, normal.y, 0),
      y: vec3(0, 0, 1),
      z: vec3(normal.y, -normal.x, 0),
    });
  });
  const rail = (inMm: number, z: number): Surface => pearRail(lengthMm, widthMm, inMm, z, half * 0.9);
  const point = pearWall(
    lengthMm,
    widthMm,
    [
      vec2(0.2, -girdleMm - 0.28),
      vec2(0.26, 0.04),
      vec2(0.06, 0.34),
      vec2(-0.24, 0.3),
      vec2(-0.24, 0.12),
      vec2(0.01, 0.005),
      vec2(0.01, -girdleMm - 0.005),
      vec2(-0.14, -girdleMm - 0.28),
    ],
    0.06,
    96,
    { eitherSide: 8 },
  );
  const tip = lengthMm - widthMm / 2;
  const stay = wire(
    openCurve([vec3(0, tip - 2.5, -1.92), vec3(0, tip - 1.1, -1.2), vec3(0, tip + 0.08, -0.36)], 16),
    vec3(1, 0, 0),
    () => ({ halfWidthMm: half * 1.1, halfHeightMm: half * 1.1 }),
    { around: 12 },
  );
  return merge([...arms, rail(0.62, -1.12), rail(1.36, -1.92), point, stay]);
}
