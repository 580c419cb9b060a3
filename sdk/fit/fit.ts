import type { Finger } from '../../protocol/finger.ts';
import type { Piece } from '../../protocol/product.ts';
import { ovalCircumference } from '../geometry/oval.ts';
import type { LengthMm } from '../geometry/ring-size.ts';

/** Of the body, what decides whether a piece fits. */
export type BodyMeasure = 'face-width' | 'head-circumference' | 'ring-circumference' | 'wrist-circumference';

/** A measure of this client, of whatever kinds are known. */
export interface KnownMeasure extends LengthMm {
  readonly kind: string;
  /** Of a ring: for which finger; for the one that is worn unless told. */
  readonly finger?: Finger | undefined;
}

/** The bodies that a piece sits well on. */
export interface FitRange {
  readonly measure: BodyMeasure;
  readonly leastMm: number;
  readonly mostMm: number;
}

/**
 * How a piece sits; where the measure's interval reaches over a border, both sides of it. `unknown` where it reaches over both
 * borders, or where nothing was measured.
 */
export type FitVerdict = 'well' | 'wide' | 'narrow' | 'wellOrWide' | 'wellOrNarrow' | 'unknown';

/** What can be said of a piece's fit. */
export interface Fit {
  readonly range: FitRange;
  /** Null where the range is all that is known. */
  readonly measured: LengthMm | null;
  readonly verdict: FitVerdict;
}

/**
 * A front sits well from a little narrower than the face between the roots of the ears to as much wider as leaves a finger's room at
 * the temples. The trade's rule of thumb ("temples run straight back and first touch at the ear"); there is no standard.
 */
const frontNarrowerMm = 4;
const frontWiderMm = 8;
/** A felt crown goes by whole centimetres; a knitted one gives. */
const crownMm = 5;
const knitTighterMm = 30;
const knitLooserMm = 20;
/** A size is good for half a size to each side (ISO 8653 counts them in millimetres around). */
const halfRingSizeMm = 0.5;
/** A bracelet is worn so much longer than the wrist is round, from close to loose: the trade's half to a whole inch and a quarter. */
const braceletCloseMm = 8;
const braceletLooseMm = 32;

/** The bodies that a piece sits well on; null where none of the measures decides. */
export function fitRangeOf(piece: Piece): FitRange | null {
  switch (piece.category) {
    case 'eyewear': {
      const { frameWidthMm } = piece.dimensions;
      return rangeOf('face-width', frameWidthMm - frontWiderMm, frameWidthMm + frontNarrowerMm);
    }
    case 'hat': {
      const { headCircumferenceMm, brimWidthMm } = piece.dimensions;
      const [tighter, looser] =
        brimWidthMm === undefined ? [knitTighterMm, knitLooserMm] : [crownMm, crownMm];
      return rangeOf('head-circumference', headCircumferenceMm - looser, headCircumferenceMm + tighter);
    }
    case 'ring': {
      const { leastSizeEu, greatestSizeEu } = piece.dimensions;
      return rangeOf('ring-circumference', leastSizeEu - halfRingSizeMm, greatestSizeEu + halfRingSizeMm);
    }
    case 'bracelet': {
      const { innerWidthMm, innerHeightMm, lengthMm } = piece.dimensions;
      if (lengthMm !== undefined) return braceletRange(lengthMm);
      return innerWidthMm === undefined || innerHeightMm === undefined
        ? null
        : braceletRange(ovalCircumference(innerWidthMm / 2, innerHeightMm / 2));
    }
    case 'watch':
      return rangeOf('wrist-circumference', piece.dimensions.wristLeastMm, piece.dimensions.wristMostMm);
    default:
      return null;
  }
}

/** How a piece made for `range` sits on a body that is measured so, to 95 %. */
export function verdictOf({ leastMm, mostMm }: FitRange, { valueMm, plusMinusMm }: LengthMm): FitVerdict {
  const mayBeWide = valueMm - plusMinusMm < leastMm;
  const mayBeNarrow = valueMm + plusMinusMm > mostMm;
  if (mayBeWide && mayBeNarrow) return 'unknown';
  if (mayBeWide) return valueMm + plusMinusMm < leastMm ? 'wide' : 'wellOrWide';
  if (mayBeNarrow) return valueMm - plusMinusMm > mostMm ? 'narrow' : 'wellOrNarrow';
  return 'well';
}

/**
 * How a piece sits on the client of whom this is known, a ring on its finger; null for a piece that no measure decides on.
 */
export function fitOf(piece: Piece, known: readonly KnownMeasure[], finger: Finger = 'ring'): Fit | null {
  const range = fitRangeOf(piece);
  if (range === null) return null;
  const measured =
    known.find((one) => one.kind === range.measure && (one.finger ?? finger) === finger) ?? null;
  return { range, measured, verdict: measured === null ? 'unknown' : verdictOf(range, measured) };
}

/** Where a chain of a length lies on an adult, in the trade's steps. */
export type ChainFall = 'throat' | 'base' | 'collarbone' | 'breast' | 'low';

/** The trade's lengths: 35 cm lies close, 40 at the neck's base, 45 on the collarbones, 50 to 60 below them. */
export function chainFall(lengthMm: number): ChainFall {
  if (lengthMm < 380) return 'throat';
  if (lengthMm < 435) return 'base';
  if (lengthMm < 490) return 'collarbone';
  return lengthMm < 620 ? 'breast' : 'low';
}

function rangeOf(measure: BodyMeasure, leastMm: number, mostMm: number): FitRange {
  return { measure, leastMm, mostMm };
}

function braceletRange(aroundMm: number): FitRange {
  return rangeOf('wrist-circumference', aroundMm - braceletLooseMm, aroundMm - braceletCloseMm);
}
