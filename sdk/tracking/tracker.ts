import type { AnchorFrame } from '../anchors/anchor-frame.ts';
import type { FaceMeasure } from '../anchors/face-measure.ts';
import type { HandMeasure } from '../anchors/hand-measure.ts';
import type { Emitter } from '../core/emitter.ts';
import type { CameraRecovery } from './camera-keeper.ts';
import type { CameraIntrinsics } from '../geometry/camera-intrinsics.ts';

/** A picture with exactly the anchors that were found in it. Whoever took the frame closes its image. */
export interface TrackedFrame {
  /** The camera picture, unmirrored; null when a script moves the head (no camera). */
  readonly image: ImageBitmap | null;
  readonly intrinsics: CameraIntrinsics;
  readonly anchors: AnchorFrame;
}

/**
 * A part of a person that a product may need followed. Only what is needed is loaded and computed. `hair` is looked at now and then, and
 * only where a model is offered: without it nothing is amiss, but a temple lies over the hair.
 */
export type TrackedPart = 'face' | 'hand' | 'body' | 'hair';

/** Why there is no picture, each with its own words and next step on screen. */
export type CameraProblem = 'camera-missing' | 'camera-denied' | 'camera-unplugged' | 'camera-busy';

/** Why there is a picture but no tracking. */
export type TrackingProblem = 'model-missing' | 'model-corrupt' | 'tracker-failed';

/** Why the tracker's worker or its graphs were made anew. `memory`: they held too much. */
export type RestartReason = 'hung' | 'poisoned' | 'crashed' | 'memory';

/** Everything from which a tracker recovers by itself. */
export type RecoveryCause = RestartReason | CameraRecovery | 'clock-jump';

/**
 * Where a client holds a card to be measured by: against the forehead, for what a face needs; across the palm under the fingers, for rings.
 */
export type CardPlace = 'forehead' | 'palm';

/**
 * What is seen of a card that a client holds where it is sought: nothing; it is not against the forehead (or the palm); it does not lie
 * flat; it is held well; the measurement is complete, and nothing is sought any more.
 */
export type CardSight = 'none' | 'away' | 'tilted' | 'held' | 'measured';

/** Slow events only; a pose never travels by event. */
export interface TrackerEvents {
  /** The network is warm: pictures from now on are searched. Also after a restart that followed a failure. */
  readonly ready: { readonly delegate: 'CPU' | 'GPU' };
  readonly 'tracking-found': { readonly identity: number };
  readonly 'tracking-lost': { readonly identity: number };
  readonly problem: { readonly problem: CameraProblem | TrackingProblem; readonly message: string };
  /**
   * The sizes of the first face, when they are first known and when they change noticeably, at most once a second for one person; after
   * `seekCard('forehead')` they are told again in any case.
   */
  readonly measured: { readonly identity: number; readonly measure: FaceMeasure };
  /** The sizes of a hand, when a card in its palm told them. */
  readonly 'hand-measured': { readonly identity: number; readonly measure: HandMeasure };
  /** While a card is sought: what is seen of it, and the share of the measurement that is done, 0 to 1; on changes only. */
  readonly card: { readonly sight: CardSight; readonly progress: number };
  /** The worker was restarted, or its graphs were made anew. */
  readonly restarted: { readonly reason: RestartReason; readonly count: number };
  /** The camera is open; `again` after it was lost, stalled or frozen, or after a problem was told. */
  readonly 'camera-opened': { readonly again: boolean };
  /** Something that a piece needs followed cannot be: its model is not to be had. */
  readonly 'part-missing': { readonly part: TrackedPart; readonly message: string };
}

/** How hair is followed: nobody asks for it; there is no model for it, or it failed; it is looked at. */
export interface HairMetrics {
  readonly state: 'off' | 'missing' | 'followed';
  readonly looks: number;
  readonly medianMs: number;
}

/** What the tracker did so far, for metrics and benches. */
export interface TrackerMetrics {
  readonly framesOffered: number;
  readonly framesInferred: number;
  readonly framesReplaced: number;
  readonly restarts: number;
  /** How often it recovered by itself, and from what. */
  readonly recoveries: Readonly<Record<RecoveryCause, number>>;
  /** Milliseconds between two runs of the network as things are; 0 is every picture. */
  readonly inferencePeriodMs: number;
  /** What the library's wasm holds, as the worker told last; 0 before it did. */
  readonly wasmBytes: number;
  readonly medianInferenceMs: number;
  readonly hair: HairMetrics;
  readonly delegate: 'CPU' | 'GPU' | null;
}

/**
 * Tracks one camera (or one script). Ownership: `takeFrame` hands over the newest frame not yet taken, with its image,
 * which the caller closes; frames nobody took are closed by the tracker.
 */
export interface Tracker {
  readonly events: Emitter<TrackerEvents>;
  /** Loads and warms up on a generated picture. Opens no camera. */
  warmUp(): Promise<void>;
  /** Opens the camera and starts. Call only after the client's consent. @throws VitrineError `tracker-disposed` */
  start(): Promise<void>;
  /** Stops, closes the camera, forgets every frame and allows one person again; may be started again. */
  stop(): void;
  /** What the worn pieces need followed from the next frame on; the face alone unless told. */
  setNeeds(parts: readonly TrackedPart[]): void;
  /**
   * How many people the mirror may follow, from 1 to 4: everybody beyond the first has agreed for themselves. Nobody else's face
   * is landmarked, and whoever is beyond the number is forgotten with the next frame. The networks for hands and bodies look at the
   * whole picture and cannot tell whose they find: with them, keep strangers out of the picture. Until the next `stop`.
   */
  allowPeople(people: number): void;
  /**
   * The client touched this point of the unmirrored picture, in its pixels: whoever is there is served first. A touch that meets nobody
   * counts for a second and a half.
   */
  choosePerson(uPx: number, vPx: number): void;
  /**
   * The client asked to be measured by a card (ISO/IEC 7810 ID-1) held flat at this place, or no longer wants to be (null).
   * Answers come as `card` events; the measures as `measured`, with the source `card`, or as `hand-measured`. For a palm the hand must be
   * among what is needed.
   */
  seekCard(place: CardPlace | null): void;
  /**
   * The newest frame not yet taken. Call it once per displayed picture: how often it is called tells the tracker how much time the
   * display leaves it.
   */
  takeFrame(): TrackedFrame | null;
  metrics(): TrackerMetrics;
  /** Ends the worker; the tracker cannot be used again. */
  dispose(): void;
}
