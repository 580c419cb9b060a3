export { mountMirror } from './stage/mount-mirror.tsx';
export type { MirrorMount, MirrorOptions, StagePiece } from './stage/mount-mirror.tsx';
export type { MirrorEvents, MirrorMetrics } from './stage/mirror-events.ts';
export { LATENCY_BOUND_MS } from './stage/latency-gauge.ts';
export { PieceError } from './models/piece-error.ts';
export type { PieceErrorCode } from './models/piece-error.ts';
export { neutralTheme } from './theme.ts';
export type { StageTheme } from './theme.ts';
