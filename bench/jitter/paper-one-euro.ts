import type { OneEuroSettings } from './one-euro-filter.ts';
import { OneEuroRotationFilter, OneEuroVectorFilter } from './one-euro-filter.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';

/** The defaults of Casiez, Roussel, Vogel, CHI 2012. */
const paperDefaults: OneEuroSettings = { minCutoffHz: 1, beta: 0.007, speedCutoffHz: 1 };

/** The reference: One Euro on x, y, z in millimetres and on the quaternion. */
export class PaperOneEuro {
  readonly #translation = new OneEuroVectorFilter(paperDefaults);
  readonly #rotation = new OneEuroRotationFilter(paperDefaults);

  /** The filtered pose. */
  filter(timeMs: number, { rotation, translationMm }: Pose): Pose {
    return {
      rotation: this.#rotation.filter(timeMs, rotation),
      translationMm: this.#translation.filter(timeMs, translationMm),
    };
  }
}
