import type { Piece } from '../protocol/product.ts';
import { quaternionFromYawPitchRoll } from '../sdk/geometry/pose-algebra.ts';
import type { Pose, Vec3 } from '../sdk/geometry/pose.ts';
import type { HandHold } from '../scenes/visitor/hand-form.ts';
import { raisedHand } from '../scenes/visitor/hand-motion.ts';

const degree = Math.PI / 180;

/** How the visitor stands for a picture of a worn piece. */
export interface GalleryView {
  readonly name: string;
  readonly cameraFromHead: Pose;
  readonly hand: HandHold | null;
}

function head(yawDeg: number, pitchDeg: number, translationMm: Vec3): Pose {
  return { rotation: quaternionFromYawPitchRoll(yawDeg * degree, pitchDeg * degree, 0), translationMm };
}

function hand(yawDeg: number, positionMm: Vec3): HandHold {
  const held = raisedHand({ side: 'left', shows: 'back' });
  return { ...held, positionMm, yawRad: held.yawRad + yawDeg * degree };
}

const faces: readonly GalleryView[] = [
  { name: 'front', cameraFromHead: head(0, 0, [0, -10, -520]), hand: null },
  { name: 'left', cameraFromHead: head(34, 0, [0, -10, -520]), hand: null },
  { name: 'right', cameraFromHead: head(-48, 4, [0, -10, -500]), hand: null },
];
const hats: readonly GalleryView[] = faces.map((view) => ({
  ...view,
  cameraFromHead: { ...view.cameraFromHead, translationMm: [0, -70, -660] },
}));
const necks: readonly GalleryView[] = [
  { name: 'front', cameraFromHead: head(0, 0, [0, 120, -560]), hand: null },
  { name: 'left', cameraFromHead: head(26, 0, [0, 120, -560]), hand: null },
  { name: 'near', cameraFromHead: head(0, 0, [0, 170, -360]), hand: null },
];
const away = head(0, 0, [-110, -10, -760]);
const hands: readonly GalleryView[] = [
  { name: 'back', cameraFromHead: away, hand: hand(0, [60, -10, -360]) },
  { name: 'turned', cameraFromHead: away, hand: hand(38, [60, -10, -360]) },
  { name: 'near', cameraFromHead: away, hand: hand(-18, [12, -24, -190]) },
];
const wrists: readonly GalleryView[] = [
  { name: 'back', cameraFromHead: away, hand: hand(0, [50, 60, -360]) },
  { name: 'turned', cameraFromHead: away, hand: hand(40, [50, 60, -360]) },
  { name: 'near', cameraFromHead: away, hand: hand(-14, [20, 80, -230]) },
];
/** A hand that hangs and closes round a handle. */
function carrying(positionMm: Vec3): HandHold {
  const bend = [0, 70 * degree, 95 * degree, 40 * degree] as const;
  const thumb = [10 * degree, 30 * degree, 30 * degree, 20 * degree] as const;
  return {
    ...hand(20, positionMm),
    rollRad: 172 * degree,
    pitchRad: 0,
    bends: [thumb, bend, bend, bend, bend],
  };
}
/** Beside the picture: the visitor has an arm of their own, and nobody has three. The carrying one leaves by the upper edge. */
const beside = head(0, 0, [-1_100, 330, -1_150]);
const bags: readonly GalleryView[] = [
  { name: 'front', cameraFromHead: beside, hand: carrying([30, 215, -1_040]) },
  { name: 'near', cameraFromHead: beside, hand: carrying([20, 150, -840]) },
];

/** What hangs from the shoulder leaves the hands to themselves. */
const strapped: readonly GalleryView[] = [
  { name: 'front', cameraFromHead: head(0, 0, [-60, 345, -1_150]), hand: null },
  { name: 'near', cameraFromHead: head(14, 0, [-130, 430, -900]), hand: null },
];

/** The fixed poses in which pieces of a category are shown worn. */
export function viewsOf(category: Piece['category']): readonly GalleryView[] {
  switch (category) {
    case 'hat':
      return hats;
    case 'necklace':
      return necks;
    case 'ring':
      return hands;
    case 'watch':
    case 'bracelet':
      return wrists;
    case 'bag':
      return bags;
    default:
      return faces;
  }
}

/** The poses for one piece. */
export function viewsOfPiece({
  category,
  dimensions,
}: Pick<Piece, 'category' | 'dimensions'>): readonly GalleryView[] {
  const hangs = category === 'bag' && 'strapLengthMm' in dimensions && dimensions.strapLengthMm !== undefined;
  return hangs ? strapped : viewsOf(category);
}
