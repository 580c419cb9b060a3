import type { Sku, StoreId } from '../../ids.ts';
import { OmsFault, type OmsFaultCode } from '../oms-fault.ts';
import type { OmsLevel } from '../stock-calls.ts';
import type { HouseUnderTest } from './house-under-test.ts';

/** A connector did other than the port says. */
export class ConformanceFault extends Error {
  readonly code = 'not-conformant';

  constructor(message: string) {
    super(message);
    this.name = 'ConformanceFault';
  }
}

export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new ConformanceFault(otherwise);
}

/** The outcome, if it is of the kind expected. */
export function expectKind<Outcome extends { readonly kind: string }, Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
  when: string,
): Extract<Outcome, { readonly kind: Kind }> {
  if (outcome.kind === kind) return outcome as Extract<Outcome, { readonly kind: Kind }>;
  throw new ConformanceFault(`${when}: expected ${kind}, and it was ${outcome.kind}.`);
}

/** Passes if the call throws an `OmsFault` with this code. */
export async function expectFault(call: Promise<unknown>, code: OmsFaultCode, when: string): Promise<void> {
  const thrown = await call.then(
    () => null,
    (fault: unknown) => fault,
  );
  expectThat(thrown instanceof OmsFault, `${when}: expected an OmsFault, and it was ${String(thrown)}.`);
  expectThat(thrown.code === code, `${when}: expected the fault ${code}, and it was ${thrown.code}.`);
}

/** One level as the system tells it now. */
export async function readLevel(house: HouseUnderTest, storeId: StoreId, sku: Sku): Promise<OmsLevel> {
  const outcome = await house.connector.level(storeId, sku);
  return expectKind(outcome, 'read', `level(${storeId}, ${sku})`).level;
}

/** Pieces that are on hand and not promised. */
export function freeOf({ onHand, promised }: OmsLevel): number {
  return Math.max(0, onHand - promised);
}

/** Counts the piece so that exactly `free` are free, whatever is promised; gives back the level. */
export async function makeFree(
  house: HouseUnderTest,
  free: number,
  storeId: StoreId = house.storeId,
): Promise<OmsLevel> {
  const { promised } = await readLevel(house, storeId, house.sku);
  await house.setOnHand(storeId, house.sku, promised + free);
  const level = await readLevel(house, storeId, house.sku);
  expectThat(freeOf(level) === free, `After a count ${free} were to be free, and it was ${freeOf(level)}.`);
  return level;
}
