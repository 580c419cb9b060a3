/**
 * The scenes: the mirror stage in which a piece is worn, and the viewer in which it is looked at closely. Importing this in
 * Node does nothing and throws nothing. The advisor's tablet imports `scenes/viewer/index.ts` instead: no stage, no tracking.
 */
export { mountMirror } from './stage/mount-mirror.tsx';
export type { MirrorMount, MirrorOptions } from './stage/mount-mirror.tsx';
export type { StagePiece } from './stage/piece-loader.ts';
export type { FaceTriangles } from './stage/mirror-stage-options.ts';
export type { MirrorEvents, MirrorMetrics } from './stage/mirror-events.ts';
export type { QualityReason, QualityTier, StageQuality } from './quality/quality-tier.ts';
export { LATENCY_BOUND_MS } from './stage/latency-gauge.ts';
export { MirrorView, type EventOf, type MirrorViewProps } from './entry-react.tsx';
export { mountViewer } from './viewer/mount-viewer.tsx';
export type { ViewerMount, ViewerOptions, ViewerPiece } from './viewer/mount-viewer.tsx';
export type { ViewerEvents } from './viewer/viewer-events.ts';
export { PieceView, type PieceViewProps } from './viewer/piece-view.tsx';
export { firstView, type OrbitView } from './viewer/orbit.ts';
export { registerCategory } from './categories/wearing-categories.ts';
export type {
  Arrangement,
  DepthFade,
  FaceSurface,
  Wearer,
  Wearing,
  WearingCategory,
  WornNodes,
} from './categories/wearing.ts';
export type { PictureUniforms } from './surface/face-paint.ts';
export type { CoverageOptions } from './surface/coverage-map.ts';
export { PieceError } from './models/piece-error.ts';
export type { PieceErrorCode } from './models/piece-error.ts';
export { neutralTheme } from './theme.ts';
export type { StageTheme } from './theme.ts';
