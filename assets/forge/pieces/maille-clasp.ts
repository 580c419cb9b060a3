import type { OvalLink } from '../parts/oval-link.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import { merge, place } from '../geometry/surface.ts';
import { ovalLink } from '../parts/oval-link.ts';
import { lathe } from '../geometry/lathe.ts';
import { cross, radians, vec2, vec3 } from '../geometry/vector.ts';

/** Maille's links: 9 × 6 of 1.6 wire. */
export const mailleLink: OvalLink = {
  lengthMm: 9,
  widthMm: 6,
  wireMm: 1.6,
  ovalExponent: 2.35,
  wireExponent: 2.4,
  steps: 44,
  around: 16,
};

const round = (
  lengthMm: number,
  widthMm: number,
  wireMm: number,
  steps: number,
  around: number,
): OvalLink => ({
  lengthMm,
  widthMm,
  wireMm,
  ovalExponent: 2,
  wireExponent: 2,
  steps,
  around,
});
const ring: OvalLink = { ...round(13.8, 13.8, 2, 72, 20), wireExponent: 2.5 };
const jump = round(6.4, 6.4, 1.2, 40, 12);
const eye: OvalLink = { ...round(5.4, 4, 1.1, 32, 12), ovalExponent: 2.4 };
/** Wide enough for the chain's wire and its ring's, and its bows blunt enough that they lie in them. */
const connector: OvalLink = { ...round(7.8, 5.2, 1.1, 44, 12), ovalExponent: 2.6 };
export const mailleBarMm = 17;

/** Half of a link's middle line, lengthwise. */
const reach = (link: OvalLink): number => (link.lengthMm - link.wireMm) / 2;
/** Distance between the middles of two wires that lie on each other. */
const touch = (a: OvalLink, b: OvalLink): number => (a.wireMm + b.wireMm) / 2;

/** The ring leans: its end at the bar rides up over the link that pulls the bar. */
const leanDeg = 8;
const barAtMm = 2.3;
const barUpMm = 2.02;

function leaning(p: Vec2): Vec2 {
  // About the place where the jump ring holds it.
  const [x, y] = [p.x + reach(ring), p.y];
  const [c, s] = [Math.cos(radians(leanDeg)), Math.sin(radians(leanDeg))];
  return vec2(x * c - y * s - reach(ring), x * s + y * c);
}

/** A link in the clasp's plane of (x along the bracelet, y out of the wrist): its middle, its direction, and how it lies. */
function laid(link: OvalLink, middle: Vec2, angleDeg: number, lies: 'flat' | 'upright'): Surface {
  const y = vec3(Math.cos(radians(angleDeg)), Math.sin(radians(angleDeg)), 0);
  const out = vec3(-y.y, y.x, 0);
  const z = lies === 'flat' ? out : vec3(0, 0, 1);
  return place(ovalLink(link), { origin: vec3(middle.x, middle.y, 0), x: cross(y, z), y, z });
}

/** The bar: fullest where it is held, drawn in towards its ends, each closed by a collar and a cap. */
function bar(): Surface {
  const half = mailleBarMm / 2;
  const side: Vec2[] = [];
  const steps = 12;
  for (let i = 0; i <= steps; i += 1) {
    const k = i / steps;
    side.push(vec2(1.22 - 0.34 * k * k * (3 - 2 * k), k * (half - 1.9)));
  }
  side.push(
    vec2(0.86, half - 1.86),
    vec2(0.94, half - 1.78),
    vec2(1.18, half - 1.72),
    vec2(1.26, half - 1.62),
  );
  for (let i = 0; i <= 7; i += 1) {
    const angle = ((Math.PI / 2) * i) / 7;
    side.push(vec2(i === 7 ? 0 : 0.28 + 1 * Math.cos(angle) ** 0.9, half - 1.3 + 1.3 * Math.sin(angle)));
  }
  const lower = side
    .slice(1)
    .toReversed()
    .map((p) => vec2(p.x, -p.y));
  return lathe([...lower, ...side], 28);
}

/** The clasp, closed: x runs from the chain at its ring to the chain at its bar, y leaves the wrist, z lies across. */
export interface MailleClasp {
  readonly surface: Surface;
  /** Where the wire of the chain's last link lies in the ring's jump ring, and that of its first in the link that holds the bar. */
  readonly bowAtRing: Vec2;
  readonly bowAtBar: Vec2;
}

/** Builds the T-bar clasp, its bar through its ring. */
export function mailleClasp(): MailleClasp {
  const ringMiddle = leaning(vec2(0, 0));
  const jumpX = -reach(ring) + touch(ring, jump) - reach(jump);
  const bowAtRing = vec2(jumpX - reach(jump) + touch(jump, mailleLink), 0);
  const eyeUp = barUpMm - reach(eye) - 0.75;
  // The connecting link hangs in the eye's lower bow and passes under the ring.
  const bow = leaning(vec2(barAtMm + 0.3, eyeUp - reach(eye) + touch(eye, connector) + 0.02));
  const slopeDeg = 1.2;
  const far = vec2(
    bow.x + 2 * reach(connector) * Math.cos(radians(slopeDeg)),
    bow.y + 2 * reach(connector) * Math.sin(radians(slopeDeg)),
  );
  const connectorMiddle = vec2((bow.x + far.x) / 2, (bow.y + far.y) / 2);
  // The chain leaves the straight clasp at an angle: its blunt bow leans on the wire with its outer shoulder, not with its middle.
  const shoulder = vec2(-0.2, 0.14);
  const bowAtBar = vec2(far.x - touch(connector, mailleLink) + shoulder.x, far.y + shoulder.y);
  const barPlace = leaning(vec2(barAtMm, barUpMm));
  const lean = (v: Vec2): Vec3 => {
    const turned = leaning(vec2(v.x - reach(ring), v.y));
    return vec3(turned.x + reach(ring), turned.y, 0);
  };
  const barY = vec3(0, 0, 1);
  const barX = lean(vec2(1, 0));
  const surface = merge([
    laid(ring, ringMiddle, leanDeg, 'flat'),
    laid(jump, vec2(jumpX, 0), 0, 'upright'),
    laid(eye, leaning(vec2(barAtMm, eyeUp)), 90 + leanDeg, 'upright'),
    laid(connector, connectorMiddle, slopeDeg, 'flat'),
    place(bar(), {
      origin: vec3(barPlace.x, barPlace.y, 0),
      x: barX,
      y: barY,
      z: cross(barX, barY),
    }),
  ]);
  return { surface, bowAtRing, bowAtBar };
}
