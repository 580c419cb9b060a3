import type { Finger } from '../../protocol/finger.ts';
import type { Locale } from '../../protocol/ids.ts';
import type { Piece } from '../../protocol/product.ts';
import { ringSizeOf, type RingSize } from '../geometry/ring-size.ts';
import { chainFall, fitOf, type Fit, type KnownMeasure } from './fit.ts';
import { pieceSpeakerOf, type SayOfPiece } from './piece-words.ts';
import { shownMeasure } from '../session/shown-measure.ts';

/**
 * How a piece fits this client, in one line: by what is known of them, with its uncertainty, else for whom it is made. Empty where there
 * is nothing to say. `finger` is the one on which a ring is worn.
 */
export function fitWords(
  piece: Piece,
  known: readonly KnownMeasure[],
  locale: Locale,
  finger: Finger = 'ring',
): string {
  const say = pieceSpeakerOf(locale);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const mm = (valueMm: number): string => number.format(Math.round(valueMm));
  const cm = (valueMm: number): string => number.format(valueMm / 10);
  const fit = fitOf(piece, known, finger);
  switch (piece.category) {
    case 'eyewear': {
      const { lensWidthMm, frameWidthMm } = piece.dimensions;
      const sizes = { lens: mm(lensWidthMm), width: mm(frameWidthMm) };
      if (!fit?.measured) return say('fit.eyewear.range', sizes);
      const verdict = say(`fit.${fit.verdict}`);
      return say('fit.eyewear', { ...sizes, verdict, ...shownMeasure(fit.measured, locale) });
    }
    case 'hat':
      return fit === null ? '' : ofRange('fit.hat', fit, say, locale);
    case 'bracelet':
    case 'watch':
      return fit === null ? '' : ofRange('fit.wrist', fit, say, locale);
    case 'ring':
      return ringWords(piece.dimensions, fit, say);
    case 'necklace': {
      const { chainLengthMm, shortestMm } = piece.dimensions;
      const low = say(`fit.fall.${chainFall(chainLengthMm)}`);
      if (shortestMm === undefined) return say('fit.necklace', { length: cm(chainLengthMm), fall: low });
      const high = say(`fit.fall.${chainFall(shortestMm)}`);
      return say('fit.necklace.two', { shortest: cm(shortestMm), high, length: cm(chainLengthMm), low });
    }
    case 'earrings':
      return say('fit.earrings', { length: number.format(piece.dimensions.lengthMm) });
    case 'bag':
      return say('fit.bag', { width: cm(piece.dimensions.widthMm), height: cm(piece.dimensions.heightMm) });
    default:
      return '';
  }
}

/** For whom it is made, and how it sits on this client where they are measured; in centimetres, as heads and wrists are told. */
function ofRange(
  sentence: 'fit.hat' | 'fit.wrist',
  { range, measured, verdict }: Fit,
  say: SayOfPiece,
  locale: Locale,
): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  // Rounded inwards: whoever is told that it is made for them is not to be disappointed by the rounding.
  const least = number.format(Math.ceil(range.leastMm) / 10);
  const most = number.format(Math.floor(range.mostMm) / 10);
  if (measured === null) return say(`${sentence}.range`, { least, most });
  const inCm = { valueMm: measured.valueMm / 10, plusMinusMm: measured.plusMinusMm / 10 };
  return say(sentence, { least, most, verdict: say(`fit.${verdict}`), ...shownMeasure(inCm, locale) });
}

/** A ring's size as it is told to a client: with its range, unless that is one size. */
export function ringSizeWords(size: RingSize, locale: Locale): string {
  return sizeOrRange(size, pieceSpeakerOf(locale));
}

function sizeOrRange({ likely, least, most }: RingSize, say: SayOfPiece): string {
  return least === most ? likely : say('fit.ring.size', { likely, from: least, to: most });
}

/** A ring is made in the client's size or is not; how it sits is the jeweller's. */
function ringWords(
  { leastSizeEu, greatestSizeEu }: Extract<Piece, { category: 'ring' }>['dimensions'],
  fit: Fit | null,
  say: SayOfPiece,
): string {
  const size = fit?.measured ? ringSizeOf('EU', fit.measured) : null;
  if (fit === null || size === null)
    return say('fit.ring.range', { least: leastSizeEu, most: greatestSizeEu });
  return say('fit.ring', {
    size: sizeOrRange(size, say),
    made: say(`fit.made.${fit.verdict}`),
  });
}
