import type { MaisonId, Sku, StockElsewhere, StoreId } from '../../protocol/index.ts';
import { OmsFault, type TransferTime } from '../../protocol/connector/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database } from '../persistence/database.ts';
import { readLevels } from './stock-writer.ts';

/** Ways between boutiques change rarely: they are asked for this often at most. */
const askedEveryMs = 3_600_000;

/** A house that did not answer is asked again this soon: whoever looks meanwhile does not wait for it. */
const triedEveryMs = 60_000;

interface KnownTimes {
  readonly times: readonly TransferTime[];
  readonly askAgainAtMs: number;
}

/** What lies in a Maison's other boutiques, and how long it takes to come. */
export class StockNetwork {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #connectors: Connectors;
  readonly #clock: Clock;
  readonly #known = new Map<MaisonId, KnownTimes>();

  constructor(deps: { database: Database; houses: Houses; connectors: Connectors; clock: Clock }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#connectors = deps.connectors;
    this.#clock = deps.clock;
  }

  /** Every other boutique that counts the piece: those that have one first, the nearest in time before the others. */
  async elsewhere(maisonId: MaisonId, storeId: StoreId, sku: Sku): Promise<StockElsewhere[]> {
    const times = await this.#times(maisonId);
    const places: StockElsewhere[] = [];
    for (const store of await this.#houses.stores(maisonId)) {
      if (store.id === storeId) continue;
      const [level] = await readLevels(this.#database.db, store.id, [sku]);
      if (!level) continue;
      const way = times.find(
        ({ fromStoreId, toStoreId }) => fromStoreId === store.id && toStoreId === storeId,
      );
      places.push({
        storeId: store.id,
        storeName: store.name,
        city: store.city,
        available: level.available,
        asOfMs: level.asOfMs,
        source: level.source,
        transferMs: way?.durationMs ?? null,
      });
    }
    const rank = ({ available, transferMs }: StockElsewhere) =>
      available > 0 ? (transferMs ?? Number.MAX_SAFE_INTEGER - 1) : Number.MAX_SAFE_INTEGER;
    return places.sort((one, other) => rank(one) - rank(other));
  }

  /** The ways as last told; none where the house does not say, and the old ones while it does not answer. */
  async #times(maisonId: MaisonId): Promise<readonly TransferTime[]> {
    const nowMs = this.#clock.nowMs();
    const known = this.#known.get(maisonId);
    if (known && nowMs < known.askAgainAtMs) return known.times;
    const { connector } = this.#connectors.of(maisonId);
    if (!connector.capabilities.has('transfers')) return [];
    let times = known?.times ?? [];
    let waitMs = askedEveryMs;
    try {
      ({ times } = await connector.transferTimes());
    } catch (fault) {
      if (!(fault instanceof OmsFault)) throw fault;
      waitMs = triedEveryMs;
    }
    this.#known.set(maisonId, { times, askAgainAtMs: nowMs + waitMs });
    return times;
  }
}
