import {
  BoxGeometry,
  Box3,
  BufferAttribute,
  type BufferGeometry,
  CapsuleGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type MeshLambertMaterial,
  PlaneGeometry,
  Vector3,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { layeredNoise } from '../../assets/forge/textures/noise.ts';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import type { ModelLease } from '../../scenes/models/model-cache.ts';
import type { StillBlock, StillLife, StillPiece, StillScreen } from './still-life.ts';
import { tileMmOf, type Surfaces } from './surfaces.ts';

const degree = Math.PI / 180;
/** The mark of a mesh that was made here. */
const built = 'vitrineBuilt';
const groundMm = 2_400;
/** Enough for the sweep; enough for folds. */
const groundSteps = { plain: 64, folded: 200 } as const;
const sweepMm = 260;
/** How far a bolster's ends are round. */
const capMm = 8;

/** Lends the model of a piece, in its variant. */
export type LendPiece = (piece: StillPiece) => Promise<ModelLease>;

/** Everything that stands before the camera; `dispose` gives back what it holds. */
export interface StillSet {
  readonly root: Group;
  readonly dispose: () => void;
}

/** Builds the set of a still life. @throws PieceError */
export async function buildSet(
  { things, ground }: StillLife,
  surfaces: Surfaces,
  lend: LendPiece,
): Promise<StillSet> {
  const root = new Group();
  const leases: ModelLease[] = [];
  root.add(groundOf(ground, surfaces.get(ground.of)));
  for (const thing of things) {
    switch (thing.kind) {
      case 'piece': {
        const lease = await lend(thing);
        leases.push(lease);
        root.add(stand(lease, thing, surfaces));
        break;
      }
      case 'block':
        root.add(blockOf(thing, surfaces.get(thing.of)));
        break;
      case 'screen':
        root.add(screenOf(thing));
        break;
    }
  }
  return {
    root,
    dispose: () => {
      for (const lease of leases) lease.release();
      root.traverse((node) => {
        // A piece's geometry is the model's, which the cache owns.
        if (node instanceof Mesh && node.userData[built] === true) node.geometry.dispose();
      });
    },
  };
}

/** As every watchmaker sets it: the hands frame the house's name. */
const tenPastTenDeg: Readonly<Record<string, number>> = {
  hand_hour: -304.5,
  hand_minute: -54,
  hand_second: -210,
};

function stand(
  { instance }: ModelLease,
  { atMm, turnDeg = [0, 0, 0], hung = false, without = [], bolster }: StillPiece,
  surfaces: Surfaces,
): Group {
  const place = new Group();
  turn(place, turnDeg);
  place.add(instance);
  for (const name of without) instance.getObjectByName(name)?.removeFromParent();
  instance.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    node.castShadow = true;
    node.receiveShadow = true;
  });
  for (const [name, angleDeg] of Object.entries(tenPastTenDeg)) {
    const hand = instance.getObjectByName(name);
    if (hand) hand.rotation.z = angleDeg * degree;
  }
  if (bolster) place.add(bolsterOf(bolster, surfaces.get(bolster.of)));
  place.updateMatrixWorld(true);
  const box = boundsOf(place);
  const middle = box.getCenter(new Vector3());
  if (hung) place.position.set(...atMm);
  else place.position.set(atMm[0] - middle.x, atMm[1] - box.min.y, atMm[2] - middle.z);
  return place;
}

/** Exact, of what stands in many places too: three.js takes the box of a box there, and things would float. */
function boundsOf(root: Group): Box3 {
  const box = new Box3();
  const vertex = new Vector3();
  const [one, all] = [new Matrix4(), new Matrix4()];
  root.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    const position = (node.geometry as BufferGeometry).getAttribute('position');
    const times = node instanceof InstancedMesh ? node.count : 1;
    for (let place = 0; place < times; place += 1) {
      all.copy(node.matrixWorld);
      if (node instanceof InstancedMesh) {
        node.getMatrixAt(place, one);
        all.multiply(one);
      }
      for (let at = 0; at < position.count; at += 1) {
        box.expandByPoint(vertex.fromBufferAttribute(position, at).applyMatrix4(all));
      }
    }
  });
  return box;
}

/** Along x, behind the case: what a strap or a bracelet is closed round. */
function bolsterOf(
  { of, halfMm, lengthMm }: NonNullable<StillPiece['bolster']>,
  surface: MeshLambertMaterial,
): Mesh {
  const geometry = new CapsuleGeometry(1, 1, 12, 48);
  const position = geometry.getAttribute('position');
  for (let at = 0; at < position.count; at += 1) {
    const [x, y, z] = [position.getX(at), position.getY(at), position.getZ(at)];
    const straight = Math.min(0.5, Math.max(-0.5, y));
    position.setXYZ(at, straight * lengthMm + (y - straight) * capMm, x * halfMm[0], -z * halfMm[1]);
  }
  geometry.computeVertexNormals();
  const mesh = new Mesh(projectUv(geometry, tileMmOf(of), [0, 0, 0]), surface);
  mesh.position.z = -halfMm[1] - 1;
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  mesh.userData[built] = true;
  return mesh;
}

function blockOf(
  { sizeMm, atMm, turnDeg = [0, 0, 0], edgeMm = 1.2, of }: StillBlock,
  surface: MeshLambertMaterial,
): Mesh {
  const least = Math.min(...sizeMm);
  const geometry = new RoundedBoxGeometry(...sizeMm, 3, Math.min(edgeMm, least * 0.45));
  const mesh = new Mesh(projectUv(geometry, tileMmOf(of), atMm), surface);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  mesh.userData[built] = true;
  mesh.position.set(...atMm);
  turn(mesh, turnDeg);
  return mesh;
}

function screenOf({ sizeMm, atMm, turnDeg = [0, 0, 0] }: StillScreen): Mesh {
  const mesh = new Mesh(
    new BoxGeometry(...sizeMm),
    new MeshBasicMaterial({ colorWrite: false, depthWrite: false }),
  );
  mesh.castShadow = true;
  mesh.position.set(...atMm);
  turn(mesh, turnDeg);
  return mesh;
}

/** A table that sweeps up into a wall, as a photographer's paper does; creased where it is cloth. */
function groundOf({ of, foldMm = 0, backMm = 420 }: StillLife['ground'], surface: MeshLambertMaterial): Mesh {
  const steps = foldMm > 0 ? groundSteps.folded : groundSteps.plain;
  const geometry = new PlaneGeometry(groundMm, groundMm * 1.5, steps, steps);
  const position = geometry.getAttribute('position');
  const tileMm = tileMmOf(of);
  const uv = new Float32Array(position.count * 2);
  for (let at = 0; at < position.count; at += 1) {
    const x = position.getX(at);
    // The way along the sweep, from the front edge on.
    const way = position.getY(at);
    uv.set([x / tileMm, way / tileMm], at * 2);
    const [y, z] = alongSweep(way, backMm);
    const fold = foldMm * foldAt(x, way);
    position.setXYZ(at, x, y + fold, z);
  }
  geometry.setAttribute('uv', new BufferAttribute(uv, 2));
  geometry.computeVertexNormals();
  const mesh = new Mesh(geometry, surface);
  mesh.castShadow = foldMm > 0;
  mesh.receiveShadow = true;
  mesh.userData[built] = true;
  return mesh;
}

/** Height and depth after `way` millimetres: level until `backMm` behind the middle, then a quarter round, then a wall. */
function alongSweep(way: number, backMm: number): readonly [y: number, z: number] {
  const beyond = way - backMm;
  if (beyond <= 0) return [0, -way];
  const angle = Math.min(beyond / sweepMm, Math.PI / 2);
  const wall = Math.max(0, beyond - (sweepMm * Math.PI) / 2);
  return [sweepMm * (1 - Math.cos(angle)) + wall, -backMm - sweepMm * Math.sin(angle)];
}

/** Long soft folds with a sharper crest, never above the level at which things stand. */
function foldAt(xMm: number, wayMm: number): number {
  const [u, v] = [xMm / groundMm, wayMm / groundMm];
  const bent = layeredNoise(u + 0.5, v + 0.5, 5, 4, 2, 61);
  const ridge =
    1 - Math.abs(layeredNoise(u * 0.8 + v * 0.35 + 0.6 + bent * 0.05, v * 0.6 + 0.7, 9, 6, 2, 67));
  return ridge ** 3 - 1 + 0.3 * (bent - 0.5);
}

/** UVs in millimetres over the tile, on each side of a block along its own axes. */
function projectUv(geometry: BufferGeometry, tileMm: number, from: Vec3): BufferGeometry {
  const position = geometry.getAttribute('position');
  const normal = geometry.getAttribute('normal');
  const uv = new Float32Array(position.count * 2);
  for (let at = 0; at < position.count; at += 1) {
    const [x, y, z] = [
      position.getX(at) + from[0] * 3.1,
      position.getY(at),
      position.getZ(at) + from[2] * 1.7,
    ];
    const [nx, ny] = [Math.abs(normal.getX(at)), Math.abs(normal.getY(at))];
    const pair = ny > 0.7 ? [x, -z] : nx > 0.7 ? [z, y] : [x, y];
    uv.set(
      pair.map((value) => value / tileMm),
      at * 2,
    );
  }
  geometry.setAttribute('uv', new BufferAttribute(uv, 2));
  return geometry;
}

function turn(object: Group | Mesh, [x, y, z]: Vec3): void {
  object.rotation.set(x * degree, y * degree, z * degree, 'YXZ');
}
