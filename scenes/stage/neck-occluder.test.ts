import { Raycaster, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { drapeOnNeck } from '../physics/neck-drape.ts';
import { NeckOccluder } from './neck-occluder.ts';

/** The pit of a neck half a metre before the camera, which is level with the collar bones. */
const cameraFromNeckBase: Pose = { rotation: [0, 0, 0, 1], translationMm: [0, -20, -500] };

function isHidden(neck: NeckOccluder, [x, y, z]: Vec3): boolean {
  const [atX, atY, atZ] = cameraFromNeckBase.translationMm;
  const place = new Vector3(x + atX, y + atY, z + atZ);
  const ray = new Raycaster(new Vector3(), place.clone().normalize(), 0, place.length());
  return ray.intersectObject(neck.mesh).length > 0;
}

describe("the occluder of a client's neck", () => {
  it.each([0.88, 1, 1.14])('hides the back of a chain, and nothing of its front, at size %s', (size) => {
    const neck = new NeckOccluder();
    neck.take(cameraFromNeckBase, size);
    neck.mesh.updateMatrixWorld(true);
    const { pointsMm } = drapeOnNeck(450, true, size);
    const front = pointsMm.filter(([, , z]) => z > -40 * size);
    const nape = pointsMm.filter(([x, , z]) => z < -95 * size && Math.abs(x) < 35 * size);
    expect(front.length).toBeGreaterThan(40);
    expect(nape.length).toBeGreaterThan(10);
    for (const point of front) expect(isHidden(neck, point), point.join(', ')).toBe(false);
    for (const point of nape) expect(isHidden(neck, point), point.join(', ')).toBe(true);
    neck.dispose();
  });
});
