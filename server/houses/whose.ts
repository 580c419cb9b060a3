import type { MaisonId, StoreId } from '../../protocol/index.ts';
import { houseWide } from '../core/scope.ts';
import type { Queries } from '../persistence/database.ts';

/** Finds out whose affair something is, where only its id is known: a hint comes from no device. */
export class Whose {
  readonly #db: Queries;
  /** A boutique never changes its Maison. */
  readonly #stores = new Map<StoreId, MaisonId>();

  constructor(db: Queries) {
    this.#db = db;
  }

  /** The Maison of a boutique; null where there is no such boutique. */
  async store(storeId: StoreId): Promise<MaisonId | null> {
    const known = this.#stores.get(storeId);
    if (known !== undefined) return known;
    const row = await houseWide('whose boutique it is', () =>
      this.#db.selectFrom('stores').select('maison_id').where('id', '=', storeId).executeTakeFirst(),
    );
    if (row) this.#stores.set(storeId, row.maison_id);
    return row?.maison_id ?? null;
  }
}
