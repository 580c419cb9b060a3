import { ok } from '../../sdk/core/result.ts';
import type { Answer } from '../../protocol/errors.ts';
import { typedCodeAlphabet } from '../../protocol/handoff.ts';
import type { SaleStepId, Sku, StoreId } from '../../protocol/ids.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import { usualCollectionHours, type Collection, type SaleTransfer } from '../../protocol/sale.ts';
import type { StockElsewhere } from '../../protocol/stock.ts';
import type { PracticeHolds } from './practice-holds.ts';
import { practiceSessionId, refused, type PracticeStage, type Plays } from './practice-stage.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const waitsForMs = usualCollectionHours * hourMs;

/** Where a piece is received: sent here from a boutique nearby, or collected in one. Every number is invented. */
export class PracticePlaces {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  readonly #holds: PracticeHolds;
  #transfers: readonly SaleTransfer[] = [];
  #collections: readonly Collection[] = [];

  constructor(stage: PracticeStage, holds: PracticeHolds) {
    this.#stage = stage;
    this.#holds = holds;
    this.plays = {
      'stock.elsewhere': ({ sku }) => ok({ places: this.#elsewhere(sku) }),
      'transfer.ask': ({ fromStoreId, sku }) => this.#transfer(fromStoreId, sku),
      'collection.reserve': ({ storeId, sku }) => this.#reserve(storeId, sku),
      'collection.end': ({ collectionId, how }) => this.#end(collectionId, how),
    };
  }

  /** Whether there is a boutique nearby that could send a piece. */
  get hasOthers(): boolean {
    return this.#stage.house.identity.nearby.length > 0;
  }

  transfers(): SaleTransfer[] {
    return [...this.#transfers];
  }

  collections(): Collection[] {
    return [...this.#collections];
  }

  keeps(storeId: StoreId, sku: Sku): boolean {
    return this.#waiting(storeId, sku) !== undefined;
  }

  /** What waits there for the client goes with the order; false where nothing of it does. */
  takeOver(storeId: StoreId, sku: Sku): boolean {
    const found = this.#waiting(storeId, sku);
    if (!found) return false;
    this.#keep({ ...found, state: 'collected' });
    return true;
  }

  #elsewhere(sku: Sku): StockElsewhere[] {
    return this.#stage.house.identity.nearby.map(({ id, name, city }, index) => ({
      storeId: id,
      storeName: name,
      city,
      available: this.#stage.available(id, sku),
      asOfMs: this.#stage.nowMs,
      source: 'practice',
      transferMs: wayMs(index),
    }));
  }

  #transfer(fromStoreId: StoreId, sku: Sku): Answer<{ transfer: SaleTransfer }> {
    const { identity } = this.#stage.house;
    const index = identity.nearby.findIndex(({ id }) => id === fromStoreId);
    const from = index < 0 ? null : this.#stage.placeOf(fromStoreId);
    if (!this.#stage.openSession()) return refused('session-ended');
    if (!from) return refused('not-found');
    if (!this.#stage.take(fromStoreId, sku)) return refused('out-of-stock');
    const askedAtMs = this.#stage.nowMs;
    const id = this.#stage.nextId('transfer');
    const transfer = { id, sku, from, expectedAtMs: askedAtMs + wayMs(index), askedAtMs };
    this.#transfers = [...this.#transfers, transfer];
    return ok({ transfer });
  }

  /** A piece that is held for the visit is the one that waits. */
  #reserve(storeId: StoreId, sku: Sku): Answer<{ collection: Collection }> {
    const at = this.#stage.placeOf(storeId);
    if (!this.#stage.openSession()) return refused('session-ended');
    if (!at) return refused('not-found');
    if (!this.#holds.takeOver(storeId, sku) && !this.#stage.take(storeId, sku))
      return refused('out-of-stock');
    const collection: Collection = {
      id: this.#stage.nextId('collection'),
      sessionId: practiceSessionId,
      sku,
      at,
      holdId: this.#stage.nextId('hold'),
      state: 'waiting',
      code: `PRACT${typedCodeAlphabet.charAt((this.#collections.length + 1) % typedCodeAlphabet.length)}`,
      untilMs: this.#stage.nowMs + waitsForMs,
      reservedBy: this.#stage.house.advisor,
    };
    this.#collections = [...this.#collections, collection];
    return ok({ collection });
  }

  #end(
    collectionId: SaleStepId,
    how: CommandPayload<'collection.end'>['how'],
  ): Answer<{ collection: Collection }> {
    const found = this.#collections.find(({ id }) => id === collectionId);
    if (!found) return refused('not-found');
    if (found.state !== 'waiting') return refused('hold-ended');
    if (how === 'released') this.#stage.giveBack(found.at.id, found.sku);
    const collection: Collection = { ...found, state: how === 'collected' ? 'collected' : 'ended' };
    this.#keep(collection);
    return ok({ collection });
  }

  #waiting(storeId: StoreId, sku: Sku): Collection | undefined {
    return this.#collections.find(
      (one) => one.at.id === storeId && one.sku === sku && one.state === 'waiting',
    );
  }

  #keep(changed: Collection): void {
    this.#collections = this.#collections.map((one) => (one.id === changed.id ? changed : one));
  }
}

/** From the first boutique nearby in a day, from each further one in a day more. */
function wayMs(index: number): number {
  return (index + 1) * dayMs;
}
