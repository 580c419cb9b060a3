import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { jumpRing } from './chain.ts';
import { merge, translate } from '../geometry/surface.ts';
import { openCurve } from '../geometry/spline.ts';
import { pearAnchors } from '../geometry/pear-outline.ts';
import { pearRail, pearWall } from '../geometry/pear-setting.ts';
import { at } from '../geometry/at.ts';
import { lerp, radians, vec2, vec3 } from '../geometry/vector.ts';
import { wire } from '../geometry/sweep.ts';

/** A claw's way in the plane through the stone's axis: distance out from a foot, and height over the girdle's upper edge. */
type ClawWay = readonly (readonly [outMm: number, upMm: number])[];

/** A drawn claw: rises outside the stone, is bent over the girdle and filed to a tip that lies on the crown. */
function claw(way: ClawWay, foot: Vec3, out: Vec3, wireMm: number): Surface {
  const path = openCurve(
    way.map(([outMm, upMm]) => vec3(foot.x + out.x * outMm, foot.y + out.y * outMm, foot.z + upMm)),
    15,
  );
  return wire(
    path,
    out,
    (k) => ({ halfWidthMm: wireMm * lerp(0.5, 0.52, k), halfHeightMm: wireMm * lerp(0.5, 0.38, k) }),
    { around: 10, exponent: 2.4 },
  );
}

/** An open setting of a round brilliant. */
export interface RoundSettingOptions {
  readonly stoneMm: number;
  readonly claws: number;
  readonly firstDeg: number;
  readonly wireMm: number;
  /** Crown and pavilion of the stone, as slopes. */
  readonly crownDeg: number;
}

/** Claws and two gallery wires about z, the girdle's upper edge at z = 0. */
export function roundSetting(options: RoundSettingOptions): Surface {
  const { wireMm, claws } = options;
  const r = options.stoneMm / 2;
  const crown = (inset: number): number => inset * Math.tan(radians(options.crownDeg));
  const half = wireMm / 2;
  const over = Math.max(0.22 * r, 0.26);
  const way: ClawWay = [
    [0.36 * r, -0.98 * r],
    [0.72 * r, -0.5 * r],
    [r + half * 0.55, -0.12 * r],
    [r + half * 0.75, crown(0) + half * 0.4],
    [r - over * 0.35, crown(over * 0.5) + half * 1.25],
    [r - over, crown(over) + half * 0.72],
  ];
  const arms = Array.from({ length: claws }, (_, i) => {
    const angle = radians(options.firstDeg + (360 * i) / claws);
    return claw(way, vec3(0, 0, 0), vec3(Math.cos(angle), Math.sin(angle), 0), wireMm);
  });
  const rail = (radius: number, z: number): Surface =>
    translate(
      jumpRing(2 * radius + wireMm, wireMm, { steps: Math.round(18 + radius * 8), around: 10 }),
      vec3(0, 0, z),
    );
  return merge([...arms, rail(0.7 * r, -0.62 * r), rail(0.37 * r, -0.98 * r)]);
}

/** An open setting of a pear brilliant. */
export interface PearSettingOptions {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly girdleMm: number;
  readonly wireMm: number;
}

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
  const arms = clawPlaces.map((index) => {
    const { point, normal } = at(anchors, index);
    return claw(
      [
        [-1.32, -1.92],
        [-0.72, -1.2],
        [half * 0.25, -0.42],
        [half * 0.5, half * 0.4],
        [-0.1, half * 1.5],
        [-0.55, 0.36 + half * 0.5],
      ],
      vec3(point.x, point.y, 0),
      vec3(normal.x, normal.y, 0),
      wireMm,
    );
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
