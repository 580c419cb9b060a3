import type { HandHold } from './hand-form.ts';
import { usualPalmHold } from './palm-card.ts';

/** A script for a hand: how it is held at a time. */
export type HandMotion = (elapsedMs: number) => HandHold;

/** A hand's own side, and what of it the mirror sees. */
export interface ShownHand {
  readonly side: 'left' | 'right';
  readonly shows: 'back' | 'palm';
}

const degree = Math.PI / 180;
const ones = [1, 1, 1, 1, 1] as const;
/** Fingers a little spread and bent, as one holds up a hand to look at a ring. */
const atEase: HandHold['bends'] = [
  [4 * degree, 4 * degree, 10 * degree, 12 * degree],
  [3 * degree, 9 * degree, 14 * degree, 8 * degree],
  [0, 10 * degree, 16 * degree, 10 * degree],
  [-3 * degree, 13 * degree, 18 * degree, 11 * degree],
  [-6 * degree, 16 * degree, 20 * degree, 12 * degree],
];

/** Fingers spread and nearly straight, the thumb out of the way. */
const straight: HandHold['bends'] = [
  [26 * degree, 0, 8 * degree, 8 * degree],
  [8 * degree, 5 * degree, 6 * degree, 3 * degree],
  [2 * degree, 5 * degree, 6 * degree, 3 * degree],
  [-4 * degree, 6 * degree, 7 * degree, 4 * degree],
  [-10 * degree, 6 * degree, 8 * degree, 4 * degree],
];

/** A hand held up beside the chin, on its own side, upright and still. */
export function raisedHand({ side, shows }: ShownHand): HandHold {
  const outwards = side === 'left' ? 1 : -1;
  return {
    side,
    shows,
    yawRad: -10 * outwards * degree,
    pitchRad: -8 * degree,
    rollRad: -12 * outwards * degree,
    positionMm: [150 * outwards, -70, -480],
    size: 1,
    lengths: ones,
    breadths: ones,
    palmWidth: 1,
    bends: atEase,
    twists: [0, 0, 0, 0, 0],
    wristRad: [4 * degree, 3 * degree],
  };
}

/** A hand held near with its palm to the mirror and a card across it, fingers straight and a little apart, as one is asked to for a ring's size. */
export function measuredHand(side: ShownHand['side']): HandHold {
  const outwards = side === 'left' ? 1 : -1;
  return {
    ...raisedHand({ side, shows: 'palm' }),
    yawRad: 0,
    pitchRad: 0,
    rollRad: -4 * outwards * degree,
    positionMm: [70 * outwards, -20, -340],
    bends: straight,
    card: usualPalmHold,
  };
}

/** A raised hand, turned slowly to both sides as one lets a stone catch the light. */
export function turningHand(shown: ShownHand): HandMotion {
  const held = raisedHand(shown);
  return (elapsedMs) => ({
    ...held,
    yawRad: held.yawRad + 22 * degree * Math.sin((2 * Math.PI * elapsedMs) / 6_700),
    pitchRad: held.pitchRad + 6 * degree * Math.sin((2 * Math.PI * elapsedMs) / 4_300),
    positionMm: [
      held.positionMm[0] + 8 * Math.sin((2 * Math.PI * elapsedMs) / 5_900),
      held.positionMm[1] + 6 * Math.sin((2 * Math.PI * elapsedMs) / 7_900),
      held.positionMm[2],
    ],
  });
}
