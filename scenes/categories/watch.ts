import type { Object3D } from 'three';
import { alongPiece } from './along-piece.ts';
import { placeNode } from './place-node.ts';
import { handOf } from './ring.ts';
import type { Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

/** The oval round which straps are modelled: across the wrist, and through it. */
const modelledBreadthMm = 58;
const modelledDepthMm = 42;
const leastScale = 0.75;
const mostScale = 1.35;
const sizeShare = 0.08;
const turn = 2 * Math.PI;
const dayMs = 86_400_000;

/** Watches: on the back of the wrist, crown towards the hand on a left one; the hands tell the time of the place. */
export const watch: WearingCategory = {
  needs: ['hand'],
  handShows: 'wrist',
  shadow: {
    coverage: { resolutionPx: 192, blurMm: 2, marginMm: 10, aboveZMm: -14 },
    shape: { strength: 0.55, decayMm: 8, lightRise: 0 },
  },
  prepare: (nodes) => new WornWatch(nodes),
};

/** Milliseconds since midnight on this device, whose zone is the boutique's. */
export function sinceMidnightMs(nowMs: number): number {
  return (nowMs - new Date(nowMs).getTimezoneOffset() * 60_000) % dayMs;
}

class WornWatch implements Wearing {
  readonly fade = null;
  readonly watchMm: number;
  readonly #nodes: WornNodes;
  readonly #strap: Object3D | undefined;
  readonly #hands: readonly (readonly [node: Object3D | undefined, periodMs: number])[];
  #breadth: number | null = null;
  #depth = 1;

  constructor(nodes: WornNodes) {
    const { instance } = nodes;
    this.#nodes = nodes;
    this.#strap = instance.getObjectByName('strap');
    // On a right wrist the crown's side is the elbow's.
    const { minMm, maxMm } = alongPiece(instance);
    this.watchMm = Math.max(-minMm, maxMm);
    this.#hands = [
      [instance.getObjectByName('hand_hour'), dayMs / 2],
      [instance.getObjectByName('hand_minute'), 3_600_000],
      [instance.getObjectByName('hand_second'), 60_000],
    ];
  }

  follow({ hands }: Wearer): number {
    const midnightMs = sinceMidnightMs(this.#nodes.clock.nowMs());
    for (const [node, periodMs] of this.#hands) {
      if (node) node.rotation.z = -turn * ((midnightMs % periodMs) / periodMs);
    }
    const hand = handOf(hands);
    if (hand === null) return 0;
    const { cameraFromWrist, breadthMm, depthMm, confidence } = hand.wrist;
    placeNode(this.#nodes.root, cameraFromWrist);
    // The model lies as on a left wrist; on a right one it is turned, so that twelve stays away from the wearer.
    this.#nodes.piece.rotation.z = hand.side === 'left' ? 0 : Math.PI;
    this.#nodes.piece.position.z = depthMm / 2;
    const [breadth, depth] = [clamp(breadthMm / modelledBreadthMm), clamp(depthMm / modelledDepthMm)];
    const share = this.#breadth === null ? 1 : sizeShare;
    this.#breadth = (this.#breadth ?? 0) + share * (breadth - (this.#breadth ?? 0));
    this.#depth += share * (depth - this.#depth);
    // The strap runs round the wrist, along the watch's own y; its breadth stays what it is.
    this.#strap?.scale.set(1, this.#breadth, this.#depth);
    return Math.min(confidence, hand.confidence);
  }

  forgetFit(): void {
    this.#breadth = null;
  }
}

function clamp(scale: number): number {
  return Math.min(mostScale, Math.max(leastScale, scale));
}
