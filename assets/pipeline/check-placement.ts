import type { Document, Node } from '@gltf-transform/core';
import type { CheckResult } from './check-result.ts';
import type { KnownCategory } from '../../protocol/product.ts';
import type { PieceExtras } from '../../protocol/piece-extras.ts';
import { accept, refuse } from './check-result.ts';
import { rootOf } from './drawn-points.ts';
import { middleOf, PlacedModel, type Box } from './placed-model.ts';

/** Where the origin of a category lies and which way its axes point, as docs/assets.md tells it. */
const conventions: Readonly<Record<KnownCategory, string>> = {
  eyewear: "the bridge's rest on the nose, +x to the wearer's left, +y up, +z out of the face",
  hat: 'the middle of the head opening at its lower edge, +y through the crown, +z to the front',
  earrings: 'halfway between the two piercings, 28 mm apart along x, +y up, +z out of the lobes',
  necklace: 'the pit of the neck, +y up, +z out of the chest',
  ring: "the band's middle on the finger's axis, +y to the finger's tip, +z to the stone",
  bracelet: "the middle of the wrist, +y to the hand, +z out of the wrist's back",
  watch: 'the middle of the case back, +y to twelve, +z out of the dial',
  bag: 'where the hand holds it, or the shoulder, +y up, +z to its front',
  makeup: 'the middle of its foot, +y up',
};

/** So far from the box about a model its origin lies at most: a chain hangs off the neck, a strap's loop round the shoulder. */
const farthestMm = 5;
const hangingMm = 30;
/** A ring's inside and its size agree so closely, and a bangle's, which may be hammered or flexed. */
const ringToleranceMm = 0.5;
const bangleToleranceMm = 2;
/** How much of its radius a band reaches to every side at least: it may be open on one, or closed there by its head. */
const roundShare = 0.3;
/** Where a pair of earrings stands in its file. */
const piercingsMm = 28;
const piercingToleranceMm = 1;
const heightToleranceMm = 2;
const aboveHandMm = 40;
/** How far before or behind the bridge temples begin, and how far from the middle between them it lies. */
const hingeMostMm = 40;
const besideMostMm = 5;

/**
 * Whether a model lies about its origin as its category's does, as far as its parts and sizes let one know for certain. Measured in the
 * frame of the anchor, where `wornFrame` puts it; of a house's own category nothing but that it is not mirrored.
 */
export function checkPlacement(document: Document, extras: PieceExtras): CheckResult<null> {
  const root = rootOf(document);
  if (root === null) return accept(null);
  if (!(determinant(root) > 0))
    return refuse(
      'wrong-place',
      'The root node of the model is mirrored by its scale, which turns left into right: apply the scale in your tool and export again.',
    );
  const fault = misplaced(new PlacedModel(root, extras), extras);
  if (fault === null) return accept(null);
  return refuse(
    'wrong-place',
    `${fault}. Move or turn the model: its origin is ${conventions[extras.category as KnownCategory]}.`,
  );
}

function misplaced(model: PlacedModel, extras: PieceExtras): string | null {
  if (!Object.hasOwn(conventions, extras.category)) return null;
  const hangs = extras.category === 'necklace' || extras.category === 'bag';
  return partFault(model, extras) ?? farFault(model.boxOf(null), hangs ? hangingMm : farthestMm);
}

/** What the parts of a category say. */
function partFault(model: PlacedModel, { category, fit }: PieceExtras): string | null {
  switch (category) {
    case 'eyewear':
      return eyewearFault(model, fit.templeLengthMm);
    case 'hat':
      return hatFault(model, fit.crownHeightMm);
    case 'earrings':
      return earringsFault(model);
    case 'ring':
      return hoopFault(model, 'band', fit.innerDiameterMm / 2, ringToleranceMm) ?? headFault(model);
    case 'bracelet':
      return braceletFault(model, fit);
    case 'watch':
      return watchFault(model, fit.caseDiameterMm, fit.thicknessMm);
    case 'bag':
      return bagFault(model, fit.widthMm, fit.heightMm);
    case 'makeup':
      return footFault(model.boxOf(null));
    default:
      return null;
  }
}

function determinant(node: Node): number {
  const [a, b, c, , d, e, f, , g, h, i] = node.getWorldMatrix();
  return a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e);
}

/** A band goes round the y axis, as far from it as its size says, and is cut by the plane through the origin. */
function hoopFault(model: PlacedModel, name: string, radiusMm: number, toleranceMm: number): string | null {
  const box = model.boxOf(name);
  if (box === null) return null;
  if (!goesRound(box, radiusMm)) return `${name} does not go round the y axis`;
  const nearestMm = model
    .pointsOf(name)
    .reduce((least, [x, , z]) => Math.min(least, Math.hypot(x, z)), Infinity);
  if (Math.abs(nearestMm - radiusMm) > toleranceMm)
    return `${name} comes as near as ${inMm(nearestMm)} to the y axis, where its sizes in fit say ${inMm(radiusMm)}`;
  const [low, high] = [box.low[1], box.high[1]];
  return low <= 0 && high >= 0
    ? null
    : `${name} lies from ${inMm(low)} to ${inMm(high)} along the y axis, beside its origin`;
}

/** Whether something lies on all sides of the y axis. */
function goesRound({ low, high }: Box, radiusMm: number): boolean {
  return [-low[0], -low[2], high[0], high[2]].every((mm) => mm >= roundShare * radiusMm);
}

function braceletFault(
  model: PlacedModel,
  fit: Extract<PieceExtras, { readonly category: 'bracelet' }>['fit'],
): string | null {
  const { innerWidthMm, innerHeightMm, lengthMm } = fit;
  if (innerWidthMm !== undefined && innerHeightMm !== undefined)
    return hoopFault(model, 'bangle', Math.min(innerWidthMm, innerHeightMm) / 2, bangleToleranceMm);
  const chain = model.boxOf('chain');
  if (chain === null || lengthMm === undefined) return null;
  return goesRound(chain, lengthMm / Math.PI / 2) ? null : 'chain does not go round the y axis';
}

function headFault(model: PlacedModel): string | null {
  const head = model.boxOf('head');
  if (head === null) return null;
  const [x, , z] = middleOf(head);
  return z > Math.abs(x) ? null : 'head, which carries the stone, lies on another side than +z';
}

/** Temples go back from beside the bridge, one on each side of it. */
function eyewearFault(model: PlacedModel, templeLengthMm: number): string | null {
  let beside = 0;
  for (const [name, side, way] of [
    ['temple_left', 1, '+x'],
    ['temple_right', -1, '-x'],
  ] as const) {
    const box = model.boxOf(name);
    if (box === null) return null;
    const [x] = middleOf(box);
    if (side * x <= 0) return `${name} does not lie on the side of ${way}`;
    beside += x / 2;
    const [back, front] = [box.low[2], box.high[2]];
    if (front - back < templeLengthMm / 2 || Math.abs(front) > hingeMostMm)
      return `${name} does not reach back from the bridge along -z, as long as fit.templeLengthMm says`;
  }
  return Math.abs(beside) <= besideMostMm
    ? null
    : `The middle between the temples lies at ${inMm(beside)} along the x axis`;
}

function hatFault(model: PlacedModel, crownHeightMm: number): string | null {
  const box = model.boxOf(null);
  return box === null || box.high[1] >= 0.7 * crownHeightMm
    ? null
    : `The hat reaches ${inMm(box.high[1])} up, where fit.crownHeightMm says ${inMm(crownHeightMm)}`;
}

function earringsFault(model: PlacedModel): string | null {
  for (const [name, x] of [
    ['earring_left', piercingsMm / 2],
    ['earring_right', -piercingsMm / 2],
  ] as const) {
    const origin = model.originOf(name);
    if (origin === null) continue;
    if (Math.hypot(origin[0] - x, origin[1], origin[2]) > piercingToleranceMm)
      return `The node ${name} has its origin at ${origin.map(inMm).join(', ')}, and not at its piercing, ${inMm(x)}, 0 mm, 0 mm`;
  }
  return null;
}

/** The hour hand lies flat above the case back, within the case. */
function watchFault(model: PlacedModel, caseDiameterMm: number, thicknessMm: number): string | null {
  const hand = model.boxOf('hand_hour');
  if (hand === null) return null;
  const [x, y, z] = middleOf(hand);
  const [across, along, thick] = [0, 1, 2].map((axis) => (hand.high[axis] ?? 0) - (hand.low[axis] ?? 0));
  const flat = (thick ?? 0) <= Math.max(across ?? 0, along ?? 0) / 2;
  return flat && z > 0 && z <= thicknessMm + heightToleranceMm && Math.hypot(x, y) <= caseDiameterMm / 2
    ? null
    : `hand_hour does not lie flat within the case, between 0 mm and ${inMm(thicknessMm)} along +z`;
}

/** The body hangs from the hand or the shoulder, above which nothing stands. */
function bagFault(model: PlacedModel, widthMm: number, heightMm: number): string | null {
  const body = model.boxOf('body');
  const whole = model.boxOf(null);
  if (body === null || whole === null) return null;
  const [x, y] = middleOf(body);
  const hangs = y <= -heightMm / 4 && Math.abs(x) <= widthMm / 6 && whole.high[1] <= aboveHandMm;
  return hangs ? null : 'body does not hang below the origin by its handle or strap';
}

function footFault(box: Box | null): string | null {
  return box === null || Math.abs(box.low[1]) <= heightToleranceMm
    ? null
    : `The foot of the model lies at ${inMm(box.low[1])} along the y axis`;
}

function farFault(box: Box | null, mostMm: number): string | null {
  const axis = [0, 1, 2].find((each) => (box?.low[each] ?? 0) > mostMm || (box?.high[each] ?? 0) < -mostMm);
  if (box === null || axis === undefined) return null;
  const [low, high] = [inMm(box.low[axis] ?? 0), inMm(box.high[axis] ?? 0)];
  return `The model lies from ${low} to ${high} along the ${'xyz'[axis] ?? ''} axis, beside its origin`;
}

function inMm(mm: number): string {
  return `${Number(mm.toFixed(1))} mm`;
}
