import { Vector3, type Object3D } from 'three';
import type { FingerName, HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { alongPiece } from './along-piece.ts';
import type { RingBreadth } from './finger-stack.ts';
import { placeNode } from './place-node.ts';
import type { Arrangement, Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** A ring is worn here unless told. */
const usualFinger: FingerName = 'ring';
/** A band where the model does not say how broad it is. */
const usualBandMm = 2;
/** Inside diameter of the size in which rings are modelled: EU 52. */
const modelledInnerMm = 52 / Math.PI;
/** A ring is made in sizes; of what lies beyond them the finger was mismeasured. */
const leastScale = 41 / 52;
const mostScale = 72 / 52;
/** How fast the size follows a new measurement of the finger: one that breathes looks alive. */
const sizeShare = 0.08;

/** Rings: round any finger, in its size, several on each other; what is set on them keeps its own size. */
export const ring: WearingCategory = {
  needs: ['hand'],
  shadow: {
    coverage: { resolutionPx: 128, blurMm: 0.9, marginMm: 5, aboveZMm: 0 },
    shape: { strength: 0.5, decayMm: 5, lightRise: 0 },
  },
  prepare: (nodes) => new WornRing(nodes),
};

class WornRing implements Wearing {
  readonly fade = null;
  readonly #nodes: WornNodes;
  readonly #band: Object3D | undefined;
  readonly #head: Object3D | undefined;
  /** Where the model has its head, in metres. */
  readonly #headAt = new Vector3();
  readonly #breadth: RingBreadth;
  #scale: number | null = null;
  #finger = usualFinger;

  constructor(nodes: WornNodes) {
    this.#nodes = nodes;
    this.#band = nodes.instance.getObjectByName('band');
    this.#head = nodes.instance.getObjectByName('head');
    if (this.#head) this.#headAt.copy(this.#head.position);
    const bandMm = nodes.extras?.fit?.['bandWidthMm'];
    const head = this.#head && alongPiece(nodes.instance, this.#head);
    this.#breadth = {
      bandMm: typeof bandMm === 'number' ? bandMm : usualBandMm,
      headMm: head === undefined ? 0 : head.maxMm - head.minMm,
    };
  }

  arrange({ finger, fingers }: Arrangement): void {
    const worn = finger ?? usualFinger;
    this.#nodes.piece.position.y = fingers.add(worn, this.#breadth);
    if (worn === this.#finger) return;
    this.#finger = worn;
    this.forgetFit();
  }

  follow({ hands }: Wearer): number {
    const hand = handOf(hands);
    if (hand === null) return 0;
    const { cameraFromRing, radiusMm, confidence } = hand.fingers[this.#finger];
    placeNode(this.#nodes.root, cameraFromRing);
    const wanted = Math.min(mostScale, Math.max(leastScale, (2 * radiusMm) / modelledInnerMm));
    this.#scale = this.#scale === null ? wanted : this.#scale + sizeShare * (wanted - this.#scale);
    this.#band?.scale.set(this.#scale, 1, this.#scale);
    this.#head?.position.copy(this.#headAt).multiplyScalar(this.#scale);
    return Math.min(confidence, hand.confidence);
  }

  forgetFit(): void {
    this.#scale = null;
  }
}

/** Of two hands the left, as most wear rings there; what is seen otherwise. */
export function handOf(hands: readonly HandAnchors[]): HandAnchors | null {
  return hands.find(({ side }) => side === 'left') ?? hands[0] ?? null;
}
