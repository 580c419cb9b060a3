import type { PartInstance, PartSurface } from '../document/piece-spec.ts';
import { bySlot } from '../parts/slots.ts';
import { crown, crownAt, luggedCase } from '../parts/watch-case.ts';
import { endLink } from '../parts/milanese-band.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { rounded, turned } from '../geometry/turned.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** Heure 31 in millimetres; heights from the case back's skin side. */
export const heureSize = {
  caseDiameterMm: 31,
  lugToLugMm: 36,
  thicknessMm: 7.6,
  strapWidthMm: 14,
  stones: 40,
  stoneMm: 1.1,
  stoneRadiusMm: 14.02,
  girdleMm: 5.82,
  dialTopMm: 4.95,
  crystalEdgeMm: 6.45,
  crystalRadiusMm: 12.6,
  springBarY: 16.75,
  springBarZ: 1.15,
} as const;

/** Case, lugs, set bezel without its stones, back and crown. */
export function heureCase(): PartSurface[] {
  const body = luggedCase({
    diameterMm: heureSize.caseDiameterMm,
    lugToLugMm: heureSize.lugToLugMm,
    lugWidthMm: heureSize.strapWidthMm + 0.3,
    lugTipMm: 1.55,
    lugLeaveDeg: 40,
    bottomMm: 0.7,
    topMm: 4.4,
    tipTopMm: 2.0,
    tipBottomMm: 0,
    chamferMm: 0.42,
  });
  const bezel = turned(
    rounded(
      [
        { p: vec2(12.62, 4.2), slot: 'metal' },
        { p: vec2(14.9, 4.2) },
        { p: vec2(15.15, 4.42) },
        { p: vec2(15.15, 5.55), roundMm: 0.18 },
        { p: vec2(14.95, 5.86), roundMm: 0.07 },
        { p: vec2(14.76, 5.86), roundMm: 0.05 },
        { p: vec2(14.7, 5.42) },
        { p: vec2(13.34, 5.46) },
        { p: vec2(13.26, 5.98), roundMm: 0.05 },
        { p: vec2(13.1, 6.04), roundMm: 0.06 },
        { p: vec2(12.62, 6.36), roundMm: 0.08 },
      ],
      'metal',
      4,
    ),
    112,
    14,
  );
  const rehaut = turned(
    rounded(
      [
        { p: vec2(12.05, 4.85), slot: 'metal' },
        { p: vec2(12.7, 4.85) },
        { p: vec2(12.7, 5.75) },
        { p: vec2(12.5, 5.75), roundMm: 0.04 },
        { p: vec2(12.05, 5.1), roundMm: 0.04 },
      ],
      'metal',
    ),
    96,
    12,
  );
  const back = turned(
    rounded(
      [
        { p: vec2(0, 0), slot: 'ringBrushed' },
        { p: vec2(9, 0), slot: 'metal' },
        { p: vec2(9.1, 0.12) },
        { p: vec2(9.35, 0.12) },
        { p: vec2(9.45, 0.01), slot: 'ringBrushed' },
        { p: vec2(12.3, 0.08), slot: 'metal' },
        { p: vec2(13.2, 0.5), roundMm: 0.15 },
        { p: vec2(13.4, 1) },
        { p: vec2(0, 1) },
      ],
      'metal',
    ),
    80,
    10,
  );
  const crownParts = crownAt(crown(2.05, 2.1, 24, 'cabochon', 0.95), heureSize.caseDiameterMm / 2 - 0.1, 2.6);
  const links = ([1, -1] as const).flatMap((side) =>
    endLink({
      side,
      widthMm: heureSize.strapWidthMm + 0.05,
      caseRadiusMm: heureSize.caseDiameterMm / 2 - 0.15,
      outerY: 16.75,
      bottomMm: 0.5,
      topMm: 2.75,
      outerTopMm: 1.75,
    }),
  );
  const own = [...links, ...body, ...bezel, ...rehaut, ...back, ...crownParts];
  // The whole case is polished: only its back and the lugs' tops keep a grain.
  return bySlot(
    own.map(({ slot, surface }) => ({
      slot: slot === 'steel' || slot === 'flank' || slot === 'brushed' ? 'metal' : slot,
      surface,
    })),
  );
}

/** Places round the bezel whose y leaves the dial and whose x points outwards. */
function around(
  count: number,
  radiusMm: number,
  z: number,
  startTurns: number,
  alongMm: number,
): PartInstance[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + startTurns)) / count;
    const out = vec3(Math.cos(angle), Math.sin(angle), 0);
    const up = vec3(0, 0, 1);
    const across = vec3(out.y, -out.x, 0);
    return {
      translationMm: vec3(out.x * radiusMm + across.x * alongMm, out.y * radiusMm + across.y * alongMm, z),
      rotation: frameQuaternion(out, up, across),
    };
  });
}

/** Where the stones sit. */
export function heureStones(): PartInstance[] {
  return around(heureSize.stones, heureSize.stoneRadiusMm, heureSize.girdleMm, 0, 0);
}

/** Four grains round every stone. */
export function heureGrains(): PartInstance[] {
  const reach = (heureSize.stoneMm / 2 + 0.085) * Math.SQRT1_2;
  return [-1, 1].flatMap((radial) =>
    [-1, 1].flatMap((side) =>
      around(
        heureSize.stones,
        heureSize.stoneRadiusMm + radial * reach,
        heureSize.girdleMm + 0.05,
        0,
        side * reach,
      ),
    ),
  );
}

/** Darts of bright-cut metal between the stones; their length runs outwards along the dart's own y. */
export function heureDarts(): PartInstance[] {
  return Array.from({ length: heureSize.stones }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / heureSize.stones - Math.PI / 2;
    const r = heureSize.stoneRadiusMm;
    return {
      translationMm: vec3(-Math.sin(angle) * r, Math.cos(angle) * r, 5.4),
      rotation: [0, 0, Math.sin(angle / 2), Math.cos(angle / 2)],
    };
  });
}
