import type { PartSurface } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { merge, translate } from '../geometry/surface.ts';

/** Joins parts that have the same slot, so that a node draws each material once. */
export function bySlot(parts: readonly PartSurface[]): PartSurface[] {
  const slots = new Map<string, Surface[]>();
  for (const { slot, surface } of parts) {
    slots.set(slot, [...(slots.get(slot) ?? []), surface]);
  }
  return [...slots].map(([slot, surfaces]) => ({ slot, surface: merge(surfaces) }));
}

/** Applies a change to the geometry of every part. */
export function mapParts(
  parts: readonly PartSurface[],
  change: (surface: Surface) => Surface,
): PartSurface[] {
  return parts.map(({ slot, surface }) => ({ slot, surface: change(surface) }));
}

/** The same parts elsewhere. */
export function shifted(parts: readonly PartSurface[], by: Vec3): PartSurface[] {
  return mapParts(parts, (surface) => translate(surface, by));
}
