import type { Answer, EpochMs, MaisonId, Sku, StoreId } from '../../protocol/index.ts';

/** The absolute level of one SKU in one boutique, as the OMS counts it. */
export interface OmsLevel {
  readonly storeId: StoreId;
  readonly sku: Sku;
  readonly onHand: number;
  /** The OMS's own order of this level: it grows with every change. */
  readonly revision: number;
}

/** Levels and when the OMS vouched for them. */
export interface OmsReading {
  readonly asOfMs: EpochMs;
  readonly levels: readonly OmsLevel[];
}

/** Something may have changed here. Says nothing about the level: that is read again. */
export interface OmsHint {
  readonly storeId: StoreId;
  readonly sku: Sku;
}

/**
 * A house's order-management system as the kit needs it. An implementation answers `oms-unavailable` when the system does
 * not; it never invents a level, and never sums changes.
 */
export interface OmsConnector {
  /** The name that levels carry as their `source`. */
  readonly name: string;
  /** Every level of a Maison. */
  levels(maisonId: MaisonId): Promise<Answer<OmsReading>>;
  /** One level, read now; `unknown-sku` where the OMS does not count it there. */
  level(storeId: StoreId, sku: Sku): Promise<Answer<OmsReading>>;
  /** Calls `listener` at every hint until the returned function is called. */
  subscribe(listener: (hint: OmsHint) => void): () => void;
}
