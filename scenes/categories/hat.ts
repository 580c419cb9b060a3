import { CylinderGeometry, Mesh, MeshBasicMaterial, Quaternion, Vector3 } from 'three';
import type { FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import { renderOrders } from '../stage/render-orders.ts';
import { placeNode } from './place-node.ts';
import type { Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** Ear to ear over the top of the ears' roots on the head of 570 mm for which hats are modelled, its hair included. */
const modelledEarsMm = 146;
/** Hats are made in sizes this far from the one that is modelled (54 to 62). */
const leastScale = 54 / 57;
const mostScale = 62 / 57;
/** On a head of the modelled size: how far the brim's plane lies above the bridge of the nose, and its middle behind it. */
const aboveBridgeMm = 27;
const behindBridgeMm = 92;
/** A hat sits higher before than behind. */
const tiltRad = (-7 * Math.PI) / 180;
const sizeShare = 0.05;
/**
 * What fills a hat up to above its band: a head of 570 mm with its hair, an oval 1.27 times as long as broad (docs/assets.md), less a
 * little, so that it lies within the hat.
 */
const fillHalfWidthMm = 78;
const fillHalfLengthMm = 99;
const fillHeightMm = 24;

/** Hats: over the brow and the top of the ears, in the size of the head. */
export const hat: WearingCategory = {
  needs: ['face'],
  shadow: {
    coverage: { resolutionPx: 128, blurMm: 9, marginMm: 40, aboveZMm: -8 },
    shape: { strength: 0.42, decayMm: 60, lightRise: 0 },
    falls: 'down',
  },
  prepare: (nodes) => new WornHat(nodes),
};

class WornHat implements Wearing {
  readonly fade = null;
  /** No head is broader than the occluder makes it, but hair is: between the two one would look into the hat. */
  readonly occluder: Mesh<CylinderGeometry, MeshBasicMaterial>;
  readonly #nodes: WornNodes;
  readonly #offset = new Vector3();
  readonly #turn = new Quaternion();
  #scale: number | null = null;

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    const fill = new CylinderGeometry(1, 1, 1, 40).translate(0, 0.5, 0);
    this.occluder = new Mesh(fill, new MeshBasicMaterial({ colorWrite: false }));
    this.occluder.scale.set(fillHalfWidthMm, fillHeightMm, fillHalfLengthMm);
    this.occluder.renderOrder = renderOrders.occluder;
    nodes.piece.add(this.occluder);
  }

  follow({ face }: Wearer): number {
    if (face === null) return 0;
    const { root, piece } = this.#nodes;
    const wanted = Math.min(mostScale, Math.max(leastScale, earsApartMm(face) / modelledEarsMm));
    this.#scale = this.#scale === null ? wanted : this.#scale + sizeShare * (wanted - this.#scale);
    placeNode(root, face.cameraFromAnchor.noseBridge);
    this.#turn.copy(root.quaternion);
    this.#offset
      .set(0, aboveBridgeMm, -behindBridgeMm)
      .multiplyScalar(this.#scale)
      .applyQuaternion(this.#turn);
    root.position.add(this.#offset);
    piece.rotation.x = tiltRad;
    piece.scale.setScalar(this.#scale);
    return face.confidence;
  }

  forgetFit(): void {
    this.#scale = null;
  }

  dispose(): void {
    this.occluder.geometry.dispose();
    this.occluder.material.dispose();
  }
}

function earsApartMm({ cameraFromAnchor: { leftEar, rightEar } }: FaceAnchors): number {
  const [x, y, z] = leftEar.translationMm;
  const [u, v, w] = rightEar.translationMm;
  return Math.hypot(x - u, y - v, z - w);
}
