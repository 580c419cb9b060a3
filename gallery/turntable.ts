import { mountViewer, type ViewerPiece } from '../scenes/viewer/index.ts';

/** Frames after which a piece that was set has been turned, lit and drawn. */
const framesToSettle = 2;

/** The 3D viewer as the kiosk and the tablet show it, for one picture at a time. */
export interface Turntable {
  /** A piece as it first stands there; equal pieces give equal pictures. Null is the bare table. */
  take(piece: ViewerPiece | null): Promise<Blob>;
}

/** Opens it in `container`, for as long as the page lives. */
export function openTurntable(container: HTMLElement): Turntable {
  const viewer = mountViewer(container, { label: 'Turntable' });
  return {
    take: async (piece) => {
      await viewer.setPiece(piece);
      for (let frame = 0; frame < framesToSettle; frame += 1) {
        await new Promise((done) => requestAnimationFrame(done));
      }
      return viewer.capturePng();
    },
  };
}
