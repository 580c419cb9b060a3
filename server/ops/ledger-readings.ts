import type { Database } from '../persistence/database.ts';

/** What the database says of the houses' state, for whoever looks after it. */
export interface LedgerReadings {
  /** The level of each boutique that was confirmed longest ago. */
  readonly oldestLevels: readonly {
    readonly maisonId: string;
    readonly storeId: string;
    readonly asOfMs: number;
  }[];
  readonly letters: readonly {
    readonly maisonId: string;
    readonly direction: 'out' | 'in';
    readonly state: 'waiting' | 'dead';
    readonly count: number;
  }[];
  readonly activeHolds: readonly { readonly storeId: string; readonly count: number }[];
  readonly schemaVersion: number;
}

/** Reads all of it at one moment. */
export async function readLedger(database: Database): Promise<LedgerReadings> {
  return await database.read(async (tx) => {
    const levels = await tx
      .selectFrom('stores')
      .innerJoin('stock_levels', 'stock_levels.store_id', 'stores.id')
      .select(({ fn }) => [
        'stores.maison_id as maisonId',
        'stores.id as storeId',
        fn.min<number>('stock_levels.as_of_ms').as('asOfMs'),
      ])
      .groupBy(['stores.maison_id', 'stores.id'])
      .execute();
    const letters = await tx
      .selectFrom('oms_letters')
      .select(({ fn }) => ['maison_id as maisonId', 'direction', 'state', fn.countAll<number>().as('count')])
      .groupBy(['maison_id', 'direction', 'state'])
      .execute();
    const holds = await tx
      .selectFrom('holds')
      .select(({ fn }) => ['store_id as storeId', fn.countAll<number>().as('count')])
      .where('state', '=', 'active')
      .groupBy('store_id')
      .execute();
    const { version } = await tx
      .selectFrom('schema_migrations')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirstOrThrow();
    return { oldestLevels: levels, letters, activeHolds: holds, schemaVersion: version };
  });
}
