import { InstancedMesh, Matrix4, Quaternion, Vector3, type Object3D } from 'three';
import type { Vec3 } from '../../sdk/geometry/pose.ts';
import { drapeOnNeck, type Drape } from '../physics/neck-drape.ts';
import { neckSizeUnder } from '../physics/neck-form.ts';
import { Pendulum } from '../physics/pendulum.ts';
import { placeNode } from './place-node.ts';
import type { Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

const usualChainMm = 420;
const metre = 1_000;
/** A pendant's weight hangs about so far below its bail. */
const pendantArmMm = 12;
/** Links of a chain lie half on their sides. */
const leanRad = Math.PI / 4;
/** A chain is laid anew where the neck proves so much larger or smaller than the one that it lies on. */
const relaidAt = 0.03;
/** A pendant lies on the chest: its weight stays so far before the skin. */
const beforeChestMm = 1.5;

/** Necklaces and pendants: round the neck, sliding down to where their length ends on the chest, following the shoulders; the pendant swings. */
export const necklace: WearingCategory = {
  needs: ['face', 'body'],
  shadow: null,
  prepare: (nodes) => new WornNecklace(nodes),
};

class WornNecklace implements Wearing {
  readonly fade = null;
  readonly #nodes: WornNodes;
  readonly #pendant: Object3D | undefined;
  readonly #pendulum = new Pendulum(pendantArmMm, 7);
  readonly #hinge = new Vector3();
  readonly #forward = new Vector3();
  readonly #parentTurn = new Quaternion();
  readonly #hang = new Vector3();
  readonly #direction: [number, number, number] = [0, -1, 0];
  readonly #hingeMm: [number, number, number] = [0, 0, 0];
  readonly #pointMm: [number, number, number] = [0, 0, 0];
  readonly #normal: [number, number, number] = [0, 0, 1];
  readonly #wall = { pointMm: this.#pointMm as Vec3, normal: this.#normal as Vec3 };

  readonly #lengthMm: number;
  readonly #outwards = new Vector3();
  /** The wearer's neck, and the one on which the chain lies: of one of average size. */
  #size = 1;
  #laidOn = 1;

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    const lengthMm = nodes.extras?.fit?.['chainLengthMm'];
    this.#lengthMm = typeof lengthMm === 'number' ? lengthMm : usualChainMm;
    this.#pendant = nodes.instance.getObjectByName('pendant');
    this.#lay();
  }

  follow({ body, face, capturedAtMs }: Wearer): number {
    if (body === null) return 0;
    if (face !== null) this.#size = neckSizeUnder(face);
    if (Math.abs(this.#size / this.#laidOn - 1) > relaidAt) this.#lay();
    placeNode(this.#nodes.root, body.cameraFromAnchor.neckBase);
    if (this.#pendant) this.#swing(this.#pendant, capturedAtMs);
    return body.confidence.neckBase;
  }

  #lay(): void {
    this.#laidOn = this.#size;
    const { instance } = this.#nodes;
    const drape = drapeOnNeck(this.#lengthMm, this.#pendant !== undefined, this.#size);
    instance.getObjectByName('chain')?.traverse((node) => {
      if (node instanceof InstancedMesh) layLinks(node, drape);
    });
    layClasp(instance.getObjectByName('clasp'), drape);
    this.#pendant?.position.set(...(drape.pointsMm[drape.lowest] ?? nowhere)).divideScalar(metre);
    this.#outwards.set(...(drape.outwards[drape.lowest] ?? forward));
  }

  forgetFit(): void {
    this.#size = 1;
    this.#pendulum.reset();
  }

  #swing(pendant: Object3D, timeMs: number): void {
    pendant.quaternion.identity();
    pendant.updateWorldMatrix(true, false);
    this.#hinge.setFromMatrixPosition(pendant.matrixWorld).toArray(this.#hingeMm);
    this.#forward.copy(this.#outwards).applyQuaternion(this.#nodes.root.quaternion).toArray(this.#normal);
    this.#hinge.addScaledVector(this.#forward, beforeChestMm).toArray(this.#pointMm);
    this.#pendulum.step(this.#hingeMm, timeMs, this.#wall, this.#direction);
    pendant.parent?.getWorldQuaternion(this.#parentTurn).conjugate();
    this.#hang.fromArray(this.#direction).applyQuaternion(this.#parentTurn).normalize();
    pendant.quaternion.setFromUnitVectors(DOWN, this.#hang);
    pendant.updateWorldMatrix(false, true);
  }
}

const DOWN = new Vector3(0, -1, 0);
const nowhere: Vec3 = [0, 0, 0];
const forward: Vec3 = [0, 0, 1];

/** Lays the links in order along the drape, leaning to one side and to the other by turns; instance matrices are in metres. */
function layLinks(chain: InstancedMesh, { pointsMm, outwards }: Drape): void {
  const [along, across, up, size] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  const [matrix, turn] = [new Matrix4(), new Quaternion()];
  for (let link = 0; link < chain.count; link += 1) {
    const place = ((link + 0.5) / chain.count) * pointsMm.length;
    const at = Math.floor(place);
    const [from, to] = [pointsMm[at % pointsMm.length], pointsMm[(at + 1) % pointsMm.length]];
    if (from === undefined || to === undefined) continue;
    along.set(to[0] - from[0], to[1] - from[1], to[2] - from[2]).normalize();
    across.crossVectors(along, up.set(...(outwards[at % pointsMm.length] ?? forward))).normalize();
    up.crossVectors(across, along);
    // One link is larger where the chain closes at another length.
    chain.getMatrixAt(link, matrix);
    size.setFromMatrixScale(matrix);
    turn.setFromAxisAngle(along, link % 2 === 0 ? leanRad : -leanRad);
    matrix
      .makeBasis(across.applyQuaternion(turn), along, up.applyQuaternion(turn).negate())
      .scale(size)
      .setPosition(
        mixed(from[0], to[0], place - at) / metre,
        mixed(from[1], to[1], place - at) / metre,
        mixed(from[2], to[2], place - at) / metre,
      );
    chain.setMatrixAt(link, matrix);
  }
  chain.instanceMatrix.needsUpdate = true;
  chain.computeBoundingSphere();
}

function mixed(from: number, to: number, share: number): number {
  return from + share * (to - from);
}

function layClasp(clasp: Object3D | undefined, { pointsMm }: Drape): void {
  const [first] = pointsMm;
  if (clasp && first) clasp.position.set(...first).divideScalar(metre);
}
