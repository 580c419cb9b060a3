import type { SharedMeasure } from '../../protocol/measure.ts';

/** The two numbers of a measure as a screen writes them. */
export interface ShownMeasure {
  readonly value: string;
  readonly plusMinus: string;
}

/** From here on whole millimetres say all there is to say. */
const wholeFromMm = 2;

/**
 * A measure in the digits that it deserves: tenths of a millimetre where it is known to less than two, whole ones otherwise.
 * The interval that is written holds all of the one that was measured: rounding never makes it smaller.
 */
export function shownMeasure(
  { valueMm, plusMinusMm }: Pick<SharedMeasure, 'valueMm' | 'plusMinusMm'>,
  locale: string,
): ShownMeasure {
  const perMm = plusMinusMm < wholeFromMm ? 10 : 1;
  const shownMm = Math.round(valueMm * perMm) / perMm;
  const reachMm = plusMinusMm + Math.abs(valueMm - shownMm);
  // The tiny share keeps what was a whole tenth one, in spite of binary fractions.
  const shownReachMm = Math.ceil(reachMm * perMm - 1e-6) / perMm;
  const digits = perMm === 10 ? 1 : 0;
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return { value: number.format(shownMm), plusMinus: number.format(shownReachMm) };
}
