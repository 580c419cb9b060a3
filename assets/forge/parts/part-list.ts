import type { PartSurface } from '../document/piece-spec.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { merge, translate } from '../geometry/surface.ts';

/** One surface for each slot, so that a node draws each material once. */
export function bySlot(parts: readonly PartSurface[]): PartSurface[] {
  return [...new Set(parts.map(({ slot }) => slot))].map((slot) => ({
    slot,
    surface: merge(parts.filter((part) => part.slot === slot).map(({ surface }) => surface)),
  }));
}

/** The same parts elsewhere. */
export function shifted(parts: readonly PartSurface[], by: Vec3): PartSurface[] {
  return parts.map(({ slot, surface }) => ({ slot, surface: translate(surface, by) }));
}
