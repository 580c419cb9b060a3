/**
 * The kit without rendering: tracking, geometry and anchors on one side, the visit and the line to the server on the other.
 * Importing it in Node does nothing and throws nothing.
 */
export { ok, err, type Result } from './core/result.ts';
export { VitrineError } from './core/vitrine-error.ts';
export { systemClock, ManualClock, type CancelTimer, type Clock } from './core/clock.ts';
export { Emitter, type Unsubscribe } from './core/emitter.ts';
export { ValueStore, type ReadableStore } from './core/store.ts';
export type { Pose, Quaternion, Vec3 } from './geometry/pose.ts';
export type { CameraIntrinsics, IntrinsicsSource } from './geometry/camera-intrinsics.ts';
export {
  backProject,
  defaultIntrinsics,
  intrinsicsFromVerticalFov,
  projectPoint,
  verticalFovRad,
} from './geometry/intrinsics.ts';
export { transformPoint } from './geometry/pose-algebra.ts';
export { pageIntrinsicsFor } from './tracking/page-intrinsics.ts';
export type { IntrinsicsFor } from './calibration/camera-intrinsics-source.ts';
export type { CameraFacts } from './calibration/camera-facts.ts';
export { trackerAssetsOf } from './tracking/tracker-assets.ts';
export { shownMeasure } from './session/shown-measure.ts';
export { readCanonicalFace, CanonicalFaceError } from './geometry/canonical-face-reader.ts';
export type { CanonicalFace } from './geometry/canonical-face.ts';
export type {
  AnchorFrame,
  FaceAnchorName,
  FaceAnchors,
  LightEstimate,
  MeasureMm,
  MetricScale,
} from './anchors/anchor-frame.ts';
export type { HairMask, HairShares } from './anchors/hair-mask.ts';
export type { FaceMeasure } from './anchors/face-measure.ts';
export type { HandMeasure } from './anchors/hand-measure.ts';
export {
  ringCircumferenceMm,
  ringSizeOf,
  type LengthMm,
  type RingSize,
  type RingSystem,
} from './geometry/ring-size.ts';
export type { BodyAnchorName, BodyAnchors } from './anchors/body-anchors.ts';
export { fingerNames } from './anchors/hand-anchors.ts';
export type { FingerAnchor, FingerName, HandAnchors, Side, WristAnchor } from './anchors/hand-anchors.ts';
export type {
  CameraProblem,
  CardPlace,
  CardSight,
  HairMetrics,
  RecoveryCause,
  RestartReason,
  TrackedFrame,
  TrackedPart,
  Tracker,
  TrackerEvents,
  TrackerMetrics,
  TrackingProblem,
} from './tracking/tracker.ts';
export {
  createCameraTracker,
  type CameraTracker,
  type CameraTrackerOptions,
} from './tracking/camera-tracker.ts';
export { createScriptedTracker, type ScriptedTrackerOptions } from './tracking/scripted-tracker.ts';
export { createStillTracker, type StillTrackerOptions } from './tracking/still-tracker.ts';
export { naturalHeadMotion, stillHead, type HeadMotion } from './tracking/head-motion.ts';
export type { CameraRecovery } from './tracking/camera-keeper.ts';
export type { WorkerLike } from './tracking/tracker-link.ts';
export type { Delegate, ModelAsset, TrackerAssets } from './tracking/worker-messages.ts';
export type { Link, LinkEvents, LinkState, LinkStatus } from './sync/link.ts';
export { stockLine, type StockHere, type StockLine, type StockView } from './session/stock-line.ts';
export { joinActivation, type JoinOptions } from './activation/join-activation.ts';
export { ActivationError, type ActivationErrorCode } from './activation/activation-error.ts';
export type {
  ActivationEvents,
  ActivationPage,
  ActivationState,
  ActivationStatus,
  AdvisorCall,
  ShownVisit,
} from './activation/activation-page.ts';
export type { Freshness, NearbyStock } from './session/stock-line.ts';
