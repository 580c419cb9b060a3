import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { framesAlong, superellipse, sweep, wire } from '../geometry/sweep.ts';
import { lathe } from '../geometry/lathe.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { roundedPolygon } from '../geometry/rounded-polygon.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** A stud that a bag stands on, hanging below y = 0: a collar and a dome that has a flat where it touches the table. */
export function foot(radiusMm: number, heightMm: number): Surface {
  const r = radiusMm;
  return lathe(
    [
      vec2(0, -heightMm),
      vec2(r * 0.3, -heightMm),
      ...[0.2, 0.4, 0.6, 0.8, 1].map((k) => {
        const turn = (Math.PI / 2) * k;
        return vec2(r * (0.3 + 0.52 * Math.sin(turn)), -heightMm + (heightMm - 1.6) * (1 - Math.cos(turn)));
      }),
      vec2(r * 0.84, -1.5),
      vec2(r * 0.95, -1.45),
      vec2(r, -1.25),
      vec2(r, -0.3),
      vec2(r * 0.96, 0.3),
      vec2(0, 0.3),
    ],
    32,
  );
}

/** A ring bent from wire round a rounded rectangle in the plane z = 0, its middle at the origin. */
export function squareRing(
  widthMm: number,
  heightMm: number,
  cornerMm: number,
  wireMm: number,
  around = 14,
): Surface {
  const [w, h] = [widthMm / 2, heightMm / 2];
  const path: Vec3[] = roundedPolygon(
    [
      { x: -w, y: h, radiusMm: cornerMm },
      { x: -w, y: -h, radiusMm: cornerMm },
      { x: w, y: -h, radiusMm: cornerMm },
      { x: w, y: h, radiusMm: cornerMm },
    ],
    1.6,
  ).map(({ x, y }) => vec3(x, y, 0));
  const section = superellipse(wireMm / 2, wireMm / 2, 2.3, around);
  return sweep(
    framesAlong(path, vec3(0, 0, 1)).map((frame) => ({ ...frame, section })),
    true,
  );
}

function slottedScrew(radiusMm: number): Surface {
  const cheek = [-1, 1].map((side) => {
    // Two half-moons with the slot between them.
    const outline = Array.from({ length: 17 }, (_, i) => {
      const reach = Math.acos(0.16);
      const angle = -reach + (2 * reach * i) / 16;
      return vec2(side * Math.cos(angle) * radiusMm, side * Math.sin(angle) * radiusMm);
    });
    return roundedPlate({
      outer: outline,
      thicknessMm: 0.7,
      frontEdge: { widthMm: 0.14, depthMm: 0.14, steps: 2 },
      backEdge: { widthMm: 0.05, depthMm: 0.05, steps: 1 },
    });
  });
  return merge(cheek);
}

function stadium(lengthMm: number, heightMm: number, everyMm: number) {
  const [w, h] = [lengthMm / 2, heightMm / 2];
  const radiusMm = h * 0.96;
  return roundedPolygon(
    [
      { x: -w, y: h, radiusMm },
      { x: -w, y: -h, radiusMm },
      { x: w, y: -h, radiusMm },
      { x: w, y: h, radiusMm },
    ],
    everyMm,
  );
}

/** A turn-lock's plate, its back on z = 0: a bevelled stadium with a sunken field, screwed on at both ends. */
export function lockPlate(lengthMm: number, heightMm: number): Surface {
  const rim = roundedPlate({
    outer: stadium(lengthMm, heightMm, 1.2),
    holes: [stadium(lengthMm - 5, heightMm - 5, 1.1)],
    thicknessMm: 2.6,
    frontEdge: { widthMm: 1, depthMm: 0.9, steps: 5 },
    backEdge: { widthMm: 0.1, depthMm: 0.1, steps: 1 },
    holeFrontEdge: { widthMm: 0.7, depthMm: 0.7, steps: 4 },
    holeBackEdge: { widthMm: 0.1, depthMm: 0.1, steps: 1 },
  });
  const field = roundedPlate({
    outer: stadium(lengthMm - 4, heightMm - 4, 1.4),
    thicknessMm: 1.5,
    frontEdge: { widthMm: 0.1, depthMm: 0.1, steps: 1 },
    backEdge: { widthMm: 0.1, depthMm: 0.1, steps: 1 },
  });
  const screws = [-1, 1].map((side, i) => {
    const turn = 0.5 + i * 0.9;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    return place(slottedScrew(1.7), {
      origin: vec3(side * (lengthMm / 2 - 5.6), 0, 1.65),
      x: vec3(c, s, 0),
      y: vec3(-s, c, 0),
      z: vec3(0, 0, 1),
    });
  });
  return merge([translate(rim, vec3(0, 0, 1.3)), translate(field, vec3(0, 0, 0.75)), ...screws]);
}

/** The part of a turn-lock that is turned: a collared post about z and a rounded bar across it, from z = 1.5 upwards. */
export function lockTurn(lengthMm: number, heightMm: number): Surface {
  const post = lathe(
    [
      vec2(0, 1),
      vec2(5.4, 1),
      vec2(5.6, 1.7),
      vec2(5.5, 2.2),
      vec2(5.2, 2.45),
      vec2(4.2, 2.6),
      vec2(3.4, 3),
      vec2(3.1, 3.6),
      vec2(3.1, 5.2),
      vec2(0, 5.2),
    ],
    36,
  );
  // Waisted, so that two fingers find it.
  const reach = lengthMm / 2 - heightMm * 0.38;
  const bar = wire(
    Array.from({ length: 25 }, (_, i) => vec3(-reach + (2 * reach * i) / 24, 0, 0)),
    vec3(0, 0, 1),
    (k) => ({
      halfWidthMm: heightMm * (0.36 + 0.14 * Math.abs(2 * k - 1) ** 1.6),
      halfHeightMm: 2.2 + 0.45 * Math.abs(2 * k - 1) ** 1.6,
    }),
    { around: 26, exponent: 2.7 },
  );
  const upright = place(post, {
    origin: vec3(0, 0, 0),
    x: vec3(1, 0, 0),
    y: vec3(0, 0, 1),
    z: vec3(0, -1, 0),
  });
  return merge([upright, translate(bar, vec3(0, 0, 6.8))]);
}
