import type { Detail } from '../models/detail.ts';
import type { ModelCache } from '../models/model-cache.ts';
import { PieceError } from '../models/piece-error.ts';
import type { MirrorStage } from './mirror-stage.ts';
import type { WornPlace } from './worn-look.ts';
import type { WornPiece } from './worn-piece.ts';

/** A piece as a stage is asked to show it. */
export interface StagePiece extends WornPlace {
  /** A name of KHR_materials_variants; null is the model's own look. */
  readonly variant: string | null;
  /**
   * The same piece with fewer triangles: shown first, as it comes first, and again whenever the piece is small on the screen. Without
   * one the piece is always drawn as it was modelled.
   */
  readonly farUrl?: string;
  /** Who wears it, counted from 0, the client; see `MirrorMount.setPeople`. */
  readonly person?: number;
}

/** A level of a piece, and where it is to be had. */
type Level = readonly [detail: Detail, from: string];

/** Brings pieces to a stage, in the level of detail that comes first and then in the other. */
export class PieceLoader {
  readonly #cache: ModelCache;
  readonly #onLevelFailed: (url: string, error: PieceError) => void;

  /** `onLevelFailed`: a worn piece stays in the one level that it has, as the other cannot be had from this address. */
  constructor(cache: ModelCache, onLevelFailed: (url: string, error: PieceError) => void) {
    this.#cache = cache;
    this.#onLevelFailed = onLevelFailed;
  }

  /** Prepares a piece in the level that comes first, or in the other one where that cannot be had. */
  async prepare(stage: MirrorStage, piece: StagePiece): Promise<WornPiece | PieceError> {
    const [first, other] = this.#levelsOf(piece);
    const made = await this.#prepareAs(stage, piece, first);
    return made instanceof PieceError && other !== undefined ? this.#prepareAs(stage, piece, other) : made;
  }

  /** Brings the level in which a piece was not prepared. */
  async complete(stage: MirrorStage, worn: WornPiece, { url, farUrl }: StagePiece): Promise<void> {
    if (farUrl === undefined) return;
    const [detail, from]: Level = worn.detail === 'far' ? ['near', url] : ['far', farUrl];
    try {
      const lease = await this.#cache.acquire(from);
      if (worn.isDisposed) return lease.release();
      await stage.addLevel(worn, detail, lease);
    } catch (error) {
      if (!(error instanceof PieceError)) throw error;
      this.#onLevelFailed(from, error);
    }
  }

  /**
   * Makes one piece ready before anybody asks; one that is worn, to be seen in another variant. False where there is no room for it, or
   * where something that was asked for needs the line.
   */
  async makeReady(stage: MirrorStage | null, piece: StagePiece): Promise<boolean> {
    const { url, variant } = piece;
    if (stage?.worn.includes(url) === true) {
      if (variant !== null) await stage.warmVariant(url, variant);
      return true;
    }
    for (const [, from] of this.#levelsOf(piece)) if (!(await this.#cache.loadAhead(from))) return false;
    return true;
  }

  /** What is likely to be wanted next, most likely first: the cache lets go of it last. */
  setLikely(pieces: readonly StagePiece[]): void {
    this.#cache.setLikely(pieces.flatMap((piece) => this.#levelsOf(piece).map(([, from]) => from)));
  }

  async #prepareAs(
    stage: MirrorStage,
    { url, variant }: StagePiece,
    [detail, from]: Level,
  ): Promise<WornPiece | PieceError> {
    try {
      return await stage.preparePiece(url, await this.#cache.acquire(from), detail, variant);
    } catch (fault) {
      if (fault instanceof PieceError) return fault;
      throw fault;
    }
  }

  /** In the order in which they are loaded: the coarse one first, unless the fine one is there already. */
  #levelsOf({ url, farUrl }: StagePiece): readonly [Level, ...Level[]] {
    if (farUrl === undefined) return [['near', url]];
    const [near, far]: readonly [Level, Level] = [
      ['near', url],
      ['far', farUrl],
    ];
    return this.#cache.has(url) ? [near, far] : [far, near];
  }
}
