import * as z from 'zod/mini';
import {
  CollectionCode,
  EpochMs,
  HoldId,
  NextStep,
  Sku,
  SoldLine,
  StoreId,
  VisitDecision,
  VisitOccasion,
} from '../../protocol/index.ts';

const revision = z.int();

/** What each kind of step keeps beside its columns. */
export const RunBody = z.object({ sku: Sku });
export const TransferBody = z.object({
  sku: Sku,
  fromStoreId: StoreId,
  omsId: z.nullable(z.string()),
  expectedAtMs: z.nullable(EpochMs),
});
export const CollectionBody = z.object({
  sku: Sku,
  holdId: z.nullable(HoldId),
  code: CollectionCode,
});
export const AppointmentBody = z.object({
  startsAtMs: EpochMs,
  durationMs: z.int(),
  skus: z.array(Sku),
  omsId: z.nullable(z.string()),
  /** How often it was changed since it was booked: what a calendar tells a newer word from an older one by. */
  sequence: z._default(z.int().check(z.nonnegative()), 0),
});
export const FollowUpBody = z.object({
  ...NextStep.shape,
  occasion: VisitOccasion,
  decision: VisitDecision,
});
export type FollowUpBody = z.infer<typeof FollowUpBody>;
export const OrderBody = z.object({
  omsId: z.nullable(z.string()),
  revision,
  lines: z.array(SoldLine),
  /** The house's own holds that its order takes. */
  holdIds: z._default(z.array(z.string()), () => []),
  /** The revision that screens know, where the order was written anew since so that it takes a later hold. */
  toldRevision: z._default(z.nullable(revision), null),
  record: z.nullable(z.string()),
});

/** Reads a body that we wrote ourselves. */
export function bodyOf<Schema extends z.ZodMiniType>(
  schema: Schema,
  row: { readonly body: string },
): z.output<Schema> {
  return z.parse(schema, JSON.parse(row.body));
}
