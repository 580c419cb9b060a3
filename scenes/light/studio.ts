/** One softbox of the studio: a rectangle of light on the sphere around the product. */
export interface Softbox {
  /** Direction of its middle: 0° is behind the camera, +90° on the picture's right. */
  readonly azimuthDeg: number;
  /** 0° is level with the product, +90° straight above. */
  readonly elevationDeg: number;
  readonly widthDeg: number;
  readonly heightDeg: number;
  /** Turn about its own middle. */
  readonly rollDeg: number;
  /** Linear radiance at its middle; 1 is paper white in a well-exposed picture. */
  readonly radiance: number;
  /** Colour temperature as a linear tint, green = 1. */
  readonly tint: readonly [r: number, g: number, b: number];
  /** The share of its half size over which its edge falls off. */
  readonly softness: number;
}

/** A photographer's studio as light over all directions. */
export interface Studio {
  readonly boxes: readonly Softbox[];
  /** Radiance straight above, at the horizon, and straight below: the walls that the boxes light. */
  readonly ceiling: number;
  readonly horizon: number;
  readonly floor: number;
}

const daylight = [1, 1, 1] as const;
const warm = [1.08, 1, 0.88] as const;
const cool = [0.93, 1, 1.08] as const;

/**
 * The house's studio for eyewear and jewellery: a large key high on the left, a tall strip on the right that draws one
 * clean line along metal, a bank above for the tops of rims, two rims from behind, and dark flags between them, without
 * which polished metal has nothing to be bright against.
 */
export const houseStudio: Studio = {
  boxes: [
    {
      azimuthDeg: -48,
      elevationDeg: 38,
      widthDeg: 52,
      heightDeg: 40,
      rollDeg: -8,
      radiance: 7.5,
      tint: daylight,
      softness: 0.35,
    },
    {
      azimuthDeg: 62,
      elevationDeg: 14,
      widthDeg: 15,
      heightDeg: 78,
      rollDeg: 4,
      radiance: 6,
      tint: cool,
      softness: 0.3,
    },
    {
      azimuthDeg: 8,
      elevationDeg: 76,
      widthDeg: 84,
      heightDeg: 26,
      rollDeg: 0,
      radiance: 5,
      tint: daylight,
      softness: 0.4,
    },
    {
      azimuthDeg: -122,
      elevationDeg: 18,
      widthDeg: 18,
      heightDeg: 64,
      rollDeg: 0,
      radiance: 8,
      tint: warm,
      softness: 0.3,
    },
    {
      azimuthDeg: 128,
      elevationDeg: 26,
      widthDeg: 20,
      heightDeg: 60,
      rollDeg: 0,
      radiance: 7,
      tint: daylight,
      softness: 0.3,
    },
    {
      azimuthDeg: 4,
      elevationDeg: -38,
      widthDeg: 90,
      heightDeg: 14,
      rollDeg: 0,
      radiance: 0.9,
      tint: warm,
      softness: 0.8,
    },
  ],
  ceiling: 0.42,
  horizon: 0.2,
  floor: 0.11,
};

/** A unit vector towards an azimuth and elevation of the studio, in camera axes (+x right, +y up, +z towards the camera). */
export function studioDirection(azimuthDeg: number, elevationDeg: number): [x: number, y: number, z: number] {
  const azimuthRad = (azimuthDeg * Math.PI) / 180;
  const elevationRad = (elevationDeg * Math.PI) / 180;
  const level = Math.cos(elevationRad);
  return [level * Math.sin(azimuthRad), Math.sin(elevationRad), level * Math.cos(azimuthRad)];
}
