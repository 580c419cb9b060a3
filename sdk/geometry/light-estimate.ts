/** The mean of face pixels in linear light, 0 to 1. */
export interface LinearMean {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly pixels: number;
}

/** The transfer function of sRGB, one 8-bit value to linear light. Source: IEC 61966-2-1. */
export function linearFromSrgb8(value: number): number {
  const s = value / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
}

const linearTable = Float32Array.from({ length: 256 }, (_, value) => linearFromSrgb8(value));

/** The mean linear light of RGBA pixels, leaving out clipped and nearly black ones, which tell nothing of colour. */
export function linearMeanOf(rgba: Uint8ClampedArray): LinearMean {
  let [red, green, blue, pixels] = [0, 0, 0, 0];
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [r, g, b] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
    const brightest = Math.max(r, g, b);
    if (brightest > 250 || brightest < 10) continue;
    red += linearTable[r] ?? 0;
    green += linearTable[g] ?? 0;
    blue += linearTable[b] ?? 0;
    pixels += 1;
  }
  if (pixels === 0) return { red: 0, green: 0, blue: 0, pixels: 0 };
  return { red: red / pixels, green: green / pixels, blue: blue / pixels, pixels };
}

/**
 * What skin reflects on the average over light and dark complexions, linear RGB with green = 1: haemoglobin and melanin
 * make every skin redder than grey. Taken from the light, medium and dark skin patches of published colour charts
 * (24-patch ColorChecker, patches 1 and 2).
 */
const skinTint = [1.9, 1, 0.71] as const;
/** Linear luminance of a well-exposed face, between the chart's light and dark skin patches. */
const skinLuminance = 0.19;

/** Colour of the light and exposure of the face, as `LightEstimate` has them. */
export interface FaceLight {
  readonly tint: readonly [r: number, g: number, b: number];
  readonly exposure: number;
}

/** Light of which nothing is known: neutral and well exposed. */
export const neutralLight: FaceLight = { tint: [1, 1, 1], exposure: 1 };

/**
 * The light on a face from its mean pixel. Skin differs far more in brightness than in hue, so the tint is trustworthy
 * and the exposure is a hint; both are kept within what a shop's light can be.
 */
export function faceLightFrom(mean: LinearMean): FaceLight {
  if (mean.pixels === 0 || !(mean.green > 0)) return neutralLight;
  const luminance = 0.2126 * mean.red + 0.7152 * mean.green + 0.0722 * mean.blue;
  return {
    tint: [
      clamp(mean.red / mean.green / skinTint[0], 0.5, 2),
      1,
      clamp(mean.blue / mean.green / skinTint[2], 0.4, 2),
    ],
    exposure: clamp(luminance / skinLuminance, 0.1, 4),
  };
}

/** Moves `from` towards `to` by `amount` (0 to 1). */
export function mixLight(from: FaceLight, to: FaceLight, amount: number): FaceLight {
  const mix = (a: number, b: number): number => a + (b - a) * amount;
  return {
    tint: [mix(from.tint[0], to.tint[0]), mix(from.tint[1], to.tint[1]), mix(from.tint[2], to.tint[2])],
    exposure: mix(from.exposure, to.exposure),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
