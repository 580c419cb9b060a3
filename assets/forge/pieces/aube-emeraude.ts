import type { PieceSpec } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import { claw, clawsAt, railAlong } from '../parts/prong-setting.ts';
import { deform, merge } from '../geometry/surface.ts';
import { houseEmeraldCut } from '../geometry/emerald-cut.ts';
import { litEmeraldCut } from '../parts/lit-stone.ts';
import { resampleClosed } from '../geometry/spline.ts';
import { solitaireRing } from '../parts/solitaire-ring.ts';
import { superellipse } from '../geometry/sweep.ts';
import { vec2 } from '../geometry/vector.ts';

/** Sizes of Aube taille émeraude in millimetres, at EU 52. */
export const aubeEmeraudeSize = {
  innerDiameterMm: 16.55,
  bandWidthMm: 1.9,
  bandThicknessMm: 1.6,
  stoneLengthMm: 7.4,
  stoneWidthMm: 5.3,
  girdleAboveMm: 4.65,
} as const;

const { stoneLengthMm, stoneWidthMm, girdleAboveMm } = aubeEmeraudeSize;
/** Height at which all claws start, inside the band. */
const footY = -(girdleAboveMm - 0.95);
/** Half the distance between the two claws of a corner, at their tips. */
const pairMm = 0.33;

/** The eight claws: two from one root to each cut corner, which they follow outwards from the diagonal. */
function doubleClaws(): Surface {
  const cornerMm = houseEmeraldCut.cornerPart * stoneWidthMm;
  const one = claw({
    girdleRadiusMm: (stoneLengthMm / 2 + stoneWidthMm / 2 - cornerMm) / Math.SQRT2,
    // The corner's lowest two steps together, which the tip bridges.
    crownDeg: 36.5,
    foot: vec2(1, footY),
    tipRadiusMm: 3.2,
    widthsMm: [0.66, 0.62, 0.47],
  });
  // A corner's middle lies beside the diagonal, as far as the stone is longer than broad.
  const besideMm = (stoneLengthMm - stoneWidthMm) / 2 / Math.SQRT2;
  const bent = (offsetMm: number): Surface =>
    deform(one, (p) => {
      const left = 1 - Math.min(1, Math.max(0, (p.y - footY) / (-0.3 - footY)));
      return { x: p.x, y: p.y, z: p.z + offsetMm * (1 - left * left) };
    });
  return merge(
    [pairMm, -pairMm].flatMap((pair) => [
      clawsAt(bent(besideMm + pair), [45, 225]),
      clawsAt(bent(pair - besideMm), [135, 315]),
    ]),
  );
}

/** Aurelle Aube taille émeraude: a step-cut stone along the finger, each of its corners between two claws. */
export function aubeEmeraude(): PieceSpec {
  const outline = (halfLength: number, halfWidth: number, count: number) =>
    resampleClosed(superellipse(halfLength, halfWidth, 4, 240), count);
  return solitaireRing('aube-emeraude', aubeEmeraudeSize, {
    setting: merge([
      doubleClaws(),
      railAlong(outline(2.62, 1.78, 112), -1.76, vec2(0.54, 0.66), 34),
      railAlong(outline(1.68, 1.17, 88), -2.92, vec2(0.54, 0.62), 34),
    ]),
    stone: litEmeraldCut(stoneLengthMm, stoneWidthMm),
    stoneX: 'along',
  });
}
