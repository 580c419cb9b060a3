import { expect, it } from 'vitest';
import type { FaceAnchors } from '../anchors/anchor-frame.ts';
import { faceAnchorPoses } from '../anchors/face-anchors.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { HairKeeper } from './hair-keeper.ts';
import { mannequinPoints } from './still-tracker.ts';

const intrinsics = defaultIntrinsics(640, 480);
const person = (identity: number): FaceAnchors => ({
  identity,
  confidence: 1,
  cameraFromAnchor: faceAnchorPoses({ rotation: [0, 0, 0, 1], translationMm: [0, 0, -500] }, mannequinPoints),
  headMeshMm: new Float32Array(),
  scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
  pupillaryDistance: null,
  faceWidth: null,
});
const shares = { shares: new Uint8Array(1), sidePx: 1, leftPx: 0, topPx: 0, regionPx: 9 };

it('keeps the hair of the person served, and forgets it with them', () => {
  const keeper = new HairKeeper();
  keeper.isLooking = true;
  expect(keeper.follow(1, person(1), intrinsics)).toBeNull();
  keeper.take(1, shares);
  const hair = keeper.follow(2, person(1), intrinsics);
  expect(hair?.identity).toBe(1);
  expect(keeper.follow(3, person(1), intrinsics)).toBe(hair);
  expect(keeper.follow(4, person(2), intrinsics)).toBeNull();
  expect(keeper.follow(5, person(1), intrinsics)).toBeNull();
});

it('takes no hair that belongs to another frame', () => {
  const keeper = new HairKeeper();
  keeper.isLooking = true;
  keeper.follow(4, person(1), intrinsics);
  keeper.take(3, shares);
  expect(keeper.follow(5, person(1), intrinsics)).toBeNull();
  keeper.reset();
  keeper.take(5, shares);
  expect(keeper.follow(6, person(1), intrinsics)).toBeNull();
});

it('tells of nobody’s hair where nobody looks, nor of what was seen before', () => {
  const keeper = new HairKeeper();
  keeper.isLooking = true;
  keeper.follow(1, person(1), intrinsics);
  keeper.take(1, shares);
  keeper.isLooking = false;
  expect(keeper.follow(2, person(1), intrinsics)).toBeUndefined();
  keeper.isLooking = true;
  expect(keeper.follow(3, person(1), intrinsics)).toBeNull();
});
