import type { PartNode, PartSurface } from '../document/piece-spec.ts';
import type { PieceExtras } from '../../../protocol/piece-extras.ts';
import { vec3 } from '../geometry/vector.ts';

const names = ['hour', 'minute', 'second'] as const;
type Hand = (typeof names)[number];

/** Ten past ten, as watches are shown: clear of the maker's name, no hand over another. A scene that tells the time turns them on. */
const shownTurns: Readonly<Record<Hand, number>> = {
  hour: (10 + 8.6 / 60) / 12,
  minute: 8.6 / 60,
  second: 36 / 60,
};

/** The hands, modelled pointing to twelve, as nodes that turn about the dial's middle, each at its own height. */
export function handNodes(
  surfaces: Readonly<Record<Hand, readonly PartSurface[]>>,
  heightsMm: Readonly<Record<Hand, number>>,
): PartNode[] {
  return names.map((name) => {
    const half = -Math.PI * shownTurns[name];
    return {
      name: `hand_${name}`,
      translationMm: vec3(0, 0, heightsMm[name]),
      rotation: [0, 0, Math.sin(half), Math.cos(half)],
      surfaces: surfaces[name],
    };
  });
}

/** What every watch tells the scene: the wrist, on a left one the crown towards the hand, and hands that run. */
export const wornOnWrist = {
  schemaVersion: 1,
  category: 'watch',
  anchor: 'wrist',
  wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, -Math.SQRT1_2, Math.SQRT1_2] },
} as const satisfies Partial<PieceExtras>;

/** The hands' joints. */
export const runningHands: PieceExtras['moving'] = names.map((name) => ({
  node: `hand_${name}`,
  joint: 'spin',
  axis: [0, 0, 1],
  limits: [0, 360],
}));
