/** One rendered picture: a head, where it is, and the camera that sees it. Angles in radians, lengths in millimetres. */
export interface RegistrationSample {
  readonly yawRad: number;
  readonly pitchRad: number;
  readonly rollRad: number;
  readonly positionMm: readonly [x: number, y: number, z: number];
  readonly verticalFovRad: number;
  readonly deformation: HeadDeformation;
  /** Multiplies the skin's linear light: 1 is the photograph's. */
  readonly skinTone: readonly [r: number, g: number, b: number];
}

/** How a head differs from the canonical one; each a share, 0.08 is 8 % more. */
export interface HeadDeformation {
  readonly width: number;
  readonly jaw: number;
  readonly nose: number;
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

/**
 * Pictures over the whole range of the goal: yaw ±45°, pitch ±25°, roll ±30°, 35 to 90 cm, up to 20 cm off the axis,
 * heads up to 8 % off the canonical one in width, jaw and nose, three fields of view, three skin tones.
 */
export function drawSamples(count: number, seed: number): RegistrationSample[] {
  const random = seededRandom(seed);
  const within = (low: number, high: number): number => low + (high - low) * random();
  return Array.from({ length: count }, (_, index) => {
    const verticalFovRad = verticalFovsRad[index % verticalFovsRad.length] ?? degree * 43.3;
    const depthMm = 350 * (900 / 350) ** random();
    // Half of the heads stand in the middle, the others aside as far as the picture reaches.
    const halfWidthMm = depthMm * Math.tan(verticalFovRad / 2) * (16 / 9);
    const asideMm = index % 2 === 0 ? 0 : Math.min(200, Math.max(0, halfWidthMm - 130));
    return {
      yawRad: within(-45, 45) * degree,
      pitchRad: within(-25, 25) * degree,
      rollRad: within(-30, 30) * degree,
      positionMm: [within(-1, 1) * asideMm, within(-0.2, 0.2) * asideMm, -depthMm],
      verticalFovRad,
      deformation: { width: within(-0.08, 0.08), jaw: within(-0.08, 0.08), nose: within(-0.08, 0.08) },
      skinTone: skinTones[Math.floor(index / 2) % skinTones.length] ?? [1, 1, 1],
    };
  });
}
