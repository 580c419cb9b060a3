import * as z from 'zod/mini';
import { EpochMs, HoldId, SessionId, Sku, StoreId } from './ids.ts';

/**
 * The absolute level of one SKU in one boutique. Levels replace one another, they are never summed. `revision` is the
 * OMS's own order: a level with an older revision than the one known is dropped.
 */
export const StockLevel = z.object({
  storeId: StoreId,
  sku: Sku,
  /** What the OMS counts in the boutique. */
  onHand: z.int().check(z.nonnegative()),
  /** What a client may have: neither held nor promised nor kept back, never below zero. */
  available: z.int().check(z.nonnegative()),
  /** Of `onHand`, what the boutique's own rules keep back: for safety or on display. None where it is missing. */
  keptBack: z.optional(z.int().check(z.nonnegative())),
  revision: z.int().check(z.nonnegative()),
  /** When the OMS last vouched for it. */
  asOfMs: EpochMs,
  /** Which connector said so. */
  source: z.string(),
});
export type StockLevel = z.infer<typeof StockLevel>;

/** Changes `fromSeq..toSeq` of one boutique's log, coalesced: the newest level per SKU. */
export const StockFrame = z.object({
  storeId: StoreId,
  fromSeq: z.int().check(z.positive()),
  toSeq: z.int().check(z.positive()),
  levels: z.array(StockLevel),
});
export type StockFrame = z.infer<typeof StockFrame>;

/** One piece in another boutique of the Maison, and how long it takes to come from there. */
export const StockElsewhere = z.object({
  storeId: StoreId,
  storeName: z.string(),
  city: z.string(),
  available: z.int().check(z.nonnegative()),
  asOfMs: EpochMs,
  source: z.string(),
  /** Null where the house does not say. */
  transferMs: z.nullable(z.int().check(z.nonnegative())),
});
export type StockElsewhere = z.infer<typeof StockElsewhere>;

/** All levels of one boutique at `seq`. */
export const StockSnapshot = z.object({
  storeId: StoreId,
  seq: z.int().check(z.nonnegative()),
  levels: z.array(StockLevel),
});
export type StockSnapshot = z.infer<typeof StockSnapshot>;

export const HoldState = z.enum(['active', 'released', 'expired', 'committed']);
export type HoldState = z.infer<typeof HoldState>;

/** One piece kept back for a client until `expiresAtMs`. */
export const Hold = z.object({
  id: HoldId,
  storeId: StoreId,
  sku: Sku,
  sessionId: SessionId,
  state: HoldState,
  createdAtMs: EpochMs,
  expiresAtMs: EpochMs,
});
export type Hold = z.infer<typeof Hold>;

/** What a client knows of one boutique's stock. `cursor` is the last sequence it holds. */
export interface StoreStock {
  readonly cursor: number;
  readonly levels: ReadonlyMap<Sku, StockLevel>;
}

/** Knowledge by boutique. */
export type StockState = ReadonlyMap<StoreId, StoreStock>;

/** What came of a frame: taken, already known, or a gap that must be filled by a tail or a snapshot. */
export type StockOutcome = 'applied' | 'known' | 'gap';

/** Takes a snapshot as the whole truth of its boutique. */
export function applySnapshot(state: StockState, snapshot: StockSnapshot): StockState {
  const levels = new Map(snapshot.levels.map((level) => [level.sku, level] as const));
  return new Map(state).set(snapshot.storeId, { cursor: snapshot.seq, levels });
}

/**
 * Applies a frame if it is contiguous (`fromSeq === cursor + 1`). A frame that overlaps what is known is applied too:
 * levels are absolute, and older revisions are dropped.
 */
export function applyFrame(
  state: StockState,
  frame: StockFrame,
): { readonly state: StockState; readonly outcome: StockOutcome } {
  const store = state.get(frame.storeId);
  const cursor = store?.cursor ?? 0;
  if (frame.toSeq <= cursor) return { state, outcome: 'known' };
  if (!store || frame.fromSeq > cursor + 1) return { state, outcome: 'gap' };
  const levels = new Map(store.levels);
  for (const level of frame.levels) {
    const known = levels.get(level.sku);
    // Another system's revisions say nothing about this one's.
    const isOlder = known?.source === level.source && level.revision < known.revision;
    if (!isOlder) levels.set(level.sku, level);
  }
  return { state: new Map(state).set(frame.storeId, { cursor: frame.toSeq, levels }), outcome: 'applied' };
}
