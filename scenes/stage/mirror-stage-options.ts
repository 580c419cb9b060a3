import type { Clock } from '../../sdk/core/clock.ts';
import type { QualityTier, StageQuality } from '../quality/quality-tier.ts';
import type { StageTheme } from '../theme.ts';

/** Three vertex indices of the canonical mesh each, or what gives them when the first face is there. */
export type FaceTriangles = ArrayLike<number> | (() => ArrayLike<number> | null);

/** What a stage is made with, and what it tells. */
export interface MirrorStageOptions {
  readonly clock: Clock;
  readonly theme: StageTheme;
  readonly faceTriangles: FaceTriangles;
  readonly quality: QualityTier | 'auto';
  /** Called before another wearer takes the place of the one that was shown, whose picture was just drawn. */
  readonly onCrossing: () => void;
  /** Called when the picture becomes or ceases to be the client's own. */
  readonly onMirrored: (mirrored: boolean) => void;
  /** Called when a worn piece has a place from now on, or none any more. */
  readonly onPlaced: (url: string, placed: boolean) => void;
  readonly onHidden: (url: string, hidden: boolean) => void;
  /** Called when the person with this number is served first from now on. */
  readonly onServed: (person: number) => void;
  /** Called when the stage draws in another tier from now on. */
  readonly onQuality: (quality: StageQuality) => void;
  /** Called when a CSS pixel is to have other device pixels than before, at most. */
  readonly onMaxPixelRatio: (ratio: number) => void;
}
