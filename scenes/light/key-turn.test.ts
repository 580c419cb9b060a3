import { describe, expect, it } from 'vitest';
import { addHarmonics, ambientHarmonics, lampHarmonics } from '../../sdk/geometry/spherical-harmonics.ts';
import { keyTurnRad } from './key-turn.ts';
import { houseStudio, studioDirection } from './studio.ts';

const dim = ambientHarmonics([0.3, 0.3, 0.3]);
const lampAt = (azimuthDeg: number) =>
  addHarmonics(lampHarmonics(studioDirection(azimuthDeg, 30), [1, 1, 1]), dim, 1);
const keyDeg = houseStudio.boxes[0]?.azimuthDeg ?? Number.NaN;

describe('where the studio’s key stands', () => {
  it('is where it was built while nothing is known, or light comes from everywhere alike', () => {
    expect(keyTurnRad(null)).toBe(0);
    expect(keyTurnRad(dim)).toBe(0);
  });

  it('turns to the side from which the client is lit', () => {
    for (const azimuthDeg of [-100, -48, 0, 30]) {
      const turnedDeg = keyDeg + (keyTurnRad(lampAt(azimuthDeg)) * 180) / Math.PI;
      expect(turnedDeg).toBeCloseTo(azimuthDeg, 3);
    }
  });

  it('does not go round to where the edge lights belong', () => {
    const turnedDeg = keyDeg + (keyTurnRad(lampAt(110)) * 180) / Math.PI;
    expect(turnedDeg).toBeLessThan(45);
    expect(turnedDeg).toBeGreaterThan(30);
  });
});
