import { Box3, Quaternion, Vector3 } from 'three';
import type { BodyAnchors } from '../../sdk/anchors/body-anchors.ts';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { Pendulum } from '../physics/pendulum.ts';
import { handOf } from './ring.ts';
import { ShoulderInStrap } from './shoulder-in-strap.ts';
import type { AloneView, Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** A bag's weight hangs about so far below the hand, and it hardly swings. */
const armMm = 220;
const dampingPerS = 6;
/** A strap lies on the shoulder this far from its top's middle: outside of it, and over it by a garment and half of itself. */
const strapOutMm = 4;
const strapOverMm = 4;
/** Where on the way down to its lowest point a bag's body is: with that in view, it is seen. */
const sightShare = 0.86;
/** By itself it has so much air around it, as a share of its size, and shows a little of its side. */
const air = 0.14;
const sidewaysRad = -0.42;
/** Joints of the hand landmarker between which a handle lies in a closed hand. */
const indexRoot = 5;
const indexMiddle = 6;
const littleRoot = 17;
const littleMiddle = 18;

const upright: Readonly<Vector3> = new Vector3(0, 1, 0);

/** Bags: by their handle in a hand, or by their strap over a shoulder; upright, swinging a little. */
export const bag: WearingCategory = {
  needs: ['face', 'hand', 'body'],
  handShows: 'nothing',
  shownAlone: true,
  shadow: null,
  prepare: (nodes) => new WornBag(nodes),
};

class WornBag implements Wearing {
  readonly fade = null;
  /** A bag hangs far below the shoulder or the hand that carries it. */
  readonly sight = new Vector3();
  readonly #nodes: WornNodes;
  readonly #shoulder: ShoulderInStrap | null;
  readonly #box: Box3;
  readonly #pendulum = new Pendulum(armMm, dampingPerS);
  readonly #grip = new Vector3();
  readonly #other = new Vector3();
  readonly #across = new Vector3();
  readonly #front = new Vector3();
  readonly #hang = new Vector3();
  readonly #turn = new Quaternion();
  readonly #direction: [number, number, number] = [0, -1, 0];
  readonly #hingeMm: [number, number, number] = [0, 0, 0];

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    const strapLengthMm = nodes.extras?.fit?.['strapLengthMm'];
    this.#shoulder = typeof strapLengthMm === 'number' ? new ShoulderInStrap(strapLengthMm) : null;
    if (this.#shoulder) nodes.root.add(this.#shoulder.mesh);
    this.#box = new Box3().setFromObject(nodes.instance);
  }

  follow({ hands, body, capturedAtMs, alone }: Wearer): number {
    if (this.#shoulder) this.#shoulder.mesh.visible = alone === undefined;
    if (alone !== undefined) return this.#alone(alone);
    const hand = handOf(hands);
    if (this.#shoulder) return body === null ? 0 : this.#onShoulder(body, capturedAtMs);
    if (hand !== null) return this.#inHand(hand, capturedAtMs);
    return body === null ? 0 : this.#onForearm(body, capturedAtMs);
  }

  forgetFit(): void {
    this.#pendulum.reset();
  }

  dispose(): void {
    this.#shoulder?.dispose();
  }

  #inHand(hand: HandAnchors, timeMs: number): number {
    const { jointsMm } = hand;
    this.#grip.fromArray(jointsMm, indexRoot * 3).add(this.#other.fromArray(jointsMm, indexMiddle * 3));
    this.#grip.add(this.#other.fromArray(jointsMm, littleRoot * 3));
    this.#grip.add(this.#other.fromArray(jointsMm, littleMiddle * 3)).multiplyScalar(0.25);
    // The handle lies along the knuckles.
    this.#across.fromArray(jointsMm, indexRoot * 3).sub(this.#other.fromArray(jointsMm, littleRoot * 3));
    this.#hangFrom(timeMs);
    return hand.confidence;
  }

  #onForearm(body: BodyAnchors, timeMs: number): number {
    const side = body.confidence.leftForearm >= body.confidence.rightForearm ? 'leftForearm' : 'rightForearm';
    const { rotation, translationMm } = body.cameraFromAnchor[side];
    this.#grip.set(...translationMm);
    this.#across
      .set(1, 0, 0)
      .applyQuaternion(this.#turn.set(rotation[0], rotation[1], rotation[2], rotation[3]));
    this.#hangFrom(timeMs);
    return body.confidence[side];
  }

  #onShoulder(body: BodyAnchors, timeMs: number): number {
    const { rotation, translationMm } = body.cameraFromAnchor.leftShoulder;
    this.#turn.set(rotation[0], rotation[1], rotation[2], rotation[3]);
    this.#grip.set(strapOutMm, strapOverMm, 0).applyQuaternion(this.#turn);
    this.#grip.add(this.#other.set(...translationMm));
    // Hanging at the hip it shows its front to the side and a little forward.
    this.#across.set(0.64, 0, -0.77).applyQuaternion(this.#turn);
    this.#hangFrom(timeMs);
    return body.confidence.leftShoulder;
  }

  /** In the middle of what is free of the view, as near as shows it whole. */
  #alone({ projection: { elements }, coveredShare, yawRad }: AloneView): number {
    const { min, max } = this.#box;
    const [wide, high] = [Math.max(-min.x, max.x) * 2, max.y - min.y];
    const [perWidth, perHeight] = [elements[0] ?? 1, elements[5] ?? 1];
    const free = 1 - coveredShare;
    const fit = (0.5 + air) * Math.max(wide * perWidth, (high * perHeight) / free);
    const awayMm = fit + max.z - min.z;
    // What is free ends where controls begin; its middle lies above the view's by half of what they cover.
    const x = (elements[8] ?? 0) / perWidth;
    const y = (coveredShare + (elements[9] ?? 0)) / perHeight;
    const { root } = this.#nodes;
    root.position.set(x * awayMm, y * awayMm - (min.y + max.y) / 2, -awayMm);
    root.quaternion.setFromAxisAngle(upright, sidewaysRad + yawRad);
    this.sight.copy(root.position);
    return 1;
  }

  /** Hangs from the grip, its width along `across` as far as that is level, its front to the camera's side. */
  #hangFrom(timeMs: number): void {
    this.#grip.toArray(this.#hingeMm);
    this.#pendulum.step(this.#hingeMm, timeMs, null, this.#direction);
    this.#hang.fromArray(this.#direction).negate();
    this.#across.addScaledVector(this.#hang, -this.#across.dot(this.#hang));
    if (this.#across.lengthSq() < 1) this.#across.set(1, 0, 0);
    this.#across.normalize();
    this.#front.crossVectors(this.#across, this.#hang);
    // A bag has two sides; the one with the clasp is shown.
    if (this.#front.z < 0) {
      this.#front.negate();
      this.#across.negate();
    }
    const { root } = this.#nodes;
    root.matrix.makeBasis(this.#across, this.#hang, this.#front);
    root.quaternion.setFromRotationMatrix(root.matrix);
    root.position.copy(this.#grip);
    this.sight.copy(this.#grip).addScaledVector(this.#hang, sightShare * this.#box.min.y);
  }
}
