import type { PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import type { Clock } from '../../sdk/core/clock.ts';
import type { FaceSurface } from '../categories/wearing.ts';
import type { Detail } from '../models/detail.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { createProductUniforms, type ProductUniforms } from '../surface/dress-product.ts';
import { WornPiece } from './worn-piece.ts';

/** What pieces of one stage are dressed and compiled for. */
export interface DressingRoom {
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly clock: Clock;
  readonly face: FaceSurface;
  readonly uniforms: Parameters<typeof createProductUniforms>[0];
}

/** Makes pieces ready to be worn while the last picture is still shown, so that a change costs no picture. */
export class PieceDresser {
  readonly #room: DressingRoom;
  /** By piece: materials keep the uniforms with which they were dressed first, and the levels of a piece share them. */
  readonly #uniforms = new Map<string, ProductUniforms>();

  constructor(room: DressingRoom) {
    this.#room = room;
  }

  /**
   * A piece, dressed, its shadow baked and its shaders compiled; it takes over the lease. Whoever has it prepared puts it on or disposes it.
   * @throws PieceError `variant-unknown`, `category-unknown`
   */
  async prepare(url: string, lease: ModelLease, detail: Detail, variant: string | null): Promise<WornPiece> {
    const { renderer, scene, camera, clock, face } = this.#room;
    let piece: WornPiece;
    try {
      piece = new WornPiece(url, lease, detail, this.#uniformsOf(url), { renderer, clock, face });
    } catch (fault) {
      lease.release();
      throw fault;
    }
    try {
      piece.setVariant(variant);
      await renderer.compileAsync(piece.root, camera, scene);
    } catch (fault) {
      piece.dispose();
      throw fault;
    }
    return piece;
  }

  /**
   * Gives a piece its other level, taking over the lease, once it can be drawn without a stop; false where the piece is gone.
   * @throws PieceError `piece-malformed` where it is not the same piece
   */
  async addLevel(piece: WornPiece, detail: Detail, lease: ModelLease): Promise<boolean> {
    try {
      piece.dress(lease.model);
      await this.#compile(lease, piece.variant);
    } catch (fault) {
      lease.release();
      throw fault;
    }
    if (piece.isDisposed) {
      lease.release();
      return false;
    }
    piece.addLevel(detail, lease);
    return true;
  }

  /** Has the GPU know a variant of a piece that may be chosen next: its shaders, and its pictures. */
  async warmVariant({ model }: WornPiece, variant: string): Promise<void> {
    if (!model.variants.names.includes(variant)) return;
    for (const texture of model.variants.texturesOf(variant)) this.#room.renderer.initTexture(texture);
    await this.#compile({ model, instance: model.prototype.clone() }, variant);
  }

  /** Compiles what an instance of a model needs that is not in the scene yet. */
  async #compile(
    { model, instance }: Pick<ModelLease, 'model' | 'instance'>,
    variant: string | null,
  ): Promise<void> {
    const { renderer, scene, camera } = this.#room;
    model.variants.apply(instance, variant);
    await renderer.compileAsync(instance, camera, scene);
  }

  #uniformsOf(url: string): ProductUniforms {
    const known = this.#uniforms.get(url);
    if (known !== undefined) return known;
    const made = createProductUniforms(this.#room.uniforms);
    this.#uniforms.set(url, made);
    return made;
  }
}
