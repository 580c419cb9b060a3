import type { MeasureMm } from './anchor-frame.ts';
import type { FingerName, Side } from './hand-anchors.ts';

/**
 * What the mirror knows of the size of one hand, by a card in its palm. It lives in memory, dies with the visit, and leaves the device
 * only number by number, each by the client's own touch.
 */
export interface HandMeasure {
  /** As the hand was taken for: under a card the network often names the other one. */
  readonly side: Side;
  /** The inner circumference of the ring that fits each finger; null where its edges could not be told. */
  readonly ringCircumferences: Readonly<Record<FingerName, MeasureMm | null>>;
}
