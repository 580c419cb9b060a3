import { Group, Raycaster, Sprite, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { MM_PER_METRE } from '../units.ts';
import { glowSizeMm, SpotGlow } from './spot-glow.ts';
import { inModel } from './spot-place.ts';

/** A piece as it is worn: in metres within, turned and moved in millimetres without. */
function wornPiece(): Group {
  const instance = new Group();
  instance.scale.setScalar(MM_PER_METRE);
  instance.position.set(10, 0, -600);
  instance.rotation.y = Math.PI / 2;
  return instance;
}

describe('a light on a spot of a piece', () => {
  it('stands at that spot wherever the piece is carried, in true size', () => {
    const instance = wornPiece();
    const glow = new SpotGlow(140);
    glow.shine({ part: instance, at: inModel({ xMm: 30, yMm: -4, zMm: 2 }) });
    instance.updateMatrixWorld(true);
    const [sprite] = instance.children;
    const place = sprite?.getWorldPosition(new Vector3());
    expect(place?.x).toBeCloseTo(12, 6);
    expect(place?.y).toBeCloseTo(-4, 6);
    expect(place?.z).toBeCloseTo(-630, 6);
    expect(sprite?.getWorldScale(new Vector3()).x).toBeCloseTo(glowSizeMm(140), 6);
    // It is no part of the piece: a finger on it touches what is behind.
    const ray = new Raycaster(new Vector3(12, -4, 0), new Vector3(0, 0, -1));
    expect(sprite).toBeInstanceOf(Sprite);
    expect(ray.intersectObject(instance, true)).toEqual([]);
  });

  it('is as large on a part whose geometry is quantized', () => {
    const instance = wornPiece();
    const part = new Group();
    part.scale.setScalar(0.02);
    instance.add(part);
    const glow = new SpotGlow(140);
    glow.shine({ part, at: new Vector3(1, 2, 3) });
    expect(part.children[0]?.getWorldScale(new Vector3()).x).toBeCloseTo(glowSizeMm(140), 6);
  });

  it('is one light, and goes out', () => {
    const instance = wornPiece();
    const glow = new SpotGlow(20);
    glow.shine({ part: instance, at: inModel({ xMm: 1, yMm: 0, zMm: 0 }) });
    glow.shine({ part: instance, at: inModel({ xMm: 2, yMm: 0, zMm: 0 }) });
    expect(instance.children).toHaveLength(1);
    glow.shine(null);
    expect(instance.children).toHaveLength(0);
    glow.dispose();
  });

  it('is small on a ring, and no larger on a bag than a fingertip', () => {
    expect(glowSizeMm(20)).toBe(5);
    expect(glowSizeMm(140)).toBeCloseTo(22.4, 6);
    expect(glowSizeMm(420)).toBe(26);
  });
});
