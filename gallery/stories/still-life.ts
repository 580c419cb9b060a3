import type { PieceId, VariantId } from '../../protocol/ids.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';

/** What a still life is built of; `surfaces.ts` makes them. */
export type SurfaceName =
  | 'basalt'
  | 'limestone'
  | 'marble'
  | 'plaster'
  | 'oak'
  | 'dark-oak'
  | 'linen'
  | 'dark-wool'
  | 'ivory-paper'
  | 'rose-paper'
  | 'grey-paper';

/** A piece as it stands there. Turned first, then set down: its lowest point comes to `atMm`'s height. */
export interface StillPiece {
  readonly kind: 'piece';
  readonly pieceId: PieceId;
  readonly variantId: VariantId;
  readonly atMm: Vec3;
  readonly turnDeg?: Vec3;
  /** True hangs it: its own origin comes to `atMm`, instead of its lowest point. */
  readonly hung?: boolean;
  /** A bolster that fills a closed strap or bracelet, so that it lies as in its case: half axes across and through it, and its length. */
  readonly bolster?: {
    readonly of: SurfaceName;
    readonly halfMm: readonly [y: number, z: number];
    readonly lengthMm: number;
  };
  /** Nodes that this picture does without, by name: a strap that goes out of the picture. */
  readonly without?: readonly string[];
}

/** A block or a sheet with soft edges, its middle at `atMm`. */
export interface StillBlock {
  readonly kind: 'block';
  readonly of: SurfaceName;
  readonly sizeMm: Vec3;
  readonly atMm: Vec3;
  readonly turnDeg?: Vec3;
  readonly edgeMm?: number;
}

/** What stands outside of the picture and keeps the sun from a part of it. */
export interface StillScreen {
  readonly kind: 'screen';
  readonly sizeMm: Vec3;
  readonly atMm: Vec3;
  readonly turnDeg?: Vec3;
}

export type StillThing = StillPiece | StillBlock | StillScreen;

/** One chapter's picture: things on a ground, one long light, a camera that is sharp at one distance. Millimetres, +y up. */
export interface StillLife {
  /** The file: `<maison>/stories/<name>.webp`. */
  readonly name: string;
  readonly things: readonly StillThing[];
  /** What everything stands on, and how strongly it is creased; it sweeps up behind at `backMm`. */
  readonly ground: { readonly of: SurfaceName; readonly foldMm?: number; readonly backMm?: number };
  readonly camera: {
    readonly fromMm: Vec3;
    readonly atMm: Vec3;
    /** Where it is sharp; `atMm` if not said. */
    readonly sharpMm?: Vec3;
    readonly fovDeg: number;
    /** Diameter of the lens: a larger one leaves less sharp. */
    readonly lensMm: number;
  };
  readonly sun: {
    /** 0° comes from behind the camera, −90° from the picture's left, ±180° from behind the things. */
    readonly azimuthDeg: number;
    readonly elevationDeg: number;
    /** How large it is in the sky: the softness of shadows. */
    readonly sizeDeg: number;
    readonly colour: string;
    readonly strength: number;
  };
  /** The light that comes from all of the sky, and what the room adds to it in every corner: 0 leaves shadows deep. */
  readonly sky: { readonly colour: string; readonly strength: number; readonly roomShare: number };
  readonly exposure: number;
}
