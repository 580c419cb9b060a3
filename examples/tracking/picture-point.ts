import type { CameraIntrinsics, Pose, Vec3 } from 'vitrine';

/** A point of the unmirrored picture, in its pixels. */
export interface PicturePoint {
  readonly uPx: number;
  readonly vPx: number;
}

// #region project
/** Where a point of the camera's frame appears in the unmirrored picture; null where it does not lie before the camera. */
export function pictureFromCamera(
  { fxPx, fyPx, cxPx, cyPx }: CameraIntrinsics,
  [xMm, yMm, zMm]: Vec3,
): PicturePoint | null {
  if (!(zMm < 0)) return null;
  return { uPx: cxPx + (fxPx * xMm) / -zMm, vPx: cyPx - (fyPx * yMm) / -zMm };
}
// #endregion

// #region transform
/** A point of an anchor's own frame, in the camera's frame. */
export function cameraFromPoint({ rotation: [x, y, z, w], translationMm }: Pose, pointMm: Vec3): Vec3 {
  const [px, py, pz] = pointMm;
  const [tx, ty, tz] = [2 * (y * pz - z * py), 2 * (z * px - x * pz), 2 * (x * py - y * px)];
  return [
    px + w * tx + y * tz - z * ty + translationMm[0],
    py + w * ty + z * tx - x * tz + translationMm[1],
    pz + w * tz + x * ty - y * tx + translationMm[2],
  ];
}
// #endregion

// #region mirror
/** The point of the unmirrored picture that is seen at a point of the window, where `mirror` shows all of it mirrored. */
export function pictureFromMirror(
  mirror: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
  picture: { readonly width: number; readonly height: number },
  clientX: number,
  clientY: number,
): PicturePoint {
  return {
    uPx: (1 - (clientX - mirror.left) / mirror.width) * picture.width,
    vPx: ((clientY - mirror.top) / mirror.height) * picture.height,
  };
}
// #endregion
