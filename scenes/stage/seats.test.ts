import { expect, it } from 'vitest';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { Seats } from './seats.ts';

/** Somebody who stands a metre from the next, or where another stood. */
const person = (identity: number, at = identity): FaceAnchors =>
  ({
    identity,
    cameraFromAnchor: { head: { rotation: [0, 0, 0, 1], translationMm: [1_000 * at, 0, -800] } },
  }) as unknown as FaceAnchors;
const seated = (seats: Seats): (number | null)[] =>
  Array.from({ length: seats.count }, (_, seat) => seats.faceOn(seat)?.identity ?? null);

it('serves whoever is first where one person is in the mirror', () => {
  const seats = new Seats();
  expect(seats.follow([person(4)])).toBe(0);
  expect(seats.follow([person(9), person(4)])).toBe(0);
  expect(seated(seats)).toEqual([9]);
  expect(seats.follow([])).toBeNull();
  expect(seated(seats)).toEqual([null]);
});

it('leaves everybody what they wear when another is touched, and tells who was', () => {
  const seats = new Seats();
  seats.follow([person(1)]);
  seats.setCount(2);
  expect(seats.follow([person(1), person(2)])).toBe(0);
  expect(seats.follow([person(2), person(1)])).toBe(1);
  expect(seated(seats)).toEqual([1, 2]);
});

it('keeps the seat of who looks away, and gives that of who left to who comes', () => {
  const seats = new Seats();
  seats.setCount(2);
  seats.follow([person(1), person(2)]);
  expect(seats.follow([person(2)])).toBe(1);
  expect(seated(seats)).toEqual([null, 2]);
  seats.follow([person(2), person(1)]);
  expect(seated(seats)).toEqual([1, 2]);
  expect(seats.follow([person(2), person(3)])).toBe(1);
  expect(seated(seats)).toEqual([3, 2]);
});

it('has one seat again when the others have left the mirror', () => {
  const seats = new Seats();
  seats.setCount(2);
  seats.follow([person(1), person(2)]);
  seats.setCount(1);
  expect(seats.follow([person(2)])).toBe(0);
  expect(seated(seats)).toEqual([2]);
  seats.setCount(2);
  seats.follow([person(2), person(5)]);
  expect(seated(seats)).toEqual([2, 5]);
});

it('gives everybody their own seat back after a hand before their faces, whoever of them is seen first', () => {
  const seats = new Seats();
  seats.setCount(2);
  seats.follow([person(1), person(2)]);
  seats.follow([]);
  seats.follow([person(8, 2.1), person(9, 1.1)]);
  expect(seated(seats)).toEqual([9, 8]);
});

it('lets nobody lose their seat to the one that a companion is to have', () => {
  const seats = new Seats();
  seats.follow([person(1)]);
  seats.setCount(2);
  seats.follow([]);
  expect(seats.follow([person(7, 1.1)])).toBe(0);
  seats.follow([person(7, 1.1), person(8)]);
  expect(seated(seats)).toEqual([7, 8]);
});
