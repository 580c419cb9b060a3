import { purposeOf } from '../../../protocol/index.ts';
import type { Database } from '../../persistence/database.ts';
import type { Random } from '../../core/random.ts';
import { inMaison } from '../../core/scope.ts';
import { hashPin } from '../../houses/pin.ts';
import type { OmsSeed } from './oms-seed.ts';

/**
 * Plants a Maison's first day where it is missing. What is there already is never overwritten: a second start keeps all. Its clients are
 * planted on the very first start only: one who was erased since must not come back with the next.
 */
export async function plantSeed(
  database: Database,
  seed: OmsSeed,
  random: Random,
  pinCost: number,
): Promise<void> {
  await inMaison(seed.maison.id, () => plant(database, seed, random, pinCost));
}

async function plant(database: Database, seed: OmsSeed, random: Random, pinCost: number): Promise<void> {
  const maisonId = seed.maison.id;
  const known = await database.db
    .selectFrom('advisors')
    .select('id')
    .where('maison_id', '=', maisonId)
    .execute();
  // Whoever was erased is known by a pseudonym: nobody is planted beside those who are there.
  const newcomers = known.length === 0 ? seed.advisors : [];
  const hashes = await Promise.all(newcomers.map(() => hashPin(seed.demoPin, random, pinCost)));
  await database.transact(async (tx) => {
    const { numInsertedOrUpdatedRows: isFirst = 0n } = await tx
      .insertInto('maisons')
      .values(seed.maison)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    for (const [position, store] of seed.stores.entries()) {
      const { id, name, city, locale, timeZone } = store;
      await tx
        .insertInto('stores')
        .values({ id, maison_id: maisonId, name, city, locale, time_zone: timeZone, position })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .insertInto('stock_heads')
        .values({ store_id: id, seq: 0, pruned_to_seq: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    for (const [index, advisor] of newcomers.entries()) {
      await tx
        .insertInto('advisors')
        .values({
          maison_id: maisonId,
          id: advisor.id,
          store_id: advisor.storeId,
          name: advisor.name,
          title_en: advisor.title.en,
          title_fr: advisor.title.fr,
          languages: JSON.stringify(advisor.languages),
          pin_hash: hashes[index] ?? '',
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    for (const { id, name, storeId, locale, card, facts = [] } of isFirst > 0n ? seed.clients : []) {
      const known = facts.map(({ on, ...told }) => ({
        ...told,
        asOfMs: Date.parse(on),
        purpose: purposeOf(told.fact.kind),
      }));
      await tx
        .insertInto('oms_clients')
        .values({
          maison_id: maisonId,
          id,
          name,
          store_id: storeId,
          locale,
          card: card ?? null,
          facts: JSON.stringify(known),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    for (const { fromStoreId, toStoreId, hours } of seed.transferHours) {
      await tx
        .insertInto('oms_transfer_times')
        .values({ from_store_id: fromStoreId, to_store_id: toStoreId, duration_ms: hours * 3_600_000 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    for (const { storeId, sku, onHand } of seed.levels) {
      await tx
        .insertInto('oms_levels')
        .values({ store_id: storeId, sku, on_hand: onHand, promised: 0, revision: 1 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}
