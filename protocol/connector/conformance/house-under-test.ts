import type { EpochMs, Sku, StoreId } from '../../ids.ts';
import type { OmsCapability, OmsConnector } from '../oms-connector.ts';

/**
 * A house with its connector, made ready for the suite: a system that nobody else uses meanwhile. The suite counts, holds and
 * sells in it.
 */
export interface HouseUnderTest {
  readonly connector: OmsConnector;
  readonly storeId: StoreId;
  /** Another boutique of the same Maison that counts `sku` too; null where there is one boutique only. */
  readonly otherStoreId: StoreId | null;
  /** A SKU that the system counts in the boutique. */
  readonly sku: Sku;
  /** A SKU that it does not count anywhere. */
  readonly unknownSku: Sku;
  /** Counts a piece anew in the house's own system, past the connector, as its staff would. */
  setOnHand(storeId: StoreId, sku: Sku, onHand: number): Promise<void>;
  /** What the house's clock says. */
  nowMs(): EpochMs;
  /** Moves the house's clock; null where it is the real one, then nothing is said about what runs out. */
  readonly advance: ((byMs: number) => Promise<void>) | null;
  /** Cuts the connector off from its system; the returned function mends it. Null where that cannot be done. */
  readonly cutOff: (() => Promise<() => Promise<void>>) | null;
  /** A client that the system knows, by the number on their card; null where clients are not tried. */
  readonly client: { readonly card: string; readonly id: string } | null;
  /** An advisor whose appointments may be filled. */
  readonly advisorId: string;
  /** A new idempotency key each time. */
  newKey(): string;
}

/** One thing that every connector does alike. */
export interface ConformanceCheck {
  /** What holds, in a sentence. */
  readonly name: string;
  /** The capability it is about; a connector without it is not asked. */
  readonly needs: OmsCapability | null;
  /** What of the house it cannot do without; a house that has it not is not asked. */
  readonly wants?: 'advance' | 'cutOff' | 'client' | 'otherStoreId';
  /** Throws where it does not hold. */
  readonly run: (house: HouseUnderTest) => Promise<void>;
}

/** Whether a check can be asked of a house. */
export function isAsked({ needs, wants }: ConformanceCheck, house: HouseUnderTest): boolean {
  if (needs !== null && !house.connector.capabilities.has(needs)) return false;
  return wants === undefined || house[wants] !== null;
}
