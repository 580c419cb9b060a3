import type { Surface } from '../geometry/surface.ts';
import { pearWall } from '../geometry/pear-setting.ts';
import { vec2 } from '../geometry/vector.ts';

/** How a closed setting stands round its pear. */
export interface PearBezelOptions {
  readonly lengthMm: number;
  readonly widthMm: number;
  /** Height of the girdle's band. */
  readonly girdleMm: number;
  /** Depth of the setting below the girdle's upper edge; it hides the culet. */
  readonly depthMm: number;
  readonly wallMm: number;
}

/** How far the lip is rubbed over the girdle, and how high it stands there. */
export const bezelLip = { overMm: 0.2, underMm: 0.17, topMm: 0.36 } as const;

/**
 * A bezel about z, the girdle's upper edge at z = 0, point to +y. The lip is rubbed over the girdle and cut bright; under
 * it the seat follows the pavilion; the wall draws in towards an open back, so that light reaches the stone.
 */
export function pearBezel(options: PearBezelOptions): Surface {
  const { depthMm, wallMm, girdleMm } = options;
  return pearWall(
    options.lengthMm,
    options.widthMm,
    [
      vec2(-0.5, -depthMm),
      vec2(wallMm - 0.02, -0.2),
      vec2(wallMm, 0.12),
      vec2(0.06, bezelLip.topMm),
      vec2(-bezelLip.overMm, bezelLip.underMm + 0.04),
      vec2(-bezelLip.overMm, bezelLip.underMm),
      vec2(0.015, 0.005),
      vec2(0.015, -girdleMm - 0.005),
      vec2(-0.34, -girdleMm - 0.34),
      vec2(-0.86, -depthMm),
    ],
    0.07,
    72,
  );
}
