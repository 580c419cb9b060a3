import type { PartSurface } from '../document/piece-spec.ts';
import type { SpaceMap, Vertex } from '../geometry/surface.ts';
import type { Vec2, Vec3 } from '../geometry/vector.ts';
import type { InteriorSpacing } from '../geometry/interior-points.ts';
import { at } from '../geometry/at.ts';
import { deform, merge } from '../geometry/surface.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { splitBy } from '../geometry/split.ts';

/** A piece cut from hide. */
export interface LeatherPieceOptions {
  readonly outline: readonly Vec2[];
  readonly thicknessMm: number;
  /** How far the painted edge is rounded. */
  readonly edgeMm: number;
  readonly interiorMm?: InteriorSpacing;
  readonly map: SpaceMap;
  /** Slot of the side that faces down in the drawing; the leather itself when absent. */
  readonly backSlot?: string;
}

/** Cuts a flat piece, paints its edge, and bends it into place. Slots: `leather`, `edge`, and the back's own. */
export function leatherPiece(options: LeatherPieceOptions): PartSurface[] {
  const { outline, thicknessMm, edgeMm, interiorMm, map, backSlot } = options;
  const round = { widthMm: edgeMm, depthMm: Math.min(edgeMm, thicknessMm * 0.46), steps: 4 };
  const flat = roundedPlate({
    outer: outline,
    thicknessMm,
    frontEdge: round,
    backEdge: round,
    ...(interiorMm === undefined ? {} : { interiorMm }),
  });
  // Paint runs a little over onto the face, where the rounding begins to turn.
  const painted = splitBy(flat, (corners) => corners.some(({ normal }) => Math.abs(normal.z) < 0.8));
  const rim = new Set<string>();
  for (const triangle of flat.triangles) {
    const corners = triangle.map((index) => at(flat.vertices, index));
    if (corners.some(({ normal }) => Math.abs(normal.z) < 0.999)) {
      for (const { position } of corners) rim.add(placeKey(position));
    }
  }
  const isBack = (corners: readonly Vertex[]): boolean =>
    backSlot !== undefined && corners.every(({ normal }) => normal.z < 0);
  // The back's margin, outside of what is lined, is inked with the edge.
  const margin = splitBy(
    painted.rest,
    (corners) => isBack(corners) && corners.some(({ position }) => rim.has(placeKey(position))),
  );
  const faces = splitBy(margin.rest, isBack);
  const parts: PartSurface[] = [
    { slot: 'edge', surface: deform(merge([painted.chosen, margin.chosen]), map) },
    { slot: 'leather', surface: deform(faces.rest, map) },
  ];
  if (backSlot !== undefined) parts.push({ slot: backSlot, surface: deform(faces.chosen, map) });
  return parts;
}

function placeKey(p: Vec3): string {
  return [p.x, p.y, p.z].map((v) => v.toFixed(4)).join(' ');
}
