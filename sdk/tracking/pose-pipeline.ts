import type { AnchorFrame, FaceAnchors } from '../anchors/anchor-frame.ts';
import type { Emitter } from '../core/emitter.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';
import type { CanonicalFace } from '../geometry/canonical-face.ts';
import { steadyFitWeights } from '../geometry/face-pose.ts';
import type { FaceLight } from '../geometry/light-estimate.ts';
import { faceLightFrom, mixLight, neutralLight } from '../geometry/light-estimate.ts';
import { FaceFollower } from './face-follower.ts';
import { HandsFollower } from './hands-follower.ts';
import type { LandmarkFrame, TrackedFace } from './landmark-frame.ts';
import type { TrackerEvents } from './tracker.ts';

/** A face gone for less than this was hidden by a hand or a blink of the tracker; it is not announced as lost. */
const lostAfterMs = 400;
/** A face gone for longer than this may be another person's: nothing known of the last one is kept. */
const forgottenAfterMs = 2_000;
/** Share of the way to the newest light that one frame takes: half a second at 30 frames a second. */
const lightWeight = 0.07;

/** One face that is followed, or was a moment ago. */
interface Person {
  readonly follower: FaceFollower;
  lastSeenMs: number;
  present: boolean;
}

/**
 * Turns landmarks into anchors. It follows every tracked face as a person with an identity, tells `events` when one is found
 * and lost, and keeps nothing of a face that stayed away.
 */
export class PosePipeline {
  readonly #model: ConstructorParameters<typeof FaceFollower>[1];
  readonly #events: Emitter<TrackerEvents>;
  readonly #people = new Map<number, Person>();
  readonly #hands = new HandsFollower();
  #identities = 0;
  #light: FaceLight = neutralLight;

  constructor(canonicalFace: CanonicalFace, events: Emitter<TrackerEvents>) {
    this.#model = { verticesMm: canonicalFace.verticesMm, fitWeights: steadyFitWeights(canonicalFace) };
    this.#events = events;
  }

  /** The anchors of one frame; frames come in the order of their capture. */
  process(frame: LandmarkFrame, intrinsics: CameraIntrinsics): AnchorFrame {
    this.#noteAbsences(frame);
    const faces = frame.faces.flatMap((face) => this.#follow(face, frame.capturedAtMs, intrinsics) ?? []);
    if (faces.length > 0 && frame.skin !== null) {
      this.#light = mixLight(this.#light, faceLightFrom(frame.skin), lightWeight);
    }
    return {
      frameId: frame.frameId,
      capturedAtMs: frame.capturedAtMs,
      faces,
      hands: this.#hands.follow(frame, intrinsics, faces[0] ?? null, null),
      body: null,
      light: this.#light,
    };
  }

  /** Forgets everybody and everything measured from them. */
  reset(): void {
    for (const person of this.#people.values()) this.#lose(person);
    this.#people.clear();
    this.#hands.reset();
    this.#light = neutralLight;
  }

  #follow(
    { trackId, landmarks }: TrackedFace,
    timeMs: number,
    intrinsics: CameraIntrinsics,
  ): FaceAnchors | null {
    const known = this.#people.get(trackId);
    if (known !== undefined && !known.present) known.follower.forgetMotion();
    const follower = known?.follower ?? new FaceFollower(this.#identities + 1, this.#model);
    const anchors = follower.follow(landmarks, timeMs, intrinsics);
    if (anchors === null) return null;
    const person = known ?? { follower, lastSeenMs: timeMs, present: false };
    if (known === undefined) {
      this.#identities += 1;
      this.#people.set(trackId, person);
    }
    person.lastSeenMs = timeMs;
    if (!person.present) {
      person.present = true;
      this.#events.emit('tracking-found', { identity: follower.identity });
    }
    return anchors;
  }

  #noteAbsences({ capturedAtMs }: LandmarkFrame): void {
    for (const [trackId, person] of this.#people) {
      const goneMs = capturedAtMs - person.lastSeenMs;
      if (goneMs > lostAfterMs) this.#lose(person);
      if (goneMs > forgottenAfterMs) this.#people.delete(trackId);
    }
    if (this.#people.size === 0) this.#light = neutralLight;
  }

  #lose(person: Person): void {
    if (!person.present) return;
    person.present = false;
    this.#events.emit('tracking-lost', { identity: person.follower.identity });
  }
}
