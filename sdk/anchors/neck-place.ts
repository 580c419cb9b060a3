import type { Pose, Vec3 } from '../geometry/pose.ts';
import {
  addVectors,
  conjugate,
  rotateVector,
  scaleVector,
  subtractVectors,
  transformPoint,
} from '../geometry/pose-algebra.ts';
import type { FaceAnchors } from './anchor-frame.ts';

/** About where a head turns on its neck, in the head frame at the canonical size: below and behind the chin, millimetres. */
const headPivotMm: Vec3 = [0, -110, -68];
/** From there to the pit of the neck, in the torso's frame and at the same size. */
const pitFromPivotMm: Vec3 = [0, -80, 44];
/** Necks differ by so much in length; what shoulders tell beyond that is a slip. */
const mostLongerMm = 30;
/** Shoulders that lie farther to the side of a head than this are another person's. */
const mostAsideMm = 150;
/** The newest frame's weight in how long a neck is taken to be: two seconds at 30 frames a second. */
const learnWeight = 1 / 60;

/**
 * Where the pit of the neck is. Shoulders tell how it is turned, but their landmarks follow the head when it turns, and the pit
 * would swing with them; the place about which a head turns does not. So the pit hangs from there, at a length that is learned from the
 * shoulders while they are seen.
 */
export class NeckPlace {
  #longerMm = 0;
  /** From the pit as the shoulders tell it to the pit, in the torso's frame: what is known of it while no face is seen. */
  #offsetMm: Vec3 = [0, 0, 0];

  /**
   * @param torso - as it is shown, camera frame
   * @param byShoulders - the pit as the shoulders alone tell it, camera frame
   * @param face - of the same person, where it is tracked
   */
  locate(torso: Pose, byShoulders: Vec3, face: FaceAnchors | null): Vec3 {
    const pit = face && this.#underHead(torso, byShoulders, face);
    if (pit === null) return addVectors(byShoulders, rotateVector(torso.rotation, this.#offsetMm));
    this.#offsetMm = rotateVector(conjugate(torso.rotation), subtractVectors(pit, byShoulders));
    return pit;
  }

  /** Forgets the person. */
  reset(): void {
    this.#longerMm = 0;
    this.#offsetMm = [0, 0, 0];
  }

  /** Null where the face cannot be of the one whose shoulders these are. */
  #underHead(torso: Pose, byShoulders: Vec3, face: FaceAnchors): Vec3 | null {
    const { scale } = face.scale;
    const pivot = transformPoint(face.cameraFromAnchor.head, scaleVector(headPivotMm, scale));
    const [aside, seenUp] = rotateVector(conjugate(torso.rotation), subtractVectors(byShoulders, pivot));
    if (Math.abs(aside) > mostAsideMm) return null;
    const [x, up, forward] = scaleVector(pitFromPivotMm, scale);
    const seenLongerMm = Math.min(mostLongerMm, Math.max(-mostLongerMm, seenUp - up));
    this.#longerMm += learnWeight * (seenLongerMm - this.#longerMm);
    return addVectors(pivot, rotateVector(torso.rotation, [x, up + this.#longerMm, forward]));
  }
}
