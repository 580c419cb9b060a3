import { Group, Raycaster, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import { stillBody } from '../../sdk/tracking/still-body.ts';
import { bag } from './bag.ts';

/** Half a strap's loop, by how far below its top: no narrower than what `docs/assets.md` asks for. */
const loopMm = [
  [46, 59],
  [120, 66],
  [300, 80],
  [440, 90],
] as const;

/** A bag whose wearer stands before the camera, turned by so much. */
function worn(yawDeg: number) {
  const [root, piece, instance] = [new Group(), new Group(), new Group()];
  root.add(piece);
  piece.add(instance);
  const extras = { schemaVersion: 1, category: 'bag', fit: { strapLengthMm: 1100 } } as const;
  const wearing = bag.prepare({ root, piece, instance, extras, clock: new ManualClock() });
  const rotation = quaternionFromYawPitchRoll((yawDeg * Math.PI) / 180, 0, 0);
  const body = stillBody({ rotation, translationMm: [-60, 330, -1150] });
  wearing.follow({ face: null, hands: [], body, capturedAtMs: 0 });
  root.updateMatrixWorld(true);
  return {
    root,
    wearing,
    /** Whether a place in the bag's own frame is hidden from the camera. */
    isHidden: (x: number, y: number): boolean => {
      const place = root.localToWorld(new Vector3(x, y, 0));
      const ray = new Raycaster(new Vector3(), place.clone().normalize(), 0, place.length());
      return ray.intersectObject(root, true).length > 0;
    },
  };
}

describe('a bag on a shoulder', () => {
  it.each([-20, 0, 20])('shows the strap before the body and not behind it, turned by %s°', (yawDeg) => {
    const { root, isHidden } = worn(yawDeg);
    const isNear = (x: number) =>
      root.localToWorld(new Vector3(x, 0, 0)).z > root.localToWorld(new Vector3(-x, 0, 0)).z;
    for (const [down, half] of loopMm) {
      const near = isNear(half) ? half : -half;
      expect(isHidden(near, -down), `before, ${down} mm down`).toBe(false);
      expect(isHidden(-near, -down), `behind, ${down} mm down`).toBe(true);
    }
    expect(isHidden(0, 0), 'over the shoulder').toBe(false);
  });

  it('leaves nothing behind when it is taken off', () => {
    const { root, wearing } = worn(0);
    wearing.dispose?.();
    expect(root.children).toHaveLength(1);
  });
});
