/** A rectangle of a picture, in its pixels, from its upper left corner. */
export interface PictureRegion {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A picture's size in pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A point of a picture, in its pixels. */
export interface PicturePoint {
  readonly uPx: number;
  readonly vPx: number;
}

/** A face on a picture: the middle of its bounding box and the box's height (brow to chin), pixels. */
export interface FacePlace extends PicturePoint {
  readonly heightPx: number;
}

/** A square of about this side around a point, moved so that it lies within the picture; never larger than the picture. */
export function squareAround(
  { uPx, vPx }: PicturePoint,
  sidePx: number,
  picture: PictureSize,
): PictureRegion {
  const widthPx = Math.round(Math.min(sidePx, picture.widthPx));
  const heightPx = Math.round(Math.min(sidePx, picture.heightPx));
  const within = (middle: number, size: number, whole: number): number =>
    Math.round(Math.min(whole - size, Math.max(0, middle - size / 2)));
  return {
    xPx: within(uPx, widthPx, picture.widthPx),
    yPx: within(vPx, heightPx, picture.heightPx),
    widthPx,
    heightPx,
  };
}

/** Whether two faces can only be one: the middle of each lies within the other's box. */
export function isSamePlace(one: FacePlace, other: FacePlace): boolean {
  const apartPx = Math.hypot(one.uPx - other.uPx, one.vPx - other.vPx);
  return (
    apartPx < 0.5 * Math.min(one.heightPx, other.heightPx) ||
    apartPx < 0.3 * Math.max(one.heightPx, other.heightPx)
  );
}
