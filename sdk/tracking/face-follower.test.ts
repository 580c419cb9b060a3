import { describe, expect, it } from 'vitest';
import { paperFace } from '../../tests/support/paper-face.ts';
import { projectCard } from '../geometry/card.ts';
import { cardSightsNeeded } from '../geometry/card-scale.ts';
import { faceModelOf } from '../geometry/face-pose.ts';
import { projectFace } from '../geometry/face-projection.ts';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import { exactLandmarks } from '../geometry/network-slips.ts';
import { faceLandmark } from '../geometry/canonical-face.ts';
import { FaceFollower } from './face-follower.ts';
import { FaceSolver } from './face-solver.ts';

const intrinsics = defaultIntrinsics(1280, 720);
const face = paperFace();
const landmarks = projectFace(face, { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] }, 1, intrinsics);
if (landmarks === null) throw new Error('the face stands behind the camera');
const against = projectCard(intrinsics, { rotation: [0, 0, 0, 1], translationMm: [0, 60, -535] });

/** The eyes as a network sees them that is misled: both irises too far out. */
const misled = landmarks.slice();
for (let point = 0; point < 5; point += 1) {
  const [right, left] = [(faceLandmark.rightIris + point) * 3, (faceLandmark.leftIris + point) * 3];
  misled[right] = (misled[right] ?? 0) - 0.003;
  misled[left] = (misled[left] ?? 0) + 0.003;
}

describe('a face that is measured by a card', () => {
  it('has its pupils measured while the card is up, and keeps their distance from then on', () => {
    const follower = new FaceFollower(1, face.verticesMm);
    const solver = new FaceSolver(faceModelOf(face, exactLandmarks));
    let timeMs = 0;
    const film = (
      frames: number,
      seen: Float32Array,
      sought: Parameters<FaceFollower['follow']>[4] = null,
    ) => {
      let last = null;
      for (let frame = 0; frame < frames; frame += 1) {
        last = follower.follow(seen, solver.solve(seen, intrinsics)!, timeMs, intrinsics, sought);
        timeMs += 33;
      }
      return last?.pupillaryDistance?.valueMm ?? 0;
    };
    const byEyes = film(40, misled);
    follower.beginCard();
    // While the card is on its way, nothing is learned.
    expect(film(10, landmarks, { corners: null })).toBeCloseTo(byEyes, 6);
    const byCard = film(cardSightsNeeded, landmarks, { corners: against });
    expect(follower.card.sight).toBe('measured');
    expect(byCard).toBeGreaterThan(50);
    expect(Math.abs(byCard - byEyes)).toBeGreaterThan(1);
    expect(film(90, misled)).toBeCloseTo(byCard, 6);
  });

  it('is surer of its pupils than of its ears, which no network sees', () => {
    const follower = new FaceFollower(1, face.verticesMm);
    const solver = new FaceSolver(faceModelOf(face, exactLandmarks));
    const solved = () => solver.solve(landmarks, intrinsics)!;
    for (let frame = 0; frame < 40; frame += 1) follower.follow(landmarks, solved(), frame * 33, intrinsics);
    follower.beginCard();
    let last = null;
    for (let frame = 40; frame < 40 + cardSightsNeeded; frame += 1) {
      last = follower.follow(landmarks, solved(), frame * 33, intrinsics, { corners: against });
    }
    expect(last?.pupillaryDistance?.plusMinusMm).toBeLessThan(1.2);
    expect(last?.faceWidth?.plusMinusMm).toBeGreaterThan(4);
  });
});
