import * as z from 'zod/mini';
import { CommandId, EpochMs, Sku, StoreId } from '../ids.ts';

/** A name that the house's system gave: a reservation, an order, a client. The kit keeps it and reads nothing into it. */
export const OmsId = z.string().check(z.minLength(1), z.maxLength(128));
export type OmsId = z.infer<typeof OmsId>;

const count = z.int().check(z.nonnegative(), z.maximum(1_000_000_000));
const quantity = z.int().check(z.positive(), z.maximum(1_000));

/** The absolute level of one SKU in one boutique, as the OMS counts it. */
export const OmsLevel = z.object({
  storeId: StoreId,
  sku: Sku,
  /** Pieces that lie in the boutique, promised or not. */
  onHand: count,
  /** Of these, what the OMS has promised to anyone: orders, reservations, and the holds it placed for the kit. */
  promised: count,
  /** The OMS's own order of this level: it grows with every change of it. */
  revision: z.int().check(z.nonnegative()),
});
export type OmsLevel = z.infer<typeof OmsLevel>;

/** Levels and when the OMS vouched for them. */
export const OmsReading = z.object({ asOfMs: EpochMs, levels: z.array(OmsLevel) });
export type OmsReading = z.infer<typeof OmsReading>;

const UnknownSku = z.object({ kind: z.literal('unknown-sku') });

/** One level, read now; `unknown-sku` where the OMS does not count it there. */
export const LevelOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), asOfMs: EpochMs, level: OmsLevel }),
  UnknownSku,
]);
export type LevelOutcome = z.infer<typeof LevelOutcome>;

/** Something may have changed here. Says nothing about the level: that is read again. */
export const OmsHint = z.object({ storeId: StoreId, sku: Sku });
export type OmsHint = z.infer<typeof OmsHint>;

/** How far the kit has read the OMS's hints, in the OMS's own words. */
export const OmsCursor = z.string().check(z.minLength(1), z.maxLength(256));
export type OmsCursor = z.infer<typeof OmsCursor>;

/** One product as the OMS knows it. */
export const OmsItem = z.object({
  sku: Sku,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** GTIN-13 or GTIN-14 where the OMS has one: by it an RFID read finds its SKU. */
  gtin: z.nullable(z.string().check(z.regex(/^\d{13,14}$/))),
});
export type OmsItem = z.infer<typeof OmsItem>;
export const OmsCatalogue = z.object({ items: z.array(OmsItem) });
export type OmsCatalogue = z.infer<typeof OmsCatalogue>;

/** One piece that the OMS keeps back until a moment. */
export const OmsHold = z.object({ id: OmsId, storeId: StoreId, sku: Sku, expiresAtMs: EpochMs });
export type OmsHold = z.infer<typeof OmsHold>;

/** Asks for one piece. `key` is made once per intention: the same key gets the same hold again. */
export const HoldAsk = z.object({ key: CommandId, storeId: StoreId, sku: Sku, expiresAtMs: EpochMs });
export type HoldAsk = z.infer<typeof HoldAsk>;
export const HoldOutcome = z.discriminatedUnion('kind', [
  /** `level` is the level with this hold in it. */
  z.object({ kind: z.literal('held'), hold: OmsHold, asOfMs: EpochMs, level: OmsLevel }),
  z.object({
    kind: z.literal('none-free'),
    asOfMs: EpochMs,
    level: OmsLevel,
    /** When the next hold there runs out, where the OMS knows. */
    nextFreeAtMs: z.nullable(EpochMs),
  }),
  UnknownSku,
]);
export type HoldOutcome = z.infer<typeof HoldOutcome>;

export const HoldExtension = z.object({ holdId: OmsId, expiresAtMs: EpochMs });
export type HoldExtension = z.infer<typeof HoldExtension>;
/** A hold that was released, committed, has run out or never was is `ended`. */
const HoldEnded = z.object({ kind: z.literal('ended') });
export const ExtendOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('extended'), hold: OmsHold }),
  HoldEnded,
]);
export type ExtendOutcome = z.infer<typeof ExtendOutcome>;

export const HoldRelease = z.object({ holdId: OmsId });
export type HoldRelease = z.infer<typeof HoldRelease>;
export const ReleaseOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('released'), asOfMs: EpochMs, level: OmsLevel }),
  HoldEnded,
]);
export type ReleaseOutcome = z.infer<typeof ReleaseOutcome>;

/** The held piece leaves the boutique with the client. */
export const HoldCommit = z.object({ holdId: OmsId });
export type HoldCommit = z.infer<typeof HoldCommit>;
export const CommitOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('committed'), asOfMs: EpochMs, level: OmsLevel }),
  HoldEnded,
]);
export type CommitOutcome = z.infer<typeof CommitOutcome>;

/** Asks another boutique to send pieces. */
export const TransferAsk = z.object({
  key: CommandId,
  fromStoreId: StoreId,
  toStoreId: StoreId,
  sku: Sku,
  quantity,
});
export type TransferAsk = z.infer<typeof TransferAsk>;
export const Transfer = z.object({
  id: OmsId,
  fromStoreId: StoreId,
  toStoreId: StoreId,
  sku: Sku,
  quantity,
  /** When it should be there, where the OMS says so. */
  expectedAtMs: z.nullable(EpochMs),
});
export type Transfer = z.infer<typeof Transfer>;
export const TransferOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('requested'), transfer: Transfer }),
  z.object({ kind: z.literal('none-free'), asOfMs: EpochMs, level: OmsLevel }),
  UnknownSku,
]);
export type TransferOutcome = z.infer<typeof TransferOutcome>;

/** How long a piece is on its way from one boutique to another. */
export const TransferTime = z.object({
  fromStoreId: StoreId,
  toStoreId: StoreId,
  durationMs: z.int().check(z.nonnegative()),
});
export type TransferTime = z.infer<typeof TransferTime>;
export const TransferTimes = z.object({ times: z.array(TransferTime) });
export type TransferTimes = z.infer<typeof TransferTimes>;

/** A line of an order; `holdId` names the hold whose piece it takes. */
export const OrderLine = z.object({ sku: Sku, quantity, holdId: z.nullable(OmsId) });
export type OrderLine = z.infer<typeof OrderLine>;
