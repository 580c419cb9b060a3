import type { ShapeKnowledge } from '../geometry/face-fit-problem.ts';
import type { FaceModel, FacePose } from '../geometry/face-pose.ts';
import type { Vec3 } from '../geometry/pose.ts';
import { faceConfidence } from './face-confidence.ts';

/** The newest frame's weight in what is known once enough frames were seen: two seconds at 30 frames a second. */
const settledWeight = 1 / 60;
/**
 * How many frames' worth the memory may speak for: frames of one view repeat the network's mistakes, so a hundred of them
 * are not a hundred witnesses. Chosen on the films of the tuning seeds.
 */
const mostFrames = 1.5;
/** The newest shape's weight in the one shown, so that an occluder does not shiver. */
const shownWeight = 0.5;
/** The share of the likeliest shape that is the face's own and not the network's slip. Chosen on the tuning seeds. */
const ownShare = 0.85;
/** A face this far from the average, in standard deviations of a mode, is a slip of the landmarks. */
const mostDeviations = 2.5;
/** What frames below this confidence tell is not remembered. */
const soundConfidence = 0.5;

/**
 * The client's own face shape in the head frame, at the canonical scale, as far as the shape modes describe it. Each
 * frame tells something about it, whatever the pose; turns of the head show every feature from several sides, so what one
 * view cannot tell, its depth, many do. What is known steadies the fit of later frames.
 */
export class FaceShape {
  readonly #model: FaceModel;
  readonly #shapeMm: Float32Array;
  readonly #information: Float64Array;
  readonly #vector: Float64Array;
  #shown: Float64Array | null = null;
  #frames = 0;

  constructor(model: FaceModel) {
    const { count } = model.shapeModes;
    this.#model = model;
    this.#shapeMm = model.verticesMm.slice();
    this.#information = new Float64Array(count * count);
    this.#vector = new Float64Array(count);
  }

  /** 468 × (x, y, z), canonical millimetres; changes with the next `observe`. */
  get verticesMm(): Float32Array {
    return this.#shapeMm;
  }

  /** How many frames have told; 0 when nothing is known of this face. */
  get frames(): number {
    return this.#frames;
  }

  /** What the frames so far tell the next one; null before the first. */
  get known(): ShapeKnowledge | null {
    if (this.#frames === 0) return null;
    const worth = Math.min(mostFrames, Math.sqrt(this.#frames));
    return {
      information: this.#information.map((value) => value * worth),
      vector: this.#vector.map((value) => value * worth),
    };
  }

  /** Takes one frame's pose, unfiltered, into account. */
  observe(pose: FacePose): void {
    if (this.#frames === 0 || faceConfidence(pose) >= soundConfidence) {
      this.#frames += 1;
      const weight = Math.max(settledWeight, 1 / this.#frames);
      blend(this.#information, pose.told.information, weight);
      blend(this.#vector, pose.told.vector, weight);
    }
    const shape = pose.shape.map((value) => Math.min(mostDeviations, Math.max(-mostDeviations, value)));
    this.#shown ??= shape.slice();
    blend(this.#shown, shape, shownWeight);
    this.#shapeMm.set(this.#model.verticesMm);
    const { count, modesMm } = this.#model.shapeModes;
    const size = this.#shapeMm.length;
    for (let mode = 0; mode < count; mode += 1) {
      const share = ownShare * (this.#shown[mode] ?? 0);
      for (let at = 0; at < size; at += 1) {
        this.#shapeMm[at] = (this.#shapeMm[at] ?? 0) + share * (modesMm[mode * size + at] ?? 0);
      }
    }
  }

  /** Forgets the person. */
  reset(): void {
    this.#frames = 0;
    this.#shown = null;
    this.#shapeMm.set(this.#model.verticesMm);
    this.#information.fill(0);
    this.#vector.fill(0);
  }
}

function blend(into: Float64Array, newest: Float64Array, weight: number): void {
  for (let at = 0; at < into.length; at += 1) {
    into[at] = (into[at] ?? 0) + weight * ((newest[at] ?? 0) - (into[at] ?? 0));
  }
}

/** One vertex of a flat mesh. */
export function vertexAt(verticesMm: ArrayLike<number>, vertex: number): Vec3 {
  return [verticesMm[vertex * 3] ?? 0, verticesMm[vertex * 3 + 1] ?? 0, verticesMm[vertex * 3 + 2] ?? 0];
}
