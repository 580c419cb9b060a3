/** A length with its 95 % half-interval, millimetres. */
export interface LengthMm {
  readonly valueMm: number;
  readonly plusMinusMm: number;
}

/** The systems in which rings are sized. */
export type RingSystem = 'EU' | 'US' | 'UK' | 'JP';

/** UK letters begin at A for this inner circumference and go up by this much a letter. Source: BS 6820:1987 (A to Z at 1.25 mm). */
const ukOfAMm = 37.5;
const ukLetterMm = 1.25;
/** Source: the trade's formula C = 36.5 + 2.55·n, which is 0.458 inch of diameter and 0.032 inch a size. */
const usOfZeroMm = 36.5;
const usSizeMm = 2.55;
/** Japanese sizes go by the inner diameter: 13 mm is 1, and a third of a millimetre a size. Source: JCS scale. */
const jpOfOneMm = 13;
const jpSizeMm = 1 / 3;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The size's number on a system's own scale for an inner circumference in millimetres; for the UK A is 0, A½ is 0.5. */
export function ringNumber(system: RingSystem, circumferenceMm: number): number {
  switch (system) {
    case 'EU':
      return circumferenceMm;
    case 'US':
      return (circumferenceMm - usOfZeroMm) / usSizeMm;
    case 'UK':
      return (circumferenceMm - ukOfAMm) / ukLetterMm;
    case 'JP':
      return (circumferenceMm / Math.PI - jpOfOneMm) / jpSizeMm + 1;
  }
}

/** The inner circumference of a size in millimetres: the inverse of `ringNumber`. ISO 8653 names a size by exactly this. */
export function ringCircumferenceMm(system: RingSystem, number: number): number {
  switch (system) {
    case 'EU':
      return number;
    case 'US':
      return usOfZeroMm + number * usSizeMm;
    case 'UK':
      return ukOfAMm + number * ukLetterMm;
    case 'JP':
      return Math.PI * (jpOfOneMm + (number - 1) * jpSizeMm);
  }
}

/** The finest step in which a system's rings are made. */
const steps: Readonly<Record<RingSystem, number>> = { EU: 1, US: 0.5, UK: 0.5, JP: 1 };

/**
 * A size as jewellers write it: `53`, `6½`, `M½`, `13`. Above Z the UK scale goes on as Z+1, Z+2 …; null for a number that a
 * system has no name for.
 */
export function ringSizeName(system: RingSystem, number: number): string | null {
  const rounded = Math.round(number / steps[system]) * steps[system];
  const whole = Math.floor(rounded);
  const half = rounded > whole ? '½' : '';
  if (system !== 'UK') {
    if (rounded < (system === 'EU' || system === 'JP' ? 1 : 0)) return null;
    return whole === 0 && half !== '' ? half : `${whole}${half}`;
  }
  if (whole < 0) return null;
  const letter = letters[whole];
  return letter === undefined ? `Z+${whole - letters.length + 1}${half}` : `${letter}${half}`;
}

/** A ring size as it may be told to a client: never without its range. */
export interface RingSize {
  readonly system: RingSystem;
  /** The likeliest size, and the least and the largest within the 95 % interval, by name. */
  readonly likely: string;
  readonly least: string;
  readonly most: string;
}

/** The size, with its range, for an inner circumference; null when a system has no names there. */
export function ringSizeOf(system: RingSystem, circumference: LengthMm): RingSize | null {
  const { valueMm, plusMinusMm } = circumference;
  const name = (mm: number): string | null => ringSizeName(system, ringNumber(system, mm));
  const [likely, least, most] = [name(valueMm), name(valueMm - plusMinusMm), name(valueMm + plusMinusMm)];
  return likely === null || least === null || most === null ? null : { system, likely, least, most };
}
