import type { Mutable } from '../mutable.ts';
import { Group } from 'three';
import { fitEyewear, type EyewearFit, type EyewearSeat } from './eyewear-fit.ts';
import { measureTemple, type TempleShape } from './measure-temple.ts';
import type { DepthFade, Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** How fast the fit follows a new measurement of the ears: a frame that creeps on the nose looks loose. */
const FIT_SHARE_PER_FRAME = 0.12;

/** The temples are lost smoothly over this length that ends this far before the ear. */
const TEMPLE_FADE = { lengthMm: 40, beforeEarMm: 4 } as const;

/** Spectacles: on the bridge of the nose, their temples on the ears. */
export const eyewear: WearingCategory = {
  needs: ['face', 'hair'],
  shadow: {
    coverage: { resolutionPx: 256, blurMm: 2.4, marginMm: 14, aboveZMm: -22 },
    shape: { strength: 0.62, decayMm: 13, lightRise: 0.45 },
  },
  // A fringe is put behind a frame's front; the temples go under what falls over the ears.
  underHair: { goneMm: -40, wholeMm: -14 },
  prepare: (nodes) => new WornEyewear(nodes),
};

interface Temple {
  readonly shape: TempleShape;
  readonly pivot: Group;
}

class WornEyewear implements Wearing {
  readonly fade: Mutable<DepthFade> = { goneMm: 0, wholeMm: 0 };
  readonly #nodes: WornNodes;
  readonly #left: Temple | null;
  readonly #right: Temple | null;
  readonly #target: EyewearFit = { pitchRad: 0, leftTempleRad: 0, rightTempleRad: 0, earZMm: -100 };
  readonly #fit: EyewearFit = { ...this.#target };
  readonly #seat: Mutable<EyewearSeat> = {
    bridgeRotation: [0, 0, 0, 1],
    bridgeMm: [0, 0, 0],
    leftEarMm: [0, 0, 0],
    rightEarMm: [0, 0, 0],
  };
  #fitted = false;

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    this.#left = prepareTemple(nodes.instance, 'temple_left', 1);
    this.#right = prepareTemple(nodes.instance, 'temple_right', -1);
    this.#placeFade();
  }

  follow({ face }: Wearer): number {
    if (face === null) return 0;
    const { noseBridge, leftEar, rightEar } = face.cameraFromAnchor;
    const { root, piece } = this.#nodes;
    const [x, y, z] = noseBridge.translationMm;
    root.position.set(x, y, z);
    const [qx, qy, qz, qw] = noseBridge.rotation;
    root.quaternion.set(qx, qy, qz, qw);
    this.#seat.bridgeRotation = noseBridge.rotation;
    this.#seat.bridgeMm = noseBridge.translationMm;
    this.#seat.leftEarMm = leftEar.translationMm;
    this.#seat.rightEarMm = rightEar.translationMm;
    fitEyewear(this.#seat, this.#left?.shape ?? null, this.#right?.shape ?? null, this.#target);
    const share = this.#fitted ? FIT_SHARE_PER_FRAME : 1;
    this.#fitted = true;
    this.#fit.pitchRad += share * (this.#target.pitchRad - this.#fit.pitchRad);
    this.#fit.leftTempleRad += share * (this.#target.leftTempleRad - this.#fit.leftTempleRad);
    this.#fit.rightTempleRad += share * (this.#target.rightTempleRad - this.#fit.rightTempleRad);
    this.#fit.earZMm += share * (this.#target.earZMm - this.#fit.earZMm);
    piece.rotation.x = this.#fit.pitchRad;
    if (this.#left) this.#left.pivot.rotation.y = this.#fit.leftTempleRad;
    if (this.#right) this.#right.pivot.rotation.y = this.#fit.rightTempleRad;
    this.#placeFade();
    return face.confidence;
  }

  forgetFit(): void {
    this.#fitted = false;
  }

  #placeFade(): void {
    this.fade.goneMm = this.#fit.earZMm + TEMPLE_FADE.beforeEarMm;
    this.fade.wholeMm = this.fade.goneMm + TEMPLE_FADE.lengthMm;
  }
}

/** Puts a pivot at the hinge between the temple's node and its parent. The instance has no parent yet: world is piece. */
function prepareTemple(instance: Group, name: string, side: 1 | -1): Temple | null {
  const node = instance.getObjectByName(name);
  const parent = node?.parent;
  if (!node || !parent) return null;
  const shape = measureTemple(node, side);
  if (!shape) return null;
  const pivot = new Group();
  pivot.name = `${name}_pivot`;
  const [x, y, z] = shape.hingeMm;
  instance.updateWorldMatrix(true, true);
  pivot.position.set(x, y, z);
  parent.worldToLocal(pivot.position);
  parent.add(pivot);
  node.position.sub(pivot.position);
  pivot.add(node);
  return { shape, pivot };
}
