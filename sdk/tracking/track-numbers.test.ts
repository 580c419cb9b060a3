import { expect, it } from 'vitest';
import { TrackNumbers } from './track-numbers.ts';

it('things seen keep their numbers in whatever order they are told, and new ones get new numbers', () => {
  const numbers = new TrackNumbers();
  const at = (uPx: number) => ({ uPx, vPx: 0 });
  expect(numbers.number([at(0), at(100)], 0, 40)).toEqual([1, 2]);
  expect(numbers.number([at(110), at(10)], 33, 40)).toEqual([2, 1]);
  expect(numbers.number([at(300), at(12)], 66, 40)).toEqual([3, 1]);
  expect(numbers.number([at(110)], 500, 40)).toEqual([2]);
  expect(numbers.number([at(12)], 1_200, 40)).toEqual([4]);
});

it('what is seen on two pictures of a machine that stalled between them keeps its number', () => {
  const numbers = new TrackNumbers();
  const [there, aside] = [
    { uPx: 0, vPx: 0 },
    { uPx: 500, vPx: 0 },
  ];
  numbers.number([there, aside], 0, 40);
  expect(numbers.number([there], 3_000, 40)).toEqual([1]);
  expect(numbers.number([aside], 3_033, 40)).toEqual([3]);
  numbers.number([], 3_066, 40);
  expect(numbers.number([there], 6_000, 40)).toEqual([4]);
});
