import type { MaisonId, StockBoardReply } from '../../protocol/index.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';

/** How old the levels of each boutique are, and what waits to be told to each Maison's OMS. */
export class StockBoard {
  readonly #database: Database;
  readonly #houses: Houses;

  constructor({ database, houses }: { database: Database; houses: Houses }) {
    this.#database = database;
    this.#houses = houses;
  }

  /** Of a Maison, or of all; boutiques in the house's order, those without a level too. */
  async read(maisonId: MaisonId | null): Promise<Omit<StockBoardReply['maisons'][number], 'feed'>[]> {
    const { db } = this.#database;
    const ages = await db
      .selectFrom('stock_levels')
      .select(({ fn }) => [
        'store_id as storeId',
        fn.countAll<number | string>().as('skus'),
        fn.min<number>('as_of_ms').as('oldestAsOfMs'),
        fn.max<number>('as_of_ms').as('newestAsOfMs'),
      ])
      .groupBy('store_id')
      .execute();
    const ageOf = new Map(ages.map((age) => [age.storeId, { ...age, skus: Number(age.skus) }]));
    const letters = await db
      .selectFrom('oms_letters')
      .select(({ fn }) => ['maison_id', 'state', fn.countAll<number | string>().as('count')])
      .groupBy(['maison_id', 'state'])
      .execute();
    const lettersOf = (maison: MaisonId, state: 'waiting' | 'dead') =>
      Number(letters.find((row) => row.maison_id === maison && row.state === state)?.count ?? 0);
    const seen = (await this.#houses.maisons()).filter(({ id }) => maisonId === null || id === maisonId);
    return await Promise.all(
      seen.map(async ({ id }) => ({
        maisonId: id,
        stores: (await this.#houses.stores(id)).map(
          (store) =>
            ageOf.get(store.id) ?? { storeId: store.id, skus: 0, oldestAsOfMs: null, newestAsOfMs: null },
        ),
        waitingLetters: lettersOf(id, 'waiting'),
        deadLetters: lettersOf(id, 'dead'),
      })),
    );
  }
}
