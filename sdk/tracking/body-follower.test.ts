import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaceAnchors } from '../anchors/anchor-frame.ts';
import type { BodyAnchors } from '../anchors/body-anchors.ts';
import { bodyPoint } from '../geometry/body-landmarks.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { Pose, Vec3 } from '../geometry/pose.ts';
import {
  angleBetweenRad,
  lengthOf,
  quaternionFromYawPitchRoll,
  rotateVector,
  subtractVectors,
  transformPoint,
} from '../geometry/pose-algebra.ts';
import { paperBody, seePaperBody } from '../../tests/support/paper-body.ts';
import { BodyFollower } from './body-follower.ts';
import { solvedBody } from './frame-solver.ts';
import type { TrackedBody } from './landmark-frame.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const upright: Pose = { rotation: [0, 0, 0, 1], translationMm: [40, -150, -1_400] };

/** So far away that the whole of them is in the picture. */
const farAway: Pose = { rotation: [0, 0, 0, 1], translationMm: [40, 60, -2_700] };

const person = paperBody;

function tracked(
  points: readonly Vec3[],
  cameraFromBody: Pose,
  size?: number,
  seen?: (point: number) => boolean,
): TrackedBody {
  return seePaperBody(points, cameraFromBody, intrinsics, size, seen);
}

function follow(
  follower: BodyFollower,
  body: TrackedBody | null,
  timeMs: number,
  face: FaceAnchors | null,
): BodyAnchors | null {
  return follower.follow(solvedBody(body, intrinsics), timeMs, face);
}

function faceOf(cameraFromBody: Pose, size: number): FaceAnchors {
  const at = (point: Vec3): Pose => ({
    rotation: cameraFromBody.rotation,
    translationMm: transformPoint(cameraFromBody, [point[0] * size, point[1] * size, point[2] * size]),
  });
  const [left, right] = [at([75, 700, 0]), at([-75, 700, 0])];
  return {
    identity: 1,
    confidence: 1,
    cameraFromAnchor: {
      head: at([0, 715, 40]),
      noseBridge: at([0, 710, 90]),
      leftEar: left,
      rightEar: right,
      leftEarlobe: left,
      rightEarlobe: right,
    },
    headMeshMm: new Float32Array(),
    scale: { scale: size, plusMinus: 0.08, source: 'iris', samples: 40 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

const aboveTheHips = (point: number): boolean => point < bodyPoint.leftHip;

describe('a body in the mirror', () => {
  it('has its torso where the shoulders are, turned as they are, anywhere in the picture', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.6, max: 0.6, noNaN: true }),
        fc.double({ min: -0.12, max: 0.12, noNaN: true }),
        fc.double({ min: -350, max: 350, noNaN: true }),
        fc.double({ min: 1_100, max: 2_600, noNaN: true }),
        (yaw, roll, x, depthMm) => {
          const pose: Pose = {
            rotation: quaternionFromYawPitchRoll(yaw, 0, roll),
            translationMm: [x, -300, -depthMm],
          };
          const body = follow(new BodyFollower(), tracked(person(), pose), 0, faceOf(pose, 1))!;
          const { torso, neckBase } = body.cameraFromAnchor;
          expect(angleBetweenRad(torso.rotation, pose.rotation)).toBeLessThan(0.06);
          const shoulders = transformPoint(pose, [0, 500, 0]);
          expect(lengthOf(subtractVectors(torso.translationMm, shoulders))).toBeLessThan(0.03 * depthMm);
          const [, up, forward] = subtractVectors(neckBase.translationMm, torso.translationMm);
          expect(up).toBeGreaterThan(0);
          expect(forward).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not turn its shoulders with its head', () => {
    const straight = follow(new BodyFollower(), tracked(person(0), upright), 0, null)!;
    const turned = follow(new BodyFollower(), tracked(person(0.7), upright), 0, null)!;
    const { torso } = turned.cameraFromAnchor;
    expect(angleBetweenRad(torso.rotation, straight.cameraFromAnchor.torso.rotation)).toBeLessThan(0.01);
  });

  it('leaves the pit of the neck where it is as the head turns, though the network turns the shoulders along', () => {
    const turn = 0.7;
    const head = (yaw: number): Pose => {
      const rotation = quaternionFromYawPitchRoll(yaw, 0, 0);
      const offset = rotateVector(rotation, [0, 110, 68]);
      const pivot = transformPoint(upright, [0, 560, -20]);
      return {
        rotation,
        translationMm: [pivot[0] + offset[0], pivot[1] + offset[1], pivot[2] + offset[2]],
      };
    };
    const neckOf = (yaw: number, face: FaceAnchors | null): Vec3 => {
      const carried = tracked(person(yaw), upright);
      for (const [point, side] of [
        [bodyPoint.leftShoulder, 1],
        [bodyPoint.rightShoulder, -1],
      ] as const) {
        carried.landmarks[point * 4] =
          (carried.landmarks[point * 4] ?? 0) + (yaw === 0 ? 0 : 0.04 - 0.004 * side);
      }
      const seen = follow(new BodyFollower(), carried, 0, face)!;
      return seen.cameraFromAnchor.neckBase.translationMm;
    };
    const faceAt = (yaw: number): FaceAnchors => {
      const face = faceOf(upright, 1);
      return { ...face, cameraFromAnchor: { ...face.cameraFromAnchor, head: head(yaw) } };
    };
    const wander = (face: (yaw: number) => FaceAnchors | null): number =>
      lengthOf(subtractVectors(neckOf(turn, face(turn)), neckOf(0, face(0))));
    expect(wander(() => null)).toBeGreaterThan(9);
    expect(wander(faceAt)).toBeLessThan(4);
  });

  it('stands upright where its hips are not in the picture', () => {
    const body = follow(new BodyFollower(), tracked(person(), upright, 1, aboveTheHips), 0, null)!;
    const up = rotateVector(body.cameraFromAnchor.torso.rotation, [0, 1, 0]);
    expect(up[1]).toBeGreaterThan(0.999);
    expect(body.height).toBeNull();
  });

  it.each([0.88, 1, 1.12])('takes its size from the face: a person %f times as large', (size) => {
    const follower = new BodyFollower();
    let body = follow(follower, tracked(person(), farAway, size), 0, faceOf(farAway, size));
    for (let frame = 1; frame < 60; frame += 1) {
      body = follow(follower, tracked(person(), farAway, size), frame * 33, faceOf(farAway, size));
    }
    expect(body?.scale.source).toBe('face');
    expect(body?.shoulderWidth?.valueMm).toBeGreaterThan(330 * size * 0.98);
    expect(body?.shoulderWidth?.valueMm).toBeLessThan(330 * size * 1.02);
    expect(body?.shoulderWidth?.plusMinusMm).toBeGreaterThan(20);
    // Nose to ankles is 1,513 mm of a height of 1,747 mm.
    expect(body?.height?.valueMm).toBeGreaterThan(1_747 * size * 0.97);
    expect(body?.height?.valueMm).toBeLessThan(1_747 * size * 1.03);
    expect(body?.height?.plusMinusMm).toBeGreaterThan(50);
  });

  it('says that its size is only assumed without a face, and measures nothing then', () => {
    const body = follow(new BodyFollower(), tracked(person(), upright), 0, null)!;
    expect(body.scale).toMatchObject({ source: 'assumed', scale: 1 });
    expect(body.shoulderWidth).toBeNull();
    expect(body.height).toBeNull();
  });

  it('carries a bag on a forearm held level, its upper side up', () => {
    const body = follow(new BodyFollower(), tracked(person(), upright), 0, null)!;
    const { leftForearm } = body.cameraFromAnchor;
    const along = rotateVector(leftForearm.rotation, [0, 1, 0]);
    const upperSide = rotateVector(leftForearm.rotation, [0, 0, 1]);
    expect(along[2]).toBeGreaterThan(0.9);
    expect(upperSide[1]).toBeGreaterThan(0.95);
  });

  it('is another person after two seconds of absence, and nobody when little of it is seen', () => {
    const follower = new BodyFollower();
    expect(follow(follower, tracked(person(), upright), 0, null)?.identity).toBe(1);
    expect(follow(follower, null, 33, null)).toBeNull();
    expect(follow(follower, tracked(person(), upright), 3_000, null)?.identity).toBe(2);
    const headOnly = tracked(person(), upright, 1, (point) => point < bodyPoint.leftShoulder);
    expect(follow(follower, headOnly, 3_033, null)).toBeNull();
    const broken = tracked(person(), upright);
    broken.landmarks[5] = Number.NaN;
    expect(follow(follower, broken, 3_066, null)).toBeNull();
  });
});
