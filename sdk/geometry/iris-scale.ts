import { trimmedMean } from './trimmed-mean.ts';

/** Horizontal diameter of the visible iris over adults, in millimetres. Source: MediaPipe Iris, after Hashemi et al. 2012. */
export const irisDiameterMm = 11.7;
/** One standard deviation of `irisDiameterMm` over adults. */
export const irisDiameterSdMm = 0.5;

/** One standard deviation of the size of adult heads around the canonical one, relative. */
export const headSizeSd = 0.05;

/** Both irises of one frame, as seen and as the canonical face would have them. */
export interface IrisObservation {
  /** Diameter of each iris at the canonical face's scale: what the picture and the pose say, in canonical millimetres. */
  readonly rightCanonicalMm: number;
  readonly leftCanonicalMm: number;
  /** Angle between the face's forward axis and the ray to the camera. */
  readonly headAngleRad: number;
  /** Lid opening over eye width, the smaller of both eyes. */
  readonly eyeOpenness: number;
}

/** The size of a face with its uncertainty. */
export interface ScaleEstimate {
  /** True millimetres per canonical millimetre. */
  readonly scale: number;
  /** Half of the 95 % interval. */
  readonly plusMinus: number;
  readonly samples: number;
}

/** Beyond this the iris is an ellipse and its edge is hidden by the nose's side lid. */
const maxHeadAngleRad = 0.2;
/** Under this the lids cover the iris where it is widest. */
const minEyeOpenness = 0.15;
const minSamples = 11;
const trimmedPerSide = 2;
/** Enough to bring the samples' own spread far below the population's; older ones leave. */
const maxSamples = 120;
/** One standard deviation of the iris among people, relative. */
const irisSd = irisDiameterSdMm / irisDiameterMm;
/**
 * One standard deviation, relative, of how far the network's iris is from the one that is there. On drawn eyes it follows the eye's
 * opening rather than the iris and is off by so much (the scale bench); on people nobody has measured it.
 */
const readingSd = 0.05;
const normal95 = 1.96;

/** Whether a frame shows both irises well enough to measure by them: open, frontal, and agreeing. */
export function areEyesReadable(observation: IrisObservation): boolean {
  const { rightCanonicalMm, leftCanonicalMm, headAngleRad, eyeOpenness } = observation;
  const mean = (rightCanonicalMm + leftCanonicalMm) / 2;
  const sound = Number.isFinite(mean) && rightCanonicalMm > 0 && leftCanonicalMm > 0;
  // Both eyes of one person agree within a few percent; when they do not, one of them was not seen.
  const agree = sound && Math.abs(rightCanonicalMm - leftCanonicalMm) < 0.15 * mean;
  return agree && headAngleRad < maxHeadAngleRad && eyeOpenness >= minEyeOpenness;
}

/**
 * Gathers the true scale of one face from frames in which its irises can be trusted: a trimmed mean, which forgets the
 * frames in which a lash or a glint misled the tracker. What is known of heads before anything is seen counts too: the estimate is
 * the likeliest size given both, its interval that of heads.
 */
export class IrisScaleEstimator {
  #samples: number[] = [];

  /** Takes a frame into account if it passes the gates; tells whether it did. */
  observe(observation: IrisObservation): boolean {
    if (!areEyesReadable(observation)) return false;
    this.#samples.push((2 * irisDiameterMm) / (observation.rightCanonicalMm + observation.leftCanonicalMm));
    if (this.#samples.length > maxSamples) this.#samples.shift();
    return true;
  }

  /** How many frames are taken into account. */
  get samples(): number {
    return this.#samples.length;
  }

  /** Null until eleven frames have passed the gates. */
  estimate(): ScaleEstimate | null {
    if (this.#samples.length < minSamples) return null;
    const seen = trimmedMean(this.#samples, trimmedPerSide);
    if (seen === null) return null;
    const { mean: scale, standardError } = seen;
    const told = 1 / (irisSd ** 2 + readingSd ** 2 + (standardError / scale) ** 2);
    const usual = 1 / headSizeSd ** 2;
    return {
      scale: (told * scale + usual) / (told + usual),
      // What irises add is not shown on people yet, so it makes nobody surer.
      plusMinus: normal95 * headSizeSd,
      samples: this.#samples.length,
    };
  }

  /** Forgets the person. */
  reset(): void {
    this.#samples = [];
  }
}

/** Distance from the cornea's surface plane of the pupils to the eye's centre of rotation, millimetres (techniques: 10–13). */
const eyeRotationRadiusMm = 11;

/** The pupils' distance when gazing far, from the one seen while the eyes converge on a camera `distanceMm` away. */
export function farPupillaryDistanceMm(nearPdMm: number, distanceMm: number): number {
  return nearPdMm / (1 - eyeRotationRadiusMm / distanceMm);
}

/** The inverse: what the pupils' distance becomes when the eyes turn to a point so far away. */
export function nearPupillaryDistanceMm(farPdMm: number, distanceMm: number): number {
  return farPdMm * (1 - eyeRotationRadiusMm / distanceMm);
}
