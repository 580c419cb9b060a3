import { BufferGeometry, DoubleSide, Float32BufferAttribute, Mesh, MeshBasicMaterial } from 'three';
import { renderOrders } from '../stage/render-orders.ts';

/** Half of what a strap's loop goes round, by how far below its top: a shoulder, then an upper arm with the side of a chest. */
const loopMm = [
  { downMm: 6, halfMm: 0 },
  { downMm: 10, halfMm: 20 },
  { downMm: 18, halfMm: 36 },
  { downMm: 34, halfMm: 47 },
  { downMm: 60, halfMm: 53 },
  { downMm: 110, halfMm: 56 },
] as const;
/** The loop's foot, as a share of the strap: above the rings that hold the bag. */
const footOfStrap = 0.43;
/** Along the loop's axis: out to the arm, and in towards the neck. */
const outwardsMm = 58;
const inwardsMm = 170;

/**
 * The shoulder that a bag's strap goes round, as depth without colour, so that the strap goes over it and vanishes behind it. It fills the
 * strap's own loop and nothing else, whoever wears it: a strap is stiff, and a body as estimated would bite it somewhere. In the bag's
 * frame: the top of the strap at the origin, the strap in the plane z = 0, +z out of the body (mm).
 */
export class ShoulderInStrap {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;

  constructor(strapLengthMm: number) {
    this.mesh = new Mesh(
      filledLoop(strapLengthMm),
      new MeshBasicMaterial({ colorWrite: false, side: DoubleSide }),
    );
    this.mesh.renderOrder = renderOrders.occluder;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

/** The loop drawn out along its axis; open below, where nobody looks into it. */
function filledLoop(strapLengthMm: number): BufferGeometry {
  const widest = loopMm.at(-1)?.halfMm ?? 0;
  const levels = [...loopMm, { downMm: footOfStrap * strapLengthMm, halfMm: widest }];
  const places = levels.flatMap(({ downMm, halfMm }) =>
    [-inwardsMm, outwardsMm].flatMap((z) => [-halfMm, -downMm, z, halfMm, -downMm, z]),
  );
  // Four corners a level: left and right within, left and right without.
  const sides = [
    [0, 1],
    [2, 3],
    [0, 2],
    [1, 3],
  ] as const;
  const corners: number[] = [];
  for (let level = 0; level + 1 < levels.length; level += 1)
    for (const [one, other] of sides) {
      const [a, b] = [level * 4 + one, level * 4 + other];
      corners.push(a, b, a + 4, b, b + 4, a + 4);
    }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(places, 3));
  geometry.setIndex(corners);
  return geometry;
}
