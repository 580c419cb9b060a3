import type { QualityReason, QualityTier } from '../quality/quality-tier.ts';
import type { TryOnProblemCode } from './try-on-error.ts';

/** What `<vitrine-try-on>` tells its page, as `CustomEvent`s with these details. */
export interface TryOnEvents {
  /** The first piece is on show. */
  readonly ready: { readonly maison: string; readonly piece: string; readonly variant: string };
  /** A face came into the mirror or left it. Holds nothing of the face. */
  readonly tracking: { readonly state: 'found' | 'lost' };
  readonly 'piece-change': { readonly maison: string; readonly piece: string; readonly variant: string };
  /** In which tier the stage draws from now on, and why: for what this page measures of itself. */
  readonly quality: { readonly tier: QualityTier; readonly reason: QualityReason };
  readonly error: { readonly code: TryOnProblemCode; readonly message: string; readonly advice: string };
}
