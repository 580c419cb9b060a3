import type { PartSurface } from '../document/piece-spec.ts';
import { brilliant, brilliantFacets, houseCut } from '../geometry/brilliant.ts';
import { emeraldCut, emeraldFacets } from '../geometry/emerald-cut.ts';
import { stoneFire } from '../geometry/stone-fire.ts';

/**
 * A round brilliant with the light inside it, in its own frame: y is the stone's axis, 0 at the girdle's upper edge. Slots `stone`
 * (the cut stone, which lets light through) and `fire` (the mirror of geometry/stone-fire.ts).
 * A large one has a round girdle and finer light.
 */
export function litBrilliant(diameterMm: number, detail: 'small' | 'large'): PartSurface[] {
  return [
    { slot: 'stone', surface: brilliant(diameterMm, houseCut, detail === 'large' ? 4 : 1) },
    {
      slot: 'fire',
      surface: stoneFire(brilliantFacets(diameterMm).polished, detail === 'small' ? 'small' : 'star'),
    },
  ];
}

/** An emerald cut with the light inside it, long along x; slots as those of `litBrilliant`. */
export function litEmeraldCut(lengthMm: number, widthMm: number): PartSurface[] {
  return [
    { slot: 'stone', surface: emeraldCut(lengthMm, widthMm) },
    { slot: 'fire', surface: stoneFire(emeraldFacets(lengthMm, widthMm).polished, 'steps') },
  ];
}
