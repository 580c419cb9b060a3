import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { forwardHere } from '../geometry/axes.ts';
import { barrel, lathe } from '../geometry/lathe.ts';
import { lerp, radians, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { merge, place } from '../geometry/surface.ts';
import { pathLength, resamplePath } from '../geometry/spline.ts';
import { wire } from '../geometry/sweep.ts';

/** Diameter of a post: 0.8 mm, as ears are pierced. */
export const postMm = 0.8;

/** A post from `frontMm` back through the lobe, with the groove that the butterfly snaps into and a rounded tip. */
export function earPost(frontMm: number, backMm: number): Surface {
  const r = postMm / 2;
  const groove = backMm + 1.7;
  const profile = [vec2(0, backMm)];
  for (let i = 1; i <= 6; i += 1) {
    const angle = ((Math.PI / 2) * i) / 6;
    profile.push(vec2(r * 0.8 * Math.sin(angle), backMm + r * (1 - Math.cos(angle))));
  }
  profile.push(vec2(r, backMm + r + 0.35), vec2(r, groove - 0.24), vec2(r - 0.03, groove - 0.2));
  for (let i = 0; i <= 6; i += 1) {
    const k = i / 6;
    profile.push(vec2(r - 0.04 - 0.09 * Math.sin(Math.PI * k), groove - 0.18 + 0.36 * k));
  }
  profile.push(vec2(r - 0.03, groove + 0.2), vec2(r, groove + 0.24), vec2(r, frontMm), vec2(0, frontMm));
  return place(lathe(profile, 20), forwardHere);
}

/** Sizes of a butterfly, in millimetres: a sprung strip, rolled from both ends against the post. */
const strip = {
  thicknessMm: 0.3,
  rolledWidthMm: 2.5,
  plateWidthMm: 4.4,
  plateReachMm: 1.72,
  rollMm: 1.3,
} as const;

/** One half of the strip's middle line, from the post outwards and round the roll, in the xz plane. */
function halfLine(faceMm: number): Vec3[] {
  const z = faceMm - strip.thicknessMm / 2;
  const touching = strip.plateReachMm - postMm / 2 - strip.thicknessMm / 2;
  const line: Vec3[] = [];
  for (let i = 0; i < 8; i += 1) line.push(vec3((strip.plateReachMm * i) / 8, 0, z));
  for (let degrees = 0; degrees <= 500; degrees += 10) {
    // Round to where it presses on the post, then tighter, to end inside its own roll.
    const radius =
      degrees < 270
        ? lerp(strip.rollMm, touching, smoothstep(0, 270, degrees))
        : lerp(touching, 0.5, (degrees - 270) / 230);
    const angle = radians(degrees);
    line.push(
      vec3(strip.plateReachMm + radius * Math.sin(angle), 0, z - strip.rollMm + radius * Math.cos(angle)),
    );
  }
  return line;
}

/** The butterfly that closes a stud behind the lobe: its plate's face at z = `faceMm`, its rolls behind. */
export function butterfly(faceMm: number): Surface {
  const half = halfLine(faceMm);
  const whole = [...half.toReversed().map((p) => vec3(-p.x, p.y, p.z)), ...half.slice(1)];
  const count = 121;
  const path = resamplePath(whole, count);
  const totalMm = pathLength(whole);
  const sprung = wire(
    path,
    vec3(0, 1, 0),
    (k) => {
      const fromPost = Math.abs(k - 0.5) * totalMm;
      const plate = 1 - smoothstep(0.3, strip.plateReachMm + 1.1, fromPost);
      return {
        halfWidthMm: strip.thicknessMm / 2,
        halfHeightMm: lerp(strip.rolledWidthMm, strip.plateWidthMm, plate) / 2,
      };
    },
    { exponent: 5, around: 20 },
  );
  const collar = place(barrel(0.82, faceMm - 0.55, faceMm + 0.06, 0.1, 24), forwardHere);
  return merge([sprung, collar]);
}
