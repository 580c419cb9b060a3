import type { Spot } from '../../protocol/together.ts';

/** A piece as the viewer is asked to show it. */
export interface ShownPiece {
  readonly url: string;
  /** A name of KHR_materials_variants. */
  readonly variant: string;
}

/** The colours behind the piece. CSS colours. */
export interface ViewerTheme {
  readonly ground: string;
  readonly glow: string;
}

/** A running 3D view. */
export interface ViewerMount {
  /** Shows another piece; settles when it is shown, and rejects where it cannot be. */
  setPiece(piece: ShownPiece): Promise<void>;
  /** Lights a spot of the piece that is shown, or puts the light out. */
  setLight(spot: Spot | null): void;
  /** Frees everything; the container is empty again. */
  stop(): void;
}

/** Mounts a piece in three dimensions. Loaded when it is first needed, so that the tablet is readable before it. */
export type MountViewer = (
  container: HTMLElement,
  options: {
    readonly theme: ViewerTheme;
    readonly label: string;
    /** A finger touched the piece that is shown, here. */
    readonly onSpot: (spot: Spot) => void;
  },
) => Promise<ViewerMount>;
