import { BoxGeometry, Group, Matrix4, Mesh, Raycaster, Vector3 } from 'three';
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

  it('is to be seen where the bag is, far below the shoulder that carries it', () => {
    const [root, piece, instance] = [new Group(), new Group(), new Group()];
    const body = new Mesh(new BoxGeometry(200, 500, 60));
    body.position.y = -250;
    instance.add(body);
    const extras = { schemaVersion: 1, category: 'bag', fit: { strapLengthMm: 1100 } } as const;
    const wearing = bag.prepare({ root, piece, instance, extras, clock: new ManualClock() });
    const person = stillBody({ rotation: [0, 0, 0, 1], translationMm: [0, 330, -1150] });
    wearing.follow({ face: null, hands: [], body: person, capturedAtMs: 0 });
    expect(root.position.y - (wearing.sight?.y ?? NaN)).toBeCloseTo(430, -1);
    const alone = { projection: new Matrix4(), coveredShare: 0, yawRad: 0 };
    wearing.follow({ face: null, hands: [], body: null, capturedAtMs: 0, alone });
    expect(wearing.sight).toEqual(root.position);
  });

  it('leaves nothing behind when it is taken off', () => {
    const { root, wearing } = worn(0);
    wearing.dispose?.();
    expect(root.children).toHaveLength(1);
  });
});

describe('a bag by itself, where there is no camera', () => {
  const [widthMm, heightMm, depthMm] = [240, 290, 100];
  const views = [
    { name: 'upright', aspect: 9 / 16, coveredShare: 0.42, yawRad: 0.4 },
    { name: 'wide', aspect: 16 / 9, coveredShare: 0, yawRad: 0 },
    { name: 'whose middle is not its own', aspect: 1, coveredShare: 0.2, yawRad: -0.4, shiftY: 0.3 },
  ];

  it.each(views)(
    'is whole in what is free of a view, and fills most of it: $name',
    ({ aspect, coveredShare, yawRad, shiftY = 0 }) => {
      const [root, piece, instance] = [new Group(), new Group(), new Group()];
      root.add(piece);
      // It hangs from the anchor, as every bag.
      const body = new Mesh(new BoxGeometry(widthMm, heightMm, depthMm));
      body.position.y = -heightMm / 2;
      instance.add(body);
      const wearing = bag.prepare({ root, piece, instance, extras: null, clock: new ManualClock() });
      piece.add(instance);
      const projection = new Matrix4().makePerspective(-0.3 * aspect, 0.3 * aspect, 0.3, -0.3, 1, 6000);
      projection.elements[9] += shiftY;
      const alone = { projection, coveredShare, yawRad };
      expect(wearing.follow({ face: null, hands: [], body: null, capturedAtMs: 0, alone })).toBe(1);
      root.updateMatrixWorld(true);
      const corners = [-1, 1].flatMap((x) =>
        [-1, 1].flatMap((y) =>
          [-1, 1].map((z) =>
            body
              .localToWorld(new Vector3((x * widthMm) / 2, (y * heightMm) / 2, (z * depthMm) / 2))
              .applyMatrix4(projection),
          ),
        ),
      );
      const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
      const free = 2 * (1 - coveredShare);
      expect(Math.min(...ys)).toBeGreaterThan(1 - free);
      expect(Math.max(...ys)).toBeLessThan(1);
      expect(Math.max(...xs.map(Math.abs))).toBeLessThan(1);
      const [wide, high] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
      expect(Math.max(wide / 2, high / free)).toBeGreaterThan(0.6);
    },
  );
});
