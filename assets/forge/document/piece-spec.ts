import type { PieceExtras } from '../../../protocol/piece-extras.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import type { MaterialRecipe } from './recipes.ts';

/** A surface with the slot that names its material in every variant. */
export interface PartSurface {
  readonly slot: string;
  readonly surface: Surface;
}

/** One of many places of the same mesh: millimetres and a unit quaternion (x, y, z, w), in the node's frame. */
export interface PartInstance {
  readonly translationMm: Vec3;
  readonly rotation: readonly [number, number, number, number];
  /** 1 unless told: the mesh's own size. */
  readonly scale?: number;
}

/** A named node of a piece, in millimetres. Nodes with the same `share` name draw one mesh many times. */
export interface PartNode {
  readonly name: string;
  readonly translationMm?: Vec3;
  /** Unit quaternion (x, y, z, w). */
  readonly rotation?: readonly [number, number, number, number];
  /** Mirrored across its own x = 0 by geometry already; no negative scale is ever written. */
  readonly surfaces?: readonly PartSurface[];
  /** Name of a mesh in `PieceSpec.shared`. */
  readonly share?: string;
  /** Draws the node's mesh once at each of these places instead of at the node's own (EXT_mesh_gpu_instancing): stones, links. */
  readonly instances?: readonly PartInstance[];
  readonly children?: readonly PartNode[];
}

/** One way in which a piece is sold: a material for each slot. */
export interface PieceVariant {
  readonly name: string;
  readonly materials: Readonly<Record<string, MaterialRecipe>>;
}

/** Everything that the writer needs to make a GLB of a piece. The first variant is the default look. */
export interface PieceSpec {
  readonly id: string;
  /** Folder of its Maison under `assets/collections`. */
  readonly maison: string;
  readonly root: PartNode;
  readonly shared: Readonly<Record<string, PartSurface>>;
  /** Coarser meshes that take the place of `shared` ones in the second level of detail: what stands in a piece a thousand times. */
  readonly sharedFar?: Readonly<Record<string, PartSurface>>;
  readonly variants: readonly PieceVariant[];
  /** Millimetres of material that one width and one height of its texture cover, for slots whose UVs are in millimetres. */
  readonly textureMm: Readonly<Record<string, { readonly widthMm: number; readonly heightMm: number }>>;
  readonly extras: PieceExtras;
}
