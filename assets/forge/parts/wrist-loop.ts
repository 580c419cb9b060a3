import type { Ribbon } from '../geometry/ribbon.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, normalize, scale, sub, vec3 } from '../geometry/vector.ts';
import { pathLength, resamplePath } from '../geometry/spline.ts';
import { ribbon } from '../geometry/ribbon.ts';
import { at } from '../geometry/at.ts';

/** The wrist under a watch's case: an ellipse in the yz plane that touches the case back at the origin. */
export const wristEllipse = { halfWidthMm: 29, halfDepthMm: 21 } as const;

/** Half of a strap's way round the wrist. */
export interface WristHalf {
  /** Where the strap's inner face leaves the lugs, on the side of 12 o'clock, and how steeply it falls there. */
  readonly startY: number;
  readonly startZ: number;
  readonly startFallDeg: number;
  /** Angle on the ellipse, from its widest place upwards, where the strap reaches the skin. */
  readonly landDeg: number;
}

/** A place of the ellipse: 0° at its widest on the side of 12 o'clock, −90° at the lowest. */
function onEllipse(deg: number): Vec3 {
  const t = (deg * Math.PI) / 180;
  const { halfWidthMm: a, halfDepthMm: b } = wristEllipse;
  return vec3(0, a * Math.cos(t), -b + b * Math.sin(t));
}

function ellipseTangent(deg: number): Vec3 {
  return normalize(sub(onEllipse(deg - 0.01), onEllipse(deg + 0.01)));
}

/**
 * A strap's inner face from the lugs at 12 o'clock over the side of the wrist, past its underside by `pastMm` and on round the
 * far side, in flat coordinates (s from the lugs, t across, d out of the skin). `liftAt` raises it off the skin.
 * `undersideMm` is where it passes the lowest place.
 */
export function wristRibbon(
  half: WristHalf,
  pastDeg: number,
  mirrored: boolean,
  liftAt: (sMm: number, undersideMm: number) => number = () => 0,
): Ribbon & { readonly undersideMm: number } {
  const start = vec3(0, half.startY, half.startZ);
  const fall = (half.startFallDeg * Math.PI) / 180;
  const land = onEllipse(half.landDeg);
  const handle = Math.hypot(land.y - start.y, land.z - start.z) * 0.38;
  const c1 = add(start, scale(vec3(0, Math.cos(fall), -Math.sin(fall)), handle));
  const c2 = add(land, scale(ellipseTangent(half.landDeg), -handle));
  const bend = Array.from({ length: 60 }, (_, i) => {
    const k = i / 60;
    const r = 1 - k;
    return add(
      add(scale(start, r * r * r), scale(c1, 3 * r * r * k)),
      add(scale(c2, 3 * r * k * k), scale(land, k * k * k)),
    );
  });
  const descent: Vec3[] = [];
  const steps = 220;
  for (let i = 0; i <= steps; i += 1) {
    descent.push(onEllipse(half.landDeg - ((half.landDeg + 90) * i) / steps));
  }
  const undersideMm = pathLength([...bend, ...descent]);
  const beyond = Array.from({ length: 160 }, (_, i) => onEllipse(-90 - (pastDeg * (i + 1)) / 160));
  const skin = [...bend, ...descent, ...beyond];
  const path = resamplePath(skin, 360);
  const pitch = pathLength(skin) / 359;
  const raised = path.map((p, i) => {
    const tangent = sub(at(path, Math.min(359, i + 1)), at(path, Math.max(0, i - 1)));
    const out = normalize(vec3(0, -tangent.z, tangent.y));
    const lifted = add(p, scale(out, liftAt(i * pitch, undersideMm)));
    return mirrored ? vec3(0, -lifted.y, lifted.z) : lifted;
  });
  const bent = ribbon(raised, () => vec3(mirrored ? 1 : -1, 0, 0));
  // Lifted leather is longer than the skin below it; s counts along the skin, so that both pieces agree on places.
  const stretch = bent.lengthMm / pathLength(skin);
  return {
    lengthMm: pathLength(skin),
    map: (p) => bent.map({ ...p, x: p.x * stretch }),
    undersideMm,
  };
}
