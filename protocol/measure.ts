import * as z from 'zod/mini';
import { Finger } from './finger.ts';

/** What a mirror can measure that helps an advisor: opticians' and jewellers' numbers, nothing else. */
export const MeasureKind = z.enum([
  'pupillary-distance-far',
  'pupillary-distance-near',
  'face-width',
  /** The inner circumference of the ring that fits. */
  'ring-circumference',
]);
export type MeasureKind = z.infer<typeof MeasureKind>;

/**
 * One number that the client handed to their advisor by their own touch, in millimetres with its 95 % half-interval. It is
 * the only thing measured that ever leaves a kiosk. Whole tenths: more would say more of a person than anyone needs.
 */
export const SharedMeasure = z.object({
  kind: MeasureKind,
  /** Of a ring only: the finger that was measured. */
  finger: z.optional(Finger),
  valueMm: z.number().check(z.minimum(10), z.maximum(400), z.multipleOf(0.1)),
  plusMinusMm: z.number().check(z.minimum(0), z.maximum(100), z.multipleOf(0.1)),
});
export type SharedMeasure = z.infer<typeof SharedMeasure>;

/** What is measured, as one name: two measures of one name take each other's place. */
export function measureName({ kind, finger }: Pick<SharedMeasure, 'kind' | 'finger'>): string {
  return finger === undefined ? kind : `${kind}-${finger}`;
}
