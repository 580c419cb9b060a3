import type { Document, Node } from '@gltf-transform/core';
import type { CheckResult } from './check-result.ts';
import type { PieceExtras } from '../../protocol/piece-extras.ts';
import { accept, refuse } from './check-result.ts';
import { drawnBy, rootOf, transformed, type Point } from './drawn-points.ts';

/** Width, height and depth in millimetres of all that a model draws. */
export type ExtentMm = readonly [x: number, y: number, z: number];

const mmPerMetre = 1_000;
/** A model and what it says of its size may differ so far: crowns, caps and brims stand out, inches and centimetres do not pass. */
const leastShare = 0.5;
const mostShare = 2.5;
/** What a house's own category may measure across: from a pin's head to a coat. */
const ownMm = { least: 1, most: 3_000 } as const;

/** Whether a model is of the size that it says it is. */
export function checkTrueSize(document: Document, extras: PieceExtras): CheckResult<ExtentMm> {
  const extent = extentOf(document);
  const said = saidSize(extent, extras);
  if (said === null) {
    const across = Math.max(...extent);
    return across >= ownMm.least && across <= ownMm.most
      ? accept(extent)
      : refuse('wrong-size', `The model is ${inMm(across)} across: ${advice}`);
  }
  const share = said.measuredMm / said.mm;
  if (share >= leastShare && share <= mostShare) return accept(extent);
  return refuse(
    'wrong-size',
    `The model measures ${inMm(said.measuredMm)} where ${said.name} lets expect ${inMm(said.mm)}: ${advice}`,
  );
}

const advice = 'is it written in metres?';

function inMm(length: number): string {
  return `${Number(length.toPrecision(3))} mm`;
}

interface SaidSize {
  readonly name: string;
  readonly mm: number;
  readonly measuredMm: number;
}

/** Which of a category's sizes can be held against the box about its model. */
function saidSize([x, y, z]: ExtentMm, { category, fit }: PieceExtras): SaidSize | null {
  const largest = Math.max(x, y, z);
  const round = (name: string, lengthMm: number): SaidSize => ({
    name: `fit.${name}`,
    mm: lengthMm / Math.PI,
    measuredMm: largest,
  });
  const straight = (name: string, mm: number, measuredMm: number): SaidSize => ({
    name: `fit.${name}`,
    mm,
    measuredMm,
  });
  switch (category) {
    case 'eyewear':
      return straight('frameWidthMm', fit.frameWidthMm, x);
    case 'hat':
      return round('headCircumferenceMm', fit.headCircumferenceMm);
    case 'earrings':
      return straight('lengthMm', fit.lengthMm, y);
    case 'necklace':
      return round('chainLengthMm', fit.chainLengthMm);
    case 'ring':
      return straight('innerDiameterMm', fit.innerDiameterMm, largest);
    case 'bracelet':
      if (fit.innerWidthMm !== undefined) return straight('innerWidthMm', fit.innerWidthMm, largest);
      return fit.lengthMm === undefined ? null : round('lengthMm', fit.lengthMm);
    case 'watch':
      return straight('caseDiameterMm', fit.caseDiameterMm, largest);
    case 'bag':
      return straight('widthMm', fit.widthMm, x);
    case 'makeup':
      return straight('lengthMm', fit.lengthMm, largest);
    default:
      return null;
  }
}

/** The box about all that is drawn; of a part that stands in many places, about the places. */
function extentOf(document: Document): ExtentMm {
  const least = [Infinity, Infinity, Infinity];
  const most = [-Infinity, -Infinity, -Infinity];
  rootOf(document)?.traverse((node) => {
    for (const point of pointsOf(node)) {
      const placed = transformed(node.getWorldMatrix(), point);
      for (const [axis, metres] of placed.entries()) {
        least[axis] = Math.min(least[axis] ?? metres, metres);
        most[axis] = Math.max(most[axis] ?? metres, metres);
      }
    }
  });
  const along = (axis: 0 | 1 | 2): number => Math.max(0, (most[axis] ?? 0) - (least[axis] ?? 0)) * mmPerMetre;
  return [along(0), along(1), along(2)];
}

/** The corners of the boxes about what a node draws. */
function* pointsOf(node: Node): Generator<Point> {
  for (const corners of drawnBy(node)) {
    const low = corners.getMinNormalized([]);
    const high = corners.getMaxNormalized([]);
    for (let corner = 0; corner < 8; corner += 1) {
      const at = (axis: 0 | 1 | 2): number => ((corner >> axis) & 1 ? high : low)[axis] ?? 0;
      yield [at(0), at(1), at(2)];
    }
  }
}
