import { Vector4 } from 'three';
import { expect, it } from 'vitest';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HairMask } from '../../sdk/anchors/hair-mask.ts';
import { defaultIntrinsics, projectPoint } from '../../sdk/geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { quaternionFromYawPitchRoll, transformPoint } from '../../sdk/geometry/pose-algebra.ts';
import { createHairUniforms, forgetHair, HairCover } from './hair-cover.ts';

const intrinsics = defaultIntrinsics(640, 480);
const seenFrom: Pose = {
  rotation: quaternionFromYawPitchRoll(0.2, 0.1, 0),
  translationMm: [30, -10, -520],
};
const hair: HairMask = {
  identity: 1,
  shares: new Uint8Array(16).fill(255),
  sidePx: 4,
  leftPx: 150,
  topPx: 60,
  regionPx: 320,
  intrinsics,
  cameraFromHead: seenFrom,
  leftEarCovered: 1,
  rightEarCovered: 0,
};
const faceAt = (head: Pose): FaceAnchors =>
  ({ identity: 1, cameraFromAnchor: { head } }) as unknown as FaceAnchors;

it('lies on the head where the head is now, as it lay where it was seen', () => {
  const cover = new HairCover();
  const now: Pose = { rotation: quaternionFromYawPitchRoll(-0.3, 0, 0.1), translationMm: [-60, 20, -430] };
  cover.follow(hair, faceAt(now), 0);
  for (const onHead of [
    [74, -21, -39],
    [-70, 40, -60],
  ] satisfies Vec3[]) {
    const [x, y, z] = transformPoint(now, onHead);
    const at = new Vector4(x, y, z, 1).applyMatrix4(cover.uniforms.hairFromWorld.value);
    const [uPx, vPx] = projectPoint(intrinsics, transformPoint(seenFrom, onHead));
    expect(at.x / at.w).toBeCloseTo((uPx - 150) / 320, 4);
    expect(at.y / at.w).toBeCloseTo((vPx - 60) / 320, 4);
    // By its sign the shader knows which ear a place belongs to.
    expect(at.z).toBeCloseTo(onHead[0], 3);
  }
});

it('hides the ears while it lies over both, without wavering', () => {
  const cover = new HairCover();
  const seen = (leftEarCovered: number, rightEarCovered: number): boolean => {
    const now = { ...hair, leftEarCovered, rightEarCovered };
    for (let frame = 0; frame < 40; frame += 1) cover.follow(now, faceAt(seenFrom), 0);
    return cover.hidesEars;
  };
  expect(seen(1, 0)).toBe(false);
  expect(seen(0.8, 1)).toBe(false);
  expect(seen(1, 1)).toBe(true);
  expect(seen(0.8, 1)).toBe(true);
  expect(seen(0.5, 1)).toBe(false);
  expect(seen(1, 1)).toBe(true);
  cover.forget();
  expect(cover.hidesEars).toBe(false);
});

it('is over an ear at the first look, comes over it softly later, and goes when nobody’s hair is known', () => {
  const cover = new HairCover();
  const { value } = cover.uniforms.hairOverEars;
  cover.follow(hair, faceAt(seenFrom), 0);
  expect(value.toArray()).toEqual([1, 0]);
  const turned = { ...hair, leftEarCovered: 0, rightEarCovered: 1 };
  cover.follow(turned, faceAt(seenFrom), 0);
  expect(value.y).toBeGreaterThan(0.05);
  expect(value.y).toBeLessThan(0.5);
  for (let frame = 0; frame < 40; frame += 1) cover.follow(turned, faceAt(seenFrom), 0);
  expect(value.y).toBeGreaterThan(0.99);
  expect(value.x).toBeLessThan(0.01);
  for (let frame = 0; frame < 40; frame += 1) cover.follow(undefined, null, 0);
  expect(value.y).toBeLessThan(0.01);
});

it('is awaited of whoever comes, for a while, where somebody looks at hair', () => {
  const cover = new HairCover();
  const awaits = (seen: HairMask | null | undefined, identity: number | null, atMs: number): boolean => {
    cover.follow(seen, identity === null ? null : { ...faceAt(seenFrom), identity }, atMs);
    return cover.isAwaited;
  };
  expect(awaits(null, null, 0)).toBe(false);
  // Nobody looks until a piece asks for it, however long they have stood there.
  expect(awaits(undefined, 1, 1_000)).toBe(false);
  expect(awaits(null, 1, 60_000)).toBe(true);
  expect(awaits(null, 1, 61_900)).toBe(true);
  expect(awaits(hair, 1, 61_950)).toBe(false);
  expect(awaits(null, 2, 62_000)).toBe(true);
  expect(awaits(null, 2, 63_900)).toBe(true);
  expect(awaits(null, 2, 64_000)).toBe(false);
  cover.forget();
  expect(awaits(null, 2, 65_000)).toBe(true);
  expect(awaits(undefined, 3, 65_100)).toBe(false);
});

it('keeps nothing of a person who is forgotten, nor does a piece that they took off', () => {
  const cover = new HairCover();
  const piece = createHairUniforms();
  cover.follow(hair, faceAt(seenFrom), 0);
  cover.lieOver(piece);
  expect(piece.hairMap.value.image).toMatchObject({ data: hair.shares });
  cover.forget();
  forgetHair(piece);
  for (const { hairMap, hairOverEars } of [cover.uniforms, piece]) {
    expect(hairMap.value.image).toMatchObject({ width: 1, height: 1 });
    expect(hairOverEars.value.toArray()).toEqual([0, 0]);
  }
  // The same look at the hair of somebody who comes back is taken anew.
  cover.follow(hair, faceAt(seenFrom), 0);
  expect(cover.uniforms.hairMap.value.image).toMatchObject({ data: hair.shares });
});
