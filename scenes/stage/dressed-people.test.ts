import { Group } from 'three';
import { describe, expect, it } from 'vitest';
import type { AnchorFrame } from '../../sdk/anchors/anchor-frame.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
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

describe('two who are dressed', () => {
  it('do not both wear their rings on the one hand that is held up, with no face in the picture', () => {
    const people = new DressedPeople(new Group(), createContactShadowUniforms(), () => null);
    people.setCount(2);
    const hands = [{ identity: 7, side: 'left' } as HandAnchors];
    people.take(nobodySeen, hands, true, () => undefined);
    expect([0, 1].map((seat) => people.on(seat).wearer.hands.length)).toEqual([1, 0]);
  });
});
