import type { Surface } from '../geometry/surface.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { vec2, vec3 } from '../geometry/vector.ts';
import { barrel, dome, lathe } from '../geometry/lathe.ts';
import { roundedBox } from './rounded-box.ts';

/** A barrel hinge about the y axis, its middle at the origin. */
export interface BarrelHingeOptions {
  /** Odd; the outermost barrels belong to the front. */
  readonly barrels: number;
  readonly heightMm: number;
  readonly radiusMm: number;
  /** From the pin to the plate on the front, along +z. */
  readonly frontReachMm: number;
  /** From the pin to the temple. */
  readonly templeReachMm: number;
  /** Whether the temple's arms run sideways (+x, into a plate on its inner face) or back (−z, into its end). */
  readonly templeArms: 'side' | 'back';
  readonly templePlateLengthMm: number;
  readonly frontPlateWidthMm: number;
  /** How much taller the front's plate is than the row of barrels. */
  readonly plateTallerMm: number;
}

/** The two halves of a hinge. The screw turns with the front. */
export interface BarrelHinge {
  readonly front: Surface;
  readonly temple: Surface;
  /** The plate inlaid in the temple; it follows the temple, not the pin, when the pin leans. */
  readonly templePlate: Surface;
}

/** A slotted screw head about y: a low cylinder with a milled slot would need a cut, so the slot is two half-heads. */
function slottedHead(radiusMm: number): Surface {
  const half = roundedBox(radiusMm * 1.7, 0.34, radiusMm * 0.72, 0.06, 0.12);
  const base = lathe(
    [vec2(0, -0.02), vec2(radiusMm, -0.02), vec2(radiusMm, 0.2), vec2(radiusMm * 0.92, 0.28), vec2(0, 0.28)],
    20,
  );
  return merge([
    base,
    translate(half, vec3(0, 0.26, radiusMm * 0.46)),
    translate(half, vec3(0, 0.26, -radiusMm * 0.46)),
  ]);
}

function templeArm(options: BarrelHingeOptions, tallMm: number, middleMm: number): Surface {
  const { radiusMm, templeReachMm: reach } = options;
  return options.templeArms === 'side'
    ? translate(
        roundedBox(reach, tallMm, radiusMm * 1.5, 0.08, 0.1),
        vec3(reach / 2, middleMm, -radiusMm * 0.2),
      )
    : translate(roundedBox(radiusMm * 1.5, tallMm, reach, 0.08, 0.1), vec3(0, middleMm, -reach / 2));
}

/** Builds a hinge with its barrels, the arms to both plates, the plates, and the screw through all. */
export function barrelHinge(options: BarrelHingeOptions): BarrelHinge {
  const { barrels, heightMm, radiusMm } = options;
  const pitch = heightMm / barrels;
  const gapMm = 0.05;
  const front: Surface[] = [];
  const temple: Surface[] = [];
  const plateMm = 0.8;
  for (let i = 0; i < barrels; i += 1) {
    const bottom = -heightMm / 2 + i * pitch + gapMm / 2;
    const top = bottom + pitch - gapMm;
    const middle = (bottom + top) / 2;
    const knuckle = barrel(radiusMm, bottom, top, 0.12, 18);
    const tall = top - bottom - 0.02;
    if (i % 2 === 0) {
      const reach = options.frontReachMm;
      front.push(
        knuckle,
        translate(roundedBox(radiusMm * 1.5, tall, reach, 0.08, 0.1), vec3(0, middle, reach / 2)),
      );
    } else {
      temple.push(knuckle, templeArm(options, tall, middle));
    }
  }
  front.push(
    translate(
      roundedBox(options.frontPlateWidthMm, heightMm + options.plateTallerMm, plateMm, 0.22, 1.1),
      vec3(0, 0, options.frontReachMm - plateMm / 2 + 0.25),
    ),
  );
  const templePlate = place(roundedBox(options.templePlateLengthMm, heightMm - 0.8, plateMm, 0.22, 1.6), {
    origin: vec3(options.templeReachMm - plateMm / 2 + 0.25, 0, 1 - options.templePlateLengthMm / 2),
    x: vec3(0, 0, -1),
    y: vec3(0, 1, 0),
    z: vec3(1, 0, 0),
  });
  const inward = { x: vec3(0, 0, 1), y: vec3(-1, 0, 0), z: vec3(0, -1, 0) };
  const platePin = (z: number): Surface =>
    place(dome(0.75, 0.28, 0.4, 14), {
      origin: vec3(options.templeReachMm - plateMm + 0.25, 0, z),
      ...inward,
    });
  const pins = [platePin(-options.templePlateLengthMm * 0.42), platePin(-options.templePlateLengthMm * 0.74)];
  front.push(
    translate(slottedHead(radiusMm * 0.78), vec3(0, heightMm / 2, 0)),
    translate(barrel(radiusMm * 0.55, -0.4, 0.1, 0.08, 14), vec3(0, -heightMm / 2, 0)),
  );
  return { front: merge(front), temple: merge(temple), templePlate: merge([templePlate, ...pins]) };
}
