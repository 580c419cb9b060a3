import type { HoldId, Sku } from '../../protocol/ids.ts';
import type { Store } from '../../protocol/product.ts';
import type { Hold, StockState } from '../../protocol/stock.ts';

/** Three of the server's full readings: when none has come, the house's own system is away. */
const longestUnvouchedMs = 15 * 60_000;

/** What a screen knows when it wants to speak about stock. Every time is the server's. */
export interface StockView {
  /** The boutique the screen stands in. */
  readonly store: Store;
  /** Other boutiques of the Maison, in the order in which they are to be named. */
  readonly nearby: readonly Store[];
  readonly stock: StockState;
  /** Holds of this client's session; none before the hand-off. */
  readonly holds: readonly Hold[];
  /** True while the server would tell of a change at once. */
  readonly live: boolean;
  /** When the server was last heard, in milliseconds since the epoch; null if it never was. */
  readonly heardAtMs: number | null;
  readonly nowMs: number;
}

/** How far a number may be trusted: current, true at `asOfMs` and being checked, or never heard at all. */
export type Freshness =
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly asOfMs: number }
  | { readonly kind: 'never' };

/** One other boutique. `count` is what is free there; null where its level is not known. */
export interface NearbyStock {
  readonly store: Store;
  readonly count: number | null;
  /** When the house's stock system last vouched for the count; null with an unknown one. */
  readonly vouchedAtMs: number | null;
}

/** What can be said of one SKU in this boutique, best news for this client first. */
export type StockHere =
  /** A piece is kept back for this client until then; `last` when no other is free. */
  | { readonly kind: 'held'; readonly holdId: HoldId; readonly untilMs: number; readonly last: boolean }
  | { readonly kind: 'here-many'; readonly count: number }
  | { readonly kind: 'one-left' }
  /** None free here, some free in `places`. `reserved`: a piece lies here, but it is promised to someone else. */
  | {
      readonly kind: 'none-here-nearby';
      readonly places: readonly NearbyStock[];
      readonly reserved: boolean;
    }
  | { readonly kind: 'none'; readonly reserved: boolean }
  | { readonly kind: 'unknown' };

/** The stock sentence of one SKU, before it is put into words. */
export interface StockLine {
  readonly here: StockHere;
  /** Every nearby boutique, those without a piece included, in the order of the view. */
  readonly nearby: readonly NearbyStock[];
  readonly freshness: Freshness;
  /** When the house's stock system last vouched for the level in this boutique; null with an unknown one. */
  readonly vouchedAtMs: number | null;
}

/**
 * What a screen says about the stock of one SKU. A level that was not heard from a live server carries the time at which
 * it was last true; a number whose age nobody knows is not said at all.
 */
export function stockLine(view: StockView, sku: Sku): StockLine {
  const freshness = freshnessOf(view);
  const heard = freshness.kind !== 'never';
  const level = heard ? view.stock.get(view.store.id)?.levels.get(sku) : undefined;
  const nearby = view.nearby.map((store) => nearbyStock(store, heard ? view.stock : undefined, sku));
  const hold = view.holds.find(
    (candidate) =>
      candidate.sku === sku && candidate.state === 'active' && candidate.expiresAtMs > view.nowMs,
  );
  const line = {
    nearby,
    freshness: vouchedFor(freshness, level?.asOfMs, view.nowMs),
    vouchedAtMs: level?.asOfMs ?? null,
  };
  if (hold) {
    const last = level === undefined || level.available === 0;
    return { ...line, here: { kind: 'held', holdId: hold.id, untilMs: hold.expiresAtMs, last } };
  }
  if (!level) return { ...line, here: { kind: 'unknown' } };
  if (level.available > 1) return { ...line, here: { kind: 'here-many', count: level.available } };
  if (level.available === 1) return { ...line, here: { kind: 'one-left' } };
  // What the boutique keeps back by its own rules is promised to nobody.
  const reserved = level.onHand - (level.keptBack ?? 0) > 0;
  const places = nearby.filter((place) => (place.count ?? 0) > 0);
  return {
    ...line,
    here: places.length > 0 ? { kind: 'none-here-nearby', places, reserved } : { kind: 'none', reserved },
  };
}

function freshnessOf(view: StockView): Freshness {
  if (view.live) return { kind: 'live' };
  return view.heardAtMs === null ? { kind: 'never' } : { kind: 'stale', asOfMs: view.heardAtMs };
}

/** A live line may carry a level that the house's own system has not vouched for in a while: then that is its age. */
function vouchedFor(freshness: Freshness, asOfMs: number | undefined, nowMs: number): Freshness {
  const isOld = asOfMs !== undefined && nowMs - asOfMs > longestUnvouchedMs;
  return freshness.kind === 'live' && isOld ? { kind: 'stale', asOfMs } : freshness;
}

function nearbyStock(store: Store, stock: StockState | undefined, sku: Sku): NearbyStock {
  const level = stock?.get(store.id)?.levels.get(sku);
  return { store, count: level?.available ?? null, vouchedAtMs: level?.asOfMs ?? null };
}
