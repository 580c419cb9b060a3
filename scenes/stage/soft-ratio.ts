/** A piece may be so many times as sharp as the picture in which it stands: more looks pasted upon it. */
const sharper = 1.75;
/** However coarse the camera, a piece's own lines stay. */
const leastRatio = 0.8;

/**
 * The most device pixels for a CSS pixel in which a piece looks as if the camera's lens had drawn it: the screen then
 * stretches piece and picture alike. `cameraPerCssPx` is how many of the camera's pixels one CSS pixel shows; null where no
 * camera does.
 */
export function softRatio(mostRatio: number, cameraPerCssPx: number | null): number {
  if (cameraPerCssPx === null) return mostRatio;
  return Math.min(mostRatio, Math.max(leastRatio, sharper * cameraPerCssPx));
}
