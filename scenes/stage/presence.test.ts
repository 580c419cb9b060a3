import { expect, it } from 'vitest';
import { Presence } from './presence.ts';

it('comes whole where its place is seen, and fades with how surely', () => {
  const piece = new Presence();
  piece.note(1, 0);
  expect(piece.fade(0, 90)).toBe(true);
  expect(piece.value).toBeCloseTo(0.5);
  piece.fade(16, 500);
  expect(piece.value).toBe(1);
  piece.note(0.475, 33);
  piece.fade(33, 500);
  expect(piece.value).toBeCloseTo(0.5);
  expect(piece.fade(40, 500)).toBe(false);
});

it('outlasts a blink, and on a machine that sees two pictures in a second one without a place', () => {
  for (const apartMs of [33, 500]) {
    const piece = new Presence();
    piece.note(1, 0);
    piece.fade(0, 500);
    piece.note(0, apartMs);
    expect([apartMs, piece.isPlaced(apartMs)]).toEqual([apartMs, true]);
    piece.note(Number.NaN, 600);
    expect([apartMs, piece.isPlaced(600)]).toEqual([apartMs, false]);
    piece.fade(600, 500);
    expect(piece.value).toBe(0);
  }
});

it('is nobody’s who comes in another’s place', () => {
  const piece = new Presence();
  piece.note(1, 0);
  piece.fade(0, 500);
  piece.forget();
  piece.note(0, 16);
  expect(piece.isPlaced(16)).toBe(false);
  piece.fade(16, 1);
  expect(piece.value).toBe(0);
});
