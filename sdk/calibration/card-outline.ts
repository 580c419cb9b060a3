import type { Point2, Quad } from '../geometry/homography.ts';
import { homographyOf, mapPoint } from '../geometry/homography.ts';
import { cardCornerRadiusMm, cardCornersMm } from '../geometry/card.ts';

const pointsPerCorner = 6;

/** A card's outline with its round corners under perspective, as points in pixels, clockwise; `corners` as in a sighting. */
export function cardOutline(corners: Quad): readonly Point2[] {
  const map = homographyOf(cardCornersMm, corners);
  if (map === null) return corners;
  return cardCornersMm.flatMap(([x, y], corner) => {
    const [cx, cy] = [x - Math.sign(x) * cardCornerRadiusMm, y - Math.sign(y) * cardCornerRadiusMm];
    // Upper left begins looking left; each corner goes on by a quarter turn, clockwise as seen.
    const startRad = Math.PI - (corner * Math.PI) / 2;
    return Array.from({ length: pointsPerCorner }, (_, index) => {
      const angleRad = startRad - (index / (pointsPerCorner - 1)) * (Math.PI / 2);
      return mapPoint(map, [
        cx + cardCornerRadiusMm * Math.cos(angleRad),
        cy + cardCornerRadiusMm * Math.sin(angleRad),
      ]);
    });
  });
}
