import { expect, it } from 'vitest';
import { motionBetween } from './motion-meter.ts';

const width = 64;
const room = new Uint8Array(width * 36).fill(90);

function withPerson(x: number, y: number): Uint8Array {
  const picture = room.slice();
  for (let row = y - 3; row < y + 3; row += 1) picture.fill(170, row * width + x - 2, row * width + x + 2);
  return picture;
}

it('tells where somebody moves, and nothing of noise or of a lamp that goes on', () => {
  const moved = motionBetween(withPerson(40, 20), withPerson(43, 20), width);
  expect(moved?.x).toBeCloseTo(41.5 / 64, 1);
  expect(moved?.y).toBeCloseTo(20 / 36, 1);
  expect(
    motionBetween(
      room,
      room.map((value, at) => value + (at % 7)),
      width,
    ),
  ).toBeNull();
  expect(
    motionBetween(
      room,
      room.map((value) => value + 80),
      width,
    ),
  ).toBeNull();
});
