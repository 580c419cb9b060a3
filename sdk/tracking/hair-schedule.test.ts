import { expect, it } from 'vitest';
import { HairSchedule } from './hair-schedule.ts';

/** A face whose nose points to the middle, or so much of the face's breadth beside it. */
function facing(beside = 0): Float32Array {
  const landmarks = new Float32Array(478 * 3);
  landmarks[1 * 3] = 0.5 + 0.2 * beside;
  landmarks[234 * 3] = 0.4;
  landmarks[454 * 3] = 0.6;
  return landmarks;
}

it('looks at the hair of whoever comes at once, and of the next person too', () => {
  const schedule = new HairSchedule();
  expect(schedule.isDue(1_000, 1, facing())).toBe(true);
  schedule.noteRun(1_000, 1, facing(), 10);
  expect(schedule.isDue(1_100, 1, facing())).toBe(false);
  expect(schedule.isDue(1_200, 2, facing())).toBe(true);
});

it('looks again when the head has turned, and seldom while it has not', () => {
  const schedule = new HairSchedule();
  schedule.noteRun(0, 1, facing(), 10);
  expect(schedule.isDue(300, 1, facing(0.2))).toBe(false);
  expect(schedule.isDue(1_000, 1, facing(0.02))).toBe(false);
  expect(schedule.isDue(1_000, 1, facing(0.2))).toBe(true);
  expect(schedule.isDue(4_100, 1, facing())).toBe(true);
});

it('leaves a slow machine eleven twelfths of its time, whoever comes', () => {
  const schedule = new HairSchedule();
  schedule.noteRun(0, 1, facing(), 500);
  expect(schedule.isDue(5_000, 1, facing(0.3))).toBe(false);
  expect(schedule.isDue(5_000, 2, facing())).toBe(false);
  expect(schedule.isDue(5_600, 2, facing())).toBe(true);
});
