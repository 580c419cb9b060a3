import type { FingerName } from '../../sdk/anchors/hand-anchors.ts';

/** What a ring takes of its finger's length, millimetres. */
export interface RingBreadth {
  readonly bandMm: number;
  /** Of what is set on it; 0 for a band without a head. */
  readonly headMm: number;
}

/** Between two rings that lie on each other: metal never quite touches. */
const gapMm = 0.25;

/**
 * Rings on their fingers. The first of a finger sits at the ring's own place, each further one lies on it towards the tip: band on band,
 * and where both have a head, head beside head.
 */
export class FingerStack {
  readonly #fingers = new Map<FingerName, (RingBreadth & { readonly alongMm: number })[]>();

  /** Puts a ring on; tells how far along the finger its middle lies from the ring's own place, millimetres. */
  add(finger: FingerName, ring: RingBreadth): number {
    const below = this.#fingers.get(finger) ?? [];
    const last = below.at(-1);
    let alongMm = last === undefined ? 0 : last.alongMm + gapMm + (last.bandMm + ring.bandMm) / 2;
    // A head reaches over the bands beside it, but not into another head.
    for (const other of below) {
      if (ring.headMm === 0 || other.headMm === 0) continue;
      alongMm = Math.max(alongMm, other.alongMm + gapMm + (other.headMm + ring.headMm) / 2);
    }
    this.#fingers.set(finger, [...below, { ...ring, alongMm }]);
    return alongMm;
  }
}
