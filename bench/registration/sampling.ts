import type { Pose } from '../../sdk/geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';

/** Where a head is and how it is turned. Angles in radians, lengths in millimetres, camera frame. */
export interface HeadPlace {
  readonly yawRad: number;
  readonly pitchRad: number;
  readonly rollRad: number;
  readonly positionMm: readonly [x: number, y: number, z: number];
}

/** One short film: a head that moves from one place to the place where it is measured, and the camera that sees it. */
export interface RegistrationFilm {
  readonly from: HeadPlace;
  readonly to: HeadPlace;
  readonly verticalFovRad: number;
  readonly deformation: HeadDeformation;
  /** Number of the photographed face that the head wears. */
  readonly face: number;
  /** Multiplies the skin's linear light: 1 is the photograph's. */
  readonly skinTone: readonly [r: number, g: number, b: number];
  /** Where a lamp stands as seen from the head, any length; its light adds to an even one. */
  readonly lamp: readonly [x: number, y: number, z: number];
}

/** How a head differs from the canonical one; shares: 0.08 is 8 % more. */
export interface HeadDeformation {
  readonly width: number;
  readonly jaw: number;
  readonly nose: number;
  /** Root mean square of a smooth displacement that follows no one's model, millimetres. */
  readonly waveMm: number;
  /** Which displacement it is. */
  readonly waveSeed: number;
}

/** A small generator of evenly spread numbers with a seed (mulberry32), so that every run sees the same heads. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const degree = Math.PI / 180;
const skinTones = [
  [1, 1, 1],
  [0.62, 0.52, 0.46],
  [0.3, 0.22, 0.18],
] as const;
/** The default of this kit, a wide webcam, and the field of view that the reference assumes. */
const verticalFovsRad = [43.3 * degree, 54 * degree, 63 * degree];
const nearestMm = 300;
const farthestMm = 2_500;
const farthestAsideMm = 200;
/** Half of a head with its hair, which must stay inside the picture. */
const headRoomMm = 130;

/** How many pictures a film has, how far apart in time, and how many at its end show the head at rest where it is measured. */
export const filmFrames = 14;
export const framePeriodMs = 50;
const restingFrames = 3;

/** The range of a set of films; angles in degrees. */
export interface FilmRange {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly farthestMm?: number;
}

/** The range of the goal. */
export const goalRange: FilmRange = { yaw: 45, pitch: 25, roll: 30 };

/**
 * Films over the whole range of the goal: yaw ±45°, pitch ±25°, roll ±30°, 30 to 250 cm, up to 20 cm off the axis, heads
 * off the canonical one by up to 8 % in width, jaw and nose and by smooth displacements of 0.5 to 2.5 mm, three fields of
 * view, three skin tones, lamps from everywhere in front, each film with the next of `faces` photographed faces.
 */
export function drawFilms(
  count: number,
  seed: number,
  faces: readonly number[],
  range: FilmRange = goalRange,
): RegistrationFilm[] {
  const random = seededRandom(seed);
  const within = (low: number, high: number): number => low + (high - low) * random();
  return Array.from({ length: count }, (_, index) => {
    const verticalFovRad = verticalFovsRad[index % verticalFovsRad.length] ?? degree * 43.3;
    const depthMm = nearestMm * ((range.farthestMm ?? farthestMm) / nearestMm) ** random();
    // Half of the heads stand in the middle, the others aside as far as the picture reaches.
    const halfWidthMm = depthMm * Math.tan(verticalFovRad / 2) * (16 / 9);
    const asideMm = index % 2 === 0 ? 0 : Math.min(farthestAsideMm, Math.max(0, halfWidthMm - headRoomMm));
    const positionMm = [within(-1, 1) * asideMm, within(-0.2, 0.2) * asideMm, -depthMm] as const;
    const to: HeadPlace = {
      yawRad: within(-range.yaw, range.yaw) * degree,
      pitchRad: within(-range.pitch, range.pitch) * degree,
      rollRad: within(-range.roll, range.roll) * degree,
      positionMm,
    };
    return {
      // A person comes to the mirror looking more or less into it, then turns.
      from: {
        yawRad: within(-12, 12) * degree,
        pitchRad: within(-8, 8) * degree,
        rollRad: within(-6, 6) * degree,
        positionMm: [positionMm[0] + within(-15, 15), positionMm[1] + within(-8, 8), positionMm[2]],
      },
      to,
      verticalFovRad,
      deformation: {
        width: within(-0.08, 0.08),
        jaw: within(-0.08, 0.08),
        nose: within(-0.08, 0.08),
        waveMm: within(0.5, 2.5),
        waveSeed: Math.floor(random() * 2 ** 31),
      },
      face: faces[Math.floor(index / 2) % faces.length] ?? 0,
      skinTone: skinTones[Math.floor(index / 3) % skinTones.length] ?? [1, 1, 1],
      lamp: [within(-1, 1), within(-0.3, 1), within(0.3, 1)],
    };
  });
}

/** Where the head of a film is on one of its pictures: it starts and ends softly and rests on the last few. */
export function placeAt({ from, to }: RegistrationFilm, frame: number): HeadPlace {
  const t = Math.min(1, frame / (filmFrames - restingFrames));
  const share = t * t * (3 - 2 * t);
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    yawRad: mix(from.yawRad, to.yawRad),
    pitchRad: mix(from.pitchRad, to.pitchRad),
    rollRad: mix(from.rollRad, to.rollRad),
    positionMm: [
      mix(from.positionMm[0], to.positionMm[0]),
      mix(from.positionMm[1], to.positionMm[1]),
      mix(from.positionMm[2], to.positionMm[2]),
    ],
  };
}

/** `cameraFromFace` of a place. */
export function poseOf({ yawRad, pitchRad, rollRad, positionMm }: HeadPlace): Pose {
  return {
    rotation: quaternionFromYawPitchRoll(yawRad, pitchRad, rollRad),
    translationMm: positionMm,
  };
}
