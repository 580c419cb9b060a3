import type { Surface } from '../geometry/surface.ts';
import type { Vec2 } from '../geometry/vector.ts';
import type { Station } from '../geometry/sweep.ts';
import { at } from '../geometry/at.ts';
import { framesAlong, superellipse, sweep } from '../geometry/sweep.ts';
import { lerp, radians, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { merge, place } from '../geometry/surface.ts';
import { circle, outwardNormals } from '../geometry/outline.ts';
import { pathLength, resamplePath } from '../geometry/spline.ts';

/** One claw in the plane of its azimuth: x from the stone's axis, y along it, 0 at the girdle's upper edge. */
export interface ClawOptions {
  /** Radius of the stone's girdle where the claw crosses it. */
  readonly girdleRadiusMm: number;
  /** Slope of the facet that the tip lies on. */
  readonly crownDeg: number;
  /** Where the claw starts: inside the metal that carries it. */
  readonly foot: Vec2;
  /** How far from the axis the tip's middle lies. */
  readonly tipRadiusMm: number;
  /** Widths (across the claw) at its foot, at the girdle and at the tip. */
  readonly widthsMm: readonly [foot: number, girdle: number, tip: number];
}

/** How finely a claw is cut: stations along its body and round its tip, and corners of its section. */
export interface ClawDetail {
  readonly steps: number;
  readonly tipSteps: number;
  readonly around: number;
}

const fine: ClawDetail = { steps: 34, tipSteps: 9, around: 20 };

/** Depth of a claw's section to its width: a claw is a little deeper than broad, so that its back catches a line of light. */
const depthShare = 0.96;

/**
 * The middle line of a claw, found from its tip: it lies on the crown, runs down it to the bend over the girdle, and from there
 * straight to the foot. Returns the line and the height above which it bends.
 */
export function clawLine(options: ClawOptions): { readonly line: Vec2[]; readonly bendFrom: Vec2 } {
  const { girdleRadiusMm: r, foot, tipRadiusMm, widthsMm } = options;
  const crown = radians(options.crownDeg);
  const above = (widthsMm[2] / 2) * depthShare - 0.02;
  const tip = vec2(
    tipRadiusMm + above * Math.sin(crown),
    (r - tipRadiusMm) * Math.tan(crown) + above * Math.cos(crown),
  );
  const bendMm = widthsMm[1] * 0.62;
  const flatMm = (r - tipRadiusMm) * 0.62;
  const end = vec2(tip.x + flatMm * Math.cos(crown), tip.y - flatMm * Math.sin(crown));
  const centre = vec2(end.x - bendMm * Math.sin(crown), end.y - bendMm * Math.cos(crown));
  // The lean of the straight part and the place where it leaves the bend depend on each other; a few rounds settle both.
  let lean = radians(30);
  let start = end;
  for (let round = 0; round < 12; round += 1) {
    start = vec2(centre.x + bendMm * Math.cos(lean), centre.y - bendMm * Math.sin(lean));
    lean = Math.atan2(start.x - foot.x, start.y - foot.y);
  }
  const heading = Math.PI / 2 - lean;
  const last = Math.PI - crown;
  const line: Vec2[] = [foot, start];
  const bendSteps = 24;
  for (let i = 1; i <= bendSteps; i += 1) {
    const angle = lerp(heading, last, i / bendSteps);
    line.push(vec2(centre.x + bendMm * Math.sin(angle), centre.y - bendMm * Math.cos(angle)));
  }
  line.push(tip);
  return { line, bendFrom: start };
}

/** A claw in the half plane x > 0 of the stone's own frame (y is the stone's axis), filed to a full round at its tip. */
export function claw(options: ClawOptions, { steps, tipSteps, around }: ClawDetail = fine): Surface {
  const { line, bendFrom } = clawLine(options);
  const straight = line.map((p) => vec3(p.x, p.y, 0));
  const totalMm = pathLength(straight);
  const [footMm, girdleMm, tipMm] = options.widthsMm;
  const roundMm = tipMm * 0.56;
  const bendMm = Math.hypot(bendFrom.x - options.foot.x, bendFrom.y - options.foot.y);
  const bodyMm = totalMm - roundMm;
  const distances = [
    ...Array.from({ length: steps }, (_, i) => (bodyMm * i) / steps),
    ...Array.from(
      { length: tipSteps },
      (_, i) => bodyMm + roundMm * Math.sin(((Math.PI / 2) * i) / (tipSteps - 0.7)),
    ),
  ];
  const fine = resamplePath(straight, 600);
  const path = distances.map((mm) => at(fine, Math.round((mm / totalMm) * 599)));
  const stations = framesAlong(path, vec3(-1, 0, 0)).map((frame, i): Station => {
    const mm = at(distances, i);
    const width =
      mm < bendMm
        ? lerp(footMm, girdleMm, mm / bendMm)
        : lerp(girdleMm, tipMm, smoothstep(bendMm + girdleMm * 0.2, bodyMm, mm));
    const round = Math.sqrt(Math.max(0, 1 - (Math.max(0, mm - bodyMm) / roundMm) ** 2));
    const half = (width / 2) * round;
    return { ...frame, section: superellipse(half, half * depthShare, 2.4, around) };
  });
  return sweep(stations);
}

/**
 * A gallery rail: wire closed along an outline about y (x of the outline is the stone's x, y its −z), counter-clockwise. `wireMm` is
 * its section across and along the axis, leaning outwards by `leanDeg` as the claws do.
 */
export function railAlong(
  outline: readonly Vec2[],
  heightMm: number,
  wireMm: Vec2,
  leanDeg: number,
): Surface {
  const lean = radians(leanDeg);
  const section = superellipse(wireMm.x / 2, wireMm.y / 2, 2.8, 16);
  const normals = outwardNormals(outline);
  const stations = outline.map((p, i): Station => {
    const out = vec3(at(normals, i).x, 0, -at(normals, i).y);
    return {
      centre: vec3(p.x, heightMm, -p.y),
      side: vec3(out.x * Math.cos(lean), -Math.sin(lean), out.z * Math.cos(lean)),
      up: vec3(out.x * Math.sin(lean), Math.cos(lean), out.z * Math.sin(lean)),
      section,
    };
  });
  return sweep(stations.toReversed(), true);
}

/** A round gallery rail. */
export function rail(radiusMm: number, heightMm: number, wireMm: Vec2, leanDeg: number, along = 96): Surface {
  return railAlong(circle(vec2(0, 0), radiusMm, along), heightMm, wireMm, leanDeg);
}

/** The same claw at every azimuth, in degrees counter-clockwise from +x seen from the stone's table. */
export function clawsAt(one: Surface, azimuthsDeg: readonly number[]): Surface {
  return merge(
    azimuthsDeg.map((degrees) => {
      const [c, s] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
      return place(one, {
        origin: vec3(0, 0, 0),
        x: vec3(c, 0, -s),
        y: vec3(0, 1, 0),
        z: vec3(s, 0, c),
      });
    }),
  );
}
