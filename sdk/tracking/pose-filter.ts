import { CalmRotationFilter, CalmVectorFilter } from '../geometry/calm-filter.ts';
import type { Pose } from '../geometry/pose.ts';
import type { FilterProfile } from './filter-profile.ts';
import { filterProfiles } from './filter-profile.ts';

/**
 * Keeps a pose still at rest and lets it go at once when it moves. Translation is filtered as bearing and depth, not as
 * x, y, z: so the noise of depth, many times that of the bearing, neither moves the piece on the screen nor opens the
 * bearing's gate.
 */
export class PoseFilter {
  readonly #bearing: CalmVectorFilter;
  readonly #depth: CalmVectorFilter;
  readonly #rotation: CalmRotationFilter;
  #lastMs: number | null = null;
  #value: Pose | null = null;

  constructor(profile: FilterProfile = 'face') {
    const { bearing, depth, rotation } = filterProfiles[profile];
    this.#bearing = new CalmVectorFilter(bearing, 2);
    this.#depth = new CalmVectorFilter(depth, 1);
    this.#rotation = new CalmRotationFilter(rotation);
  }

  /**
   * The filtered pose at `timeMs`; `pose` lies before the camera. A time that does not come after the last one, and a pose
   * that is none (not finite, not before the camera), change nothing.
   */
  filter(timeMs: number, pose: Pose): Pose {
    const late = this.#lastMs !== null && !(timeMs > this.#lastMs);
    if (!Number.isFinite(timeMs) || late || !isBeforeCamera(pose)) return this.#value ?? pose;
    this.#lastMs = timeMs;
    const [x, y, z] = pose.translationMm;
    const bearing = this.#bearing.filter(timeMs, [x / -z, y / -z, 0]);
    const depthMm = Math.exp(this.#depth.filter(timeMs, [Math.log(-z), 0, 0])[0]);
    this.#value = {
      rotation: this.#rotation.filter(timeMs, pose.rotation),
      translationMm: [bearing[0] * depthMm, bearing[1] * depthMm, -depthMm],
    };
    return this.#value;
  }

  /** Forgets the motion: the next pose passes as it is. */
  reset(): void {
    this.#lastMs = null;
    this.#value = null;
    this.#bearing.reset();
    this.#depth.reset();
    this.#rotation.reset();
  }
}

function isBeforeCamera({ rotation, translationMm }: Pose): boolean {
  // What is no number, or none that ends, makes their sum one of these.
  const sum = rotation[0] + rotation[1] + rotation[2] + rotation[3] + translationMm[0] + translationMm[1];
  return Number.isFinite(sum + translationMm[2]) && translationMm[2] < 0;
}
