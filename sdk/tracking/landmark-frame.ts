import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { LinearMean } from '../geometry/light-estimate.ts';

/** What the tracker saw on one camera frame. Lives in memory only; nothing of it goes into `protocol/`. */
export interface LandmarkFrame {
  readonly frameId: number;
  /** Monotonic capture time in milliseconds; grows from frame to frame. */
  readonly capturedAtMs: number;
  /** Null when no face was found. */
  readonly landmarks: FaceLandmarks | null;
  /** Mean light of the face's skin; null without a picture or without a face. */
  readonly skin: LinearMean | null;
}
