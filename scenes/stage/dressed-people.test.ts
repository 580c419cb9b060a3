import { Group } from 'three';
import { describe, expect, it } from 'vitest';
import type { AnchorFrame, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { neutralEstimate } from '../../sdk/tracking/light-meter.ts';
import { createContactShadowUniforms } from '../surface/contact-shadow.ts';
import { DressedPeople } from './dressed-people.ts';

const nobodySeen: AnchorFrame = {
  frameId: 1,
  capturedAtMs: 100,
  faces: [],
  hands: [],
  body: null,
  light: neutralEstimate,
};

const pose: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, 0, -600] };

function faceOf(identity: number): FaceAnchors {
  return {
    identity,
    confidence: 1,
    cameraFromAnchor: {
      head: pose,
      noseBridge: pose,
      leftEar: pose,
      rightEar: pose,
      leftEarlobe: pose,
      rightEarlobe: pose,
    },
    headMeshMm: new Float32Array(0),
    scale: { scale: 1, plusMinus: 0.1, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
}

function handOf(identity: number): HandAnchors {
  return { identity, side: 'left' } as HandAnchors;
}

describe('somebody who is dressed', () => {
  const people = (): DressedPeople =>
    new DressedPeople(new Group(), createContactShadowUniforms(), () => null);
  /** The seats on which somebody else sits than before. */
  const news = (
    from: DressedPeople,
    faces: readonly FaceAnchors[],
    hands: readonly HandAnchors[],
  ): number[] => {
    const seats: number[] = [];
    from.take({ ...nobodySeen, faces }, hands, false, (seat) => seats.push(seat));
    return seats;
  };

  it('waits for a look at their hair where they are served first, as nobody looks at another’s', () => {
    const mirror = people();
    mirror.setCount(2);
    const faces = [faceOf(1), faceOf(2)];
    for (const capturedAtMs of [100, 133])
      mirror.take({ ...nobodySeen, capturedAtMs, faces, hair: null }, [], false, () => undefined);
    expect([mirror.on(0).hair.isAwaited, mirror.on(1).hair.isAwaited]).toEqual([true, false]);
  });

  it('is the same person while their face is lost and their hand stays, however hands are counted', () => {
    const mirror = people();
    expect(news(mirror, [faceOf(1)], [handOf(7)])).toEqual([0]);
    expect(news(mirror, [], [handOf(7)])).toEqual([]);
    expect(news(mirror, [faceOf(1)], [handOf(7)])).toEqual([]);
    expect(news(mirror, [faceOf(2)], [handOf(7)])).toEqual([0]);
    expect(news(mirror, [], [handOf(8)])).toEqual([0]);
  });

  it('has the first seat when they come first before another tracker, which counts people anew', () => {
    const mirror = people();
    mirror.setCount(2);
    news(mirror, [faceOf(2), faceOf(1)], []);
    const hair = mirror.on(0).hair.uniforms.hairMap.value;
    mirror.forget();
    expect(mirror.on(0).hair.uniforms.hairMap.value).not.toBe(hair);
    news(mirror, [faceOf(1)], []);
    expect(mirror.served).toBe(0);
    expect(mirror.on(0).wearer.face?.identity).toBe(1);
  });
});

describe('two who are dressed', () => {
  it('may be told apart before anybody was seen', () => {
    const people = new DressedPeople(new Group(), createContactShadowUniforms(), () => null);
    people.setCount(2);
    const other = people.on(1);
    people.forget();
    expect(people.on(1)).toBe(other);
    expect(people.on(0)).not.toBe(other);
    people.dispose();
  });

  it('leave nothing of the one who goes', () => {
    const people = new DressedPeople(new Group(), createContactShadowUniforms(), () => null);
    people.setCount(2);
    const [stays, goes] = [people.on(0), people.on(1)].map(({ hair }) => hair.uniforms);
    const before = [stays?.hairMap.value, goes?.hairMap.value];
    people.setCount(1);
    expect(stays?.hairMap.value).toBe(before[0]);
    expect(goes?.hairMap.value).not.toBe(before[1]);
  });

  it('do not both wear their rings on the one hand that is held up, with no face in the picture', () => {
    const people = new DressedPeople(new Group(), createContactShadowUniforms(), () => null);
    people.setCount(2);
    const hands = [{ identity: 7, side: 'left' } as HandAnchors];
    people.take(nobodySeen, hands, true, () => undefined);
    expect([0, 1].map((seat) => people.on(seat).wearer.hands.length)).toEqual([1, 0]);
  });
});
