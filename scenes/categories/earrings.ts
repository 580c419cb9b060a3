import { Quaternion, Vector3, type Group, type Object3D } from 'three';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { lobeOutwardRad } from '../../sdk/anchors/head-points.ts';
import type { Pose, Vec3 } from '../../sdk/geometry/pose.ts';
import { Pendulum } from '../physics/pendulum.ts';
import { detachNode, placeNode } from './place-node.ts';
import type { Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** What hangs keeps so far from the jaw's side. */
const jawClearanceMm = 2;
/**
 * An ear that is turned so far away (cosine between its outward axis and the line to the camera) lies wholly behind the head, and so does what
 * hangs there below the jaw: of a head before the camera that is a turn of 27 degrees. It is shown again from 21 on; until then the
 * head's own depth hides of it what is hidden.
 */
const awayBelow = -0.53;
const backAbove = -0.44;
/** The longest drop that is followed link by link. */
const mostLinks = 4;
const metre = 1_000;

/** Deeper than any piece is. */
const EVERYWHERE = { goneMm: 1e6, wholeMm: 1e6 + 1 } as const;

/** Earrings: through the lobes; what hangs from them swings, and lies against the jaw. */
export const earrings: WearingCategory = {
  needs: ['face', 'hair'],
  shadow: null,
  underHair: EVERYWHERE,
  hiddenByHair: true,
  prepare: (nodes) => new WornEarrings(nodes),
};

/** One link of a drop: its node, how long it hangs, and where it swings. */
interface Link {
  readonly node: Object3D;
  readonly pendulum: Pendulum;
}

/** One ear's piece. */
interface Earring {
  readonly side: 1 | -1;
  readonly holder: Group;
  readonly links: readonly Link[];
}

class WornEarrings implements Wearing {
  readonly fade = null;
  readonly #earrings: readonly Earring[];
  readonly #turn = new Quaternion();
  readonly #parentTurn = new Quaternion();
  readonly #hinge = new Vector3();
  readonly #outwards = new Vector3();
  readonly #hang = new Vector3();
  readonly #direction: [number, number, number] = [0, -1, 0];
  readonly #hingeMm: [number, number, number] = [0, 0, 0];
  readonly #pointMm: [number, number, number] = [0, 0, 0];
  readonly #normal: [number, number, number] = [1, 0, 0];
  readonly #wall = { pointMm: this.#pointMm as Vec3, normal: this.#normal as Vec3 };

  constructor({ piece, instance }: WornNodes) {
    this.#earrings = (['left', 'right'] as const).flatMap((name) => {
      const links = linksOf(instance, `earring_${name}`);
      const holder = detachNode(instance, `earring_${name}`);
      if (holder === null) return [];
      piece.add(holder);
      return [{ side: name === 'left' ? 1 : -1, holder, links }];
    });
  }

  follow({ face, capturedAtMs }: Wearer): number {
    if (face === null) return 0;
    for (const earring of this.#earrings) {
      const { leftEarlobe, rightEarlobe } = face.cameraFromAnchor;
      this.#hangOn(earring, earring.side > 0 ? leftEarlobe : rightEarlobe, face, capturedAtMs);
    }
    return face.confidence;
  }

  forgetFit(): void {
    for (const { links } of this.#earrings) for (const { pendulum } of links) pendulum.reset();
  }

  #hangOn({ side, holder, links }: Earring, lobe: Pose, face: FaceAnchors, timeMs: number): void {
    const { rotation } = face.cameraFromAnchor.head;
    this.#outwards
      .set(side, 0, 0)
      .applyQuaternion(this.#turn.set(rotation[0], rotation[1], rotation[2], rotation[3]));
    const [x, y, z] = lobe.translationMm;
    const towards = -this.#outwards.dot(this.#hinge.set(x, y, z)) / this.#hinge.length();
    holder.visible = towards > (holder.visible ? awayBelow : backAbove);
    placeNode(holder, lobe);
    holder.quaternion.multiply(this.#turn.setFromAxisAngle(UP, side * lobeOutwardRad));
    if (links.length === 0) return;
    holder.updateWorldMatrix(true, true);
    this.#outwards.toArray(this.#normal);
    this.#hinge.set(x, y, z).addScaledVector(this.#outwards, jawClearanceMm).toArray(this.#pointMm);
    for (const { node, pendulum } of links) {
      node.quaternion.identity();
      node.updateWorldMatrix(true, false);
      this.#hinge.setFromMatrixPosition(node.matrixWorld).toArray(this.#hingeMm);
      pendulum.step(this.#hingeMm, timeMs, this.#wall, this.#direction);
      // In the frame of the node's parent its weight hangs along −y.
      node.parent?.getWorldQuaternion(this.#parentTurn).conjugate();
      this.#hang.fromArray(this.#direction).applyQuaternion(this.#parentTurn);
      node.quaternion.setFromUnitVectors(DOWN, this.#hang.normalize());
      node.updateWorldMatrix(false, true);
    }
  }
}

const UP = new Vector3(0, 1, 0);
const DOWN = new Vector3(0, -1, 0);

/** The links below an earring's stud, the highest first; the last one's weight is taken to hang as far down as the one before it reached. */
function linksOf(instance: Object3D, earring: string): Link[] {
  const nodes: Object3D[] = [];
  for (let link = 1; link <= mostLinks; link += 1) {
    const node = instance.getObjectByName(`${earring}_drop_${link}`);
    if (node !== undefined) nodes.push(node);
  }
  return nodes.map((node, at) => {
    const next = nodes[at + 1] ?? node;
    const lengthMm = Math.max(6, next.position.length() * metre);
    return { node, pendulum: new Pendulum(lengthMm) };
  });
}
