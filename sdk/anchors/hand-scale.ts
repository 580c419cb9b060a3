import { handLengthMm, handLengthSdMm } from '../geometry/canonical-hand.ts';
import type { MetricScale } from './anchor-frame.ts';

const normal95 = 1.96;
const handSd = handLengthSdMm / handLengthMm;
/** Adult faces differ by this much, one standard deviation over both sexes: 138 ± 7 mm between the cheekbones (ANSUR II). */
const faceSd = 0.051;
/**
 * How far hands go along with faces in size: within each sex hardly (0.3 is taken for it), but men are larger in both (hand 12 mm,
 * cheekbones 9 mm), which makes 0.5 over both sexes.
 */
const correlation = 0.5;

/** The size of a hand of which nothing is known but that it is an adult's. */
export const assumedHandScale: MetricScale = {
  scale: 1,
  plusMinus: normal95 * handSd,
  source: 'assumed',
  samples: 0,
};

/**
 * The size of a hand from the face of the same person, whose scale is known: the regression of hands on faces. It narrows
 * the interval by an eighth only, and says so; only a card beside the hand makes it exact.
 */
export function handScaleFromFace(face: MetricScale | null): MetricScale {
  if (face === null || face.source === 'assumed') return assumedHandScale;
  const slope = (correlation * handSd) / faceSd;
  return {
    scale: 1 + slope * (face.scale - 1),
    plusMinus: Math.hypot(normal95 * handSd * Math.sqrt(1 - correlation ** 2), slope * face.plusMinus),
    source: 'face',
    samples: face.samples,
  };
}
