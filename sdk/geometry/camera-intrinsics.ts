/**
 * Where the intrinsics came from, best first: a calibration of this very camera, what its maker publishes of the model by whose name the
 * track goes, a stated default.
 */
export type IntrinsicsSource = 'calibration' | 'track-settings' | 'default';

/**
 * One pinhole camera without distortion, in pixels of the picture as delivered (unmirrored, upright).
 * A camera-frame point projects to `u = cxPx + fxPx·x/−z`, `v = cyPx − fyPx·y/−z` (v grows downwards).
 */
export interface CameraIntrinsics {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fxPx: number;
  readonly fyPx: number;
  readonly cxPx: number;
  readonly cyPx: number;
  readonly source: IntrinsicsSource;
}
