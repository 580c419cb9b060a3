import type { LightEstimate } from '../sdk/anchors/anchor-frame.ts';
import type { Vec3 } from '../sdk/geometry/pose.ts';
import { addHarmonics, ambientHarmonics, lampHarmonics } from '../sdk/geometry/spherical-harmonics.ts';
import type { VisitorLight } from '../scenes/visitor/visitor-light.ts';
import { boutiqueLight } from '../scenes/visitor/visitor-light.ts';

/** Lights in which the visitor stands for a picture. */
const lights = {
  boutique: boutiqueLight,
  /** Filament lamps in the evening. */
  warm: { ...boutiqueLight, key: [2.3, 1.6, 0.86], sky: [1.3, 0.98, 0.6], ground: [0.8, 0.52, 0.28] },
  /** A window to the north. */
  cold: { ...boutiqueLight, key: [1.5, 1.78, 2.2], sky: [1.0, 1.25, 1.62], ground: [0.5, 0.6, 0.74] },
  /** A shop after hours. */
  dark: { ...boutiqueLight, key: [0.5, 0.44, 0.36], sky: [0.24, 0.24, 0.25], ground: [0.12, 0.1, 0.09] },
  /** A shop window on the visitor's left. */
  side: {
    keyFrom: { x: 1, y: 0.25, z: 0.45 },
    key: [2.9, 2.85, 2.8],
    sky: [0.5, 0.52, 0.56],
    ground: [0.3, 0.27, 0.24],
  },
} as const satisfies Readonly<Record<string, VisitorLight>>;

/** A light's name. */
export type GalleryLight = keyof typeof lights;

export function isLight(name: string | null): name is GalleryLight {
  return name !== null && Object.hasOwn(lights, name);
}

/** How the visitor is lit, and what a camera that sees them rightly tells of it. */
export function galleryLight(name: GalleryLight): {
  readonly drawn: VisitorLight;
  readonly seen: Omit<LightEstimate, 'noise' | 'source'>;
} {
  const drawn = lights[name];
  const usual = frontOf(boutiqueLight);
  const front = frontOf(drawn);
  const { x, y, z } = drawn.keyFrom;
  const length = Math.hypot(x, y, z);
  const white = usual[1];
  const share = (rgb: readonly [number, number, number]): Vec3 => [
    rgb[0] / white,
    rgb[1] / white,
    rgb[2] / white,
  ];
  const lamp = lampHarmonics([x / length, y / length, z / length], share(drawn.key));
  const around = ambientHarmonics(share(mean(drawn.sky, drawn.ground)));
  return {
    drawn,
    seen: {
      tint: [front[0] / front[1] / (usual[0] / usual[1]), 1, front[2] / front[1] / (usual[2] / usual[1])],
      // The boutique's light leaves the picture a little under full.
      exposure: (0.9 * front[1]) / usual[1],
      harmonics: name === 'boutique' ? null : addHarmonics(lamp, around, 1),
    },
  };
}

/** What falls on a face that looks at the camera. */
function frontOf({ keyFrom: { x, y, z }, key, sky, ground }: VisitorLight): Vec3 {
  const cosine = Math.max(0, z / Math.hypot(x, y, z));
  const around = mean(sky, ground);
  return [key[0] * cosine + around[0], key[1] * cosine + around[1], key[2] * cosine + around[2]];
}

function mean(a: Vec3, b: Vec3): Vec3 {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}
