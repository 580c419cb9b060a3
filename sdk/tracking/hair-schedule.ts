import type { FaceLandmarks } from '../geometry/face-landmarks.ts';

/** Nose tip and both edges of the face. */
const noseTip = 1;
const edges = [234, 454] as const;
/** A head that turned by so much of its face's breadth shows other hair: about eight degrees. */
const turnedBy = 0.05;
/** A head that does not turn keeps its hair; somebody may put it behind an ear all the same. */
const restMs = 4_000;
const leastMs = 700;
/** Segmenting takes a twelfth of the worker's time at the most: a slow machine looks more seldom. */
const pausePerRun = 11;

/** When the hair of the person served first is looked at: at once when they come, then as their head turns and time allows. */
export class HairSchedule {
  #trackId: number | null = null;
  #turn = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #tookMs = 0;

  /** Whether hair is looked at on this picture. */
  isDue(timeMs: number, trackId: number, landmarks: FaceLandmarks): boolean {
    const pauseMs = timeMs - this.#lastMs;
    if (pauseMs < this.#tookMs * pausePerRun) return false;
    if (trackId !== this.#trackId) return true;
    if (pauseMs < leastMs) return false;
    return pauseMs >= restMs || Math.abs(turnOf(landmarks) - this.#turn) > turnedBy;
  }

  /** Hair was looked at on this picture, which took so long. */
  noteRun(timeMs: number, trackId: number, landmarks: FaceLandmarks, tookMs: number): void {
    this.#lastMs = timeMs;
    this.#trackId = trackId;
    this.#turn = turnOf(landmarks);
    this.#tookMs = tookMs;
  }
}

/** Where the tip of the nose lies between the face's edges, 0 to 1. */
function turnOf(landmarks: FaceLandmarks): number {
  const across = (landmark: number): number => landmarks[landmark * 3] ?? 0;
  const [right, left] = [across(edges[0]), across(edges[1])];
  return (across(noseTip) - right) / (left - right || 1);
}
