import type { PartSurface } from '../document/piece-spec.ts';
import { brilliant, brilliantFacets, houseCut } from '../geometry/brilliant.ts';
import { emeraldCut, emeraldFacets } from '../geometry/emerald-cut.ts';
import { pear, pearFacets } from '../geometry/pear-cut.ts';
import { stoneFire } from '../geometry/stone-fire.ts';

/**
 * A round brilliant with the light inside it, in its own frame: y is the stone's axis, 0 at the girdle's upper edge. Slots `stone`
 * (the cut stone, which lets light through) and `fire` (the mirror of geometry/stone-fire.ts).
 * A large one has a round girdle and finer light.
 */
export function litBrilliant(
  diameterMm: number,
  detail: 'small' | 'large',
): readonly [stone: PartSurface, fire: PartSurface] {
  const { polished } = brilliantFacets(diameterMm);
  const stone = { slot: 'stone', surface: brilliant(diameterMm, houseCut, detail === 'large' ? 4 : 1) };
  if (detail === 'large') return [stone, { slot: 'fire', surface: stoneFire(polished) }];
  // A row of forty is a third of a watch's triangles, so from afar each keeps only what is seen of it.
  const far = stoneFire(polished, 'small', 'inner');
  return [stone, { slot: 'fire', surface: stoneFire(polished, 'small'), far }];
}

/** An emerald cut with the light inside it, long along x; slots as those of `litBrilliant`. */
export function litEmeraldCut(lengthMm: number, widthMm: number): PartSurface[] {
  return [
    { slot: 'stone', surface: emeraldCut(lengthMm, widthMm) },
    { slot: 'fire', surface: stoneFire(emeraldFacets(lengthMm, widthMm).polished, 'steps') },
  ];
}

/** A pear brilliant with the light inside it, point to −z; slots as those of `litBrilliant`. */
export function litPear(lengthMm: number, widthMm: number): readonly [stone: PartSurface, fire: PartSurface] {
  return [
    { slot: 'stone', surface: pear(lengthMm, widthMm) },
    { slot: 'fire', surface: stoneFire(pearFacets(lengthMm, widthMm).polished) },
  ];
}
