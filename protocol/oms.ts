import * as z from 'zod/mini';
import { EpochMs, MaisonId, Sku, StoreId } from './ids.ts';

/** One level as the Maison's OMS counts it, for the operator's command and the OMS page. */
export const OmsLevelRow = z.object({
  maisonId: MaisonId,
  storeId: StoreId,
  storeName: z.string(),
  city: z.string(),
  sku: Sku,
  onHand: z.int().check(z.nonnegative()),
  /** Of these, what the OMS has promised to somebody. */
  promised: z.optional(z.int().check(z.nonnegative())),
  revision: z.int().check(z.nonnegative()),
});
export type OmsLevelRow = z.infer<typeof OmsLevelRow>;

/** `GET /api/oms/levels`: with the operator's token of every Maison, with a console's token of its own. */
export const OmsLevelsReply = z.object({ levels: z.array(OmsLevelRow) });
export type OmsLevelsReply = z.infer<typeof OmsLevelsReply>;

/** `POST /api/oms/levels`: the house's staff have counted anew. */
export const OmsSetLevelRequest = z.object({
  storeId: StoreId,
  sku: Sku,
  onHand: z.int().check(z.nonnegative(), z.maximum(1_000_000)),
});
export type OmsSetLevelRequest = z.infer<typeof OmsSetLevelRequest>;

/** The level as the OMS now counts it. */
export const OmsSetLevelReply = z.object({ level: OmsLevelRow });
export type OmsSetLevelReply = z.infer<typeof OmsSetLevelReply>;

/** What could not be delivered to an OMS, or could not be read from one. */
export const OmsLetter = z.object({
  id: z.string(),
  maisonId: MaisonId,
  direction: z.enum(['out', 'in']),
  subject: z.string(),
  body: z.unknown(),
  tries: z.int(),
  lastFault: z.string(),
  createdAtMs: EpochMs,
});
export type OmsLetter = z.infer<typeof OmsLetter>;

/** `GET /api/oms/dead-letters`. One is tried again by `POST …/<id>/replay`, and forgotten by `DELETE …/<id>`. */
export const OmsDeadLettersReply = z.object({ letters: z.array(OmsLetter) });
export type OmsDeadLettersReply = z.infer<typeof OmsDeadLettersReply>;

/** Pieces that a boutique does not offer to clients: kept for safety, or standing on display. */
export const StockRule = z.object({
  storeId: StoreId,
  /** Null: every SKU that has no rule of its own. */
  sku: z.nullable(Sku),
  safetyPieces: z.int().check(z.nonnegative(), z.maximum(1_000)),
  displayPieces: z.int().check(z.nonnegative(), z.maximum(1_000)),
});
export type StockRule = z.infer<typeof StockRule>;

/** `GET /api/oms/rules`; a rule is set by `POST /api/oms/rules`. */
export const StockRulesReply = z.object({ rules: z.array(StockRule) });
export type StockRulesReply = z.infer<typeof StockRulesReply>;

/** How a Maison's stock feed fares. */
export const StockFeed = z.object({
  maisonId: MaisonId,
  source: z.string(),
  state: z.enum(['reading', 'up', 'down']),
  /** When the OMS last vouched for all its levels; null if it never did since the start. */
  wholeAsOfMs: z.nullable(EpochMs),
  /** Since when it is down, and why. */
  downSinceMs: z.nullable(EpochMs),
  fault: z.nullable(z.string()),
});
export type StockFeed = z.infer<typeof StockFeed>;

/** `GET /api/oms/feeds`. */
export const StockFeedsReply = z.object({ feeds: z.array(StockFeed) });
export type StockFeedsReply = z.infer<typeof StockFeedsReply>;
