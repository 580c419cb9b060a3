import type { Spot } from '../../protocol/together.ts';
import type { PieceError } from '../models/piece-error.ts';

/** What a viewer tells. */
export interface ViewerEvents {
  readonly ready: Record<string, never>;
  readonly 'piece-shown': {
    readonly url: string;
    readonly variant: string | null;
    readonly variants: readonly string[];
  };
  /** A finger touched the piece that is shown, here. */
  readonly 'spot-touched': { readonly url: string; readonly spot: Spot };
  readonly 'piece-failed': { readonly url: string; readonly error: PieceError };
  readonly 'context-lost': Record<string, never>;
  readonly 'context-restored': Record<string, never>;
  /** The viewer itself cannot run: no WebGL 2, most often. */
  readonly failed: { readonly error: unknown };
}
