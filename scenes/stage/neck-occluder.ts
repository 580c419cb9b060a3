import { BufferGeometry, DoubleSide, Float32BufferAttribute, Mesh, MeshBasicMaterial } from 'three';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { placeNode } from '../categories/place-node.ts';
import { neckFormMm } from '../physics/neck-form.ts';
import { renderOrders } from './render-orders.ts';

/** So far behind the skin, that nothing which lies on it is bitten. */
const slackMm = 2.5;
/** From above the collar bones, where shoulders begin, to under the jaw: neck base frame. */
const lowestMm = 8;
const highestMm = 130;
const rings = 16;
const spokes = 40;
/** The column's axis leans back as it goes down. */
const axisAtPitMm = -64;
const axisLean = 0.16;
/** Past this it is no neck any more. */
const widestMm = 92;

/** The client's neck as depth without colour. It stands on the shoulders and does not turn with the head, so it hides the back of a chain also while no face is seen. */
export class NeckOccluder {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;

  constructor() {
    this.mesh = new Mesh(columnOf(), new MeshBasicMaterial({ colorWrite: false, side: DoubleSide }));
    this.mesh.renderOrder = renderOrders.occluder;
    this.mesh.frustumCulled = false;
  }

  /** `cameraFromNeckBase`: where the pit of the neck is; `size`: the neck's, of one of average size. */
  take(cameraFromNeckBase: Pose, size: number): void {
    placeNode(this.mesh, cameraFromNeckBase);
    this.mesh.scale.setScalar(size);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function columnOf(): BufferGeometry {
  const places: number[] = [];
  const corners: number[] = [];
  for (let ring = 0; ring <= rings; ring += 1) {
    const y = lowestMm + ((highestMm - lowestMm) * ring) / rings;
    const axisZ = axisAtPitMm + axisLean * y;
    for (let spoke = 0; spoke < spokes; spoke += 1) {
      const angle = (2 * Math.PI * spoke) / spokes;
      const [x, z] = [Math.sin(angle), Math.cos(angle)];
      const reach = skinFrom(y, axisZ, x, z) - slackMm;
      places.push(x * reach, y, axisZ + z * reach);
      if (ring === rings) continue;
      const here = ring * spokes + spoke;
      const beside = ring * spokes + ((spoke + 1) % spokes);
      corners.push(here, beside, here + spokes, beside, beside + spokes, here + spokes);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(places, 3));
  geometry.setIndex(corners);
  return geometry;
}

/** How far the skin is from the axis in one direction, by halving. */
function skinFrom(y: number, axisZ: number, x: number, z: number): number {
  let [inside, outside] = [10, widestMm];
  for (let round = 0; round < 10; round += 1) {
    const middle = (inside + outside) / 2;
    if (neckFormMm(x * middle, y, axisZ + z * middle) < 0) inside = middle;
    else outside = middle;
  }
  return inside;
}
