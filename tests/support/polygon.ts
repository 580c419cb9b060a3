/** A point of a picture, in its pixels. */
export type PolygonPoint = readonly [x: number, y: number];

/** Whether a point lies within a polygon, by the crossings of a ray. */
export function isWithin(polygon: readonly PolygonPoint[], [x, y]: PolygonPoint): boolean {
  let within = false;
  for (let at = 0; at < polygon.length; at += 1) {
    const [ax, ay] = polygon[at] ?? [0, 0];
    const [bx, by] = polygon[(at + 1) % polygon.length] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

/** The polygon made larger by so many pixels from its middle (smaller by negative ones), for what is close to a contour of convex form. */
export function grown(polygon: readonly PolygonPoint[], byPx: number): PolygonPoint[] {
  const [cx, cy] = [0, 1].map(
    (axis) => polygon.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / polygon.length,
  ) as [number, number];
  return polygon.map(([x, y]) => {
    const far = Math.hypot(x - cx, y - cy) || 1;
    const share = Math.max(0, far + byPx) / far;
    return [cx + (x - cx) * share, cy + (y - cy) * share];
  });
}
