import type { PieceError } from '../models/piece-error.ts';
import type { StageQuality } from '../quality/quality-tier.ts';

/** What a mirror tells: slow events only. */
export interface MirrorEvents {
  /** The renderer is there; the picture follows with the tracker's first frame. */
  readonly ready: Record<string, never>;
  readonly 'piece-shown': {
    readonly url: string;
    readonly variant: string | null;
    readonly variants: readonly string[];
  };
  /** A worn piece has a place on the client from now on, or none any more: a hand was raised, or is gone. */
  readonly 'piece-placed': { readonly url: string; readonly placed: boolean };
  /** The client's own hair lies over most of a worn piece from now on, or no longer: over both ears of who tries earrings on. */
  readonly 'piece-hidden': { readonly url: string; readonly hidden: boolean };
  /** The picture is the client's own from now on, or no longer: a camera may be open long before its first picture comes. */
  readonly mirrored: { readonly mirrored: boolean };
  /** Another of those in the mirror is served first from now on, most often by a touch: what is tried on next is theirs. */
  readonly 'person-served': { readonly person: number };
  readonly 'piece-failed': { readonly url: string; readonly error: PieceError };
  /** A worn piece stays in the one level of detail that it has: the other could not be had from this address. */
  readonly 'level-failed': { readonly url: string; readonly error: PieceError };
  /** The stage draws in another tier from now on, or in its first one. */
  readonly quality: StageQuality;
  readonly 'context-lost': Record<string, never>;
  readonly 'context-restored': Record<string, never>;
  /** The stage itself cannot run: no WebGL 2, most often. */
  readonly failed: { readonly error: unknown };
}

/** What a mirror did so far and what it holds. */
export interface MirrorMetrics {
  /** Tracked frames that were displayed. */
  readonly framesShown: number;
  /** Median time from capture to display; NaN before the first frame. */
  readonly medianLatencyMs: number;
  /** Whether that is above the stage's bound of 80 ms: the product is then felt to drag. */
  readonly lagging: boolean;
  /** Times that the scene was drawn; a picture that did not change is not drawn again. */
  readonly framesDrawn: number;
  readonly drawCalls: number;
  readonly triangles: number;
  /** GPU objects alive. */
  readonly geometries: number;
  readonly textures: number;
  readonly programs: number;
  readonly modelsLoaded: number;
  readonly modelsDisposed: number;
  readonly modelLeases: number;
  /** What the models that are not worn take in memory. */
  readonly idleModelBytes: number;
  /** Worn pieces that are drawn in their coarse level. */
  readonly farPieces: number;
  /** In which tier the stage draws and why; null before the renderer is there. */
  readonly quality: StageQuality | null;
}
