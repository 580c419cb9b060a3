import type { OneEuroSettings } from '../geometry/one-euro-filter.ts';
import { OneEuroRotationFilter, OneEuroVectorFilter } from '../geometry/one-euro-filter.ts';
import type { Pose } from '../geometry/pose.ts';

/** In units of depth a second: half a metre a second at 60 cm is 0.8, which must lag less than a tenth of a frame. */
const bearingSettings: OneEuroSettings = { minCutoffHz: 1.2, beta: 60, speedCutoffHz: 3 };
/** In millimetres a second. Depth is the noisiest part of a pose and the least visible on the screen. */
const depthSettings: OneEuroSettings = { minCutoffHz: 0.8, beta: 0.04, speedCutoffHz: 2 };
/** In radians a second. */
const rotationSettings: OneEuroSettings = { minCutoffHz: 1.2, beta: 20, speedCutoffHz: 3 };

/**
 * One Euro filters on a head's pose. Translation is filtered as bearing and depth, not as x, y, z: so the noise of depth,
 * many times that of the bearing, neither moves the head on the screen nor opens the filter of the bearing.
 */
export class PoseFilter {
  readonly #bearing = new OneEuroVectorFilter(bearingSettings);
  readonly #depth = new OneEuroVectorFilter(depthSettings);
  readonly #rotation = new OneEuroRotationFilter(rotationSettings);

  /** The filtered pose; `pose` lies before the camera, `timeMs` grows from call to call. */
  filter(timeMs: number, pose: Pose): Pose {
    const [x, y, z] = pose.translationMm;
    const bearing = this.#bearing.filter(timeMs, [x / -z, y / -z, 0]);
    const depthMm = this.#depth.filter(timeMs, [0, 0, -z])[2];
    return {
      rotation: this.#rotation.filter(timeMs, pose.rotation),
      translationMm: [bearing[0] * depthMm, bearing[1] * depthMm, -depthMm],
    };
  }

  /** Forgets the motion: the next pose passes as it is. */
  reset(): void {
    this.#bearing.reset();
    this.#depth.reset();
    this.#rotation.reset();
  }
}
