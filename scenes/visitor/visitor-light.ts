import type { Vector3Like } from 'three';

/** The light in which a visitor stands; linear colours. */
export interface VisitorLight {
  readonly keyFrom: Vector3Like;
  readonly key: readonly [number, number, number];
  readonly sky: readonly [number, number, number];
  readonly ground: readonly [number, number, number];
}

/** A boutique's light: a soft key from above and a warm floor. */
export const boutiqueLight: VisitorLight = {
  keyFrom: { x: -0.5, y: 0.75, z: 0.8 },
  key: [1.9, 1.8, 1.66],
  sky: [1.25, 1.27, 1.32],
  ground: [0.72, 0.62, 0.54],
};
