export { mountViewer } from './mount-viewer.tsx';
export type { ViewerMount, ViewerOptions, ViewerPiece } from './mount-viewer.tsx';
export type { ViewerEvents } from './viewer-events.ts';
export { PieceView, type PieceViewProps } from './piece-view.tsx';
export { firstView, type OrbitView } from './orbit.ts';
