import * as z from 'zod/mini';
import {
  Locale,
  type Advisor,
  type BoutiqueContent,
  type MaisonId,
  type Store,
  type StoreId,
} from '../../protocol/index.ts';
import type { AdvisorRow } from './advisor-rows.ts';
import { HouseSettings } from './house-settings.ts';
import type { Queries } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

const Languages = z.array(Locale);

/** Reads who there is: Maisons, boutiques and advisors. Every question names its Maison or a boutique that has one. */
export class Houses {
  readonly #db: Queries;
  readonly #settings: HouseSettings;

  constructor(db: Queries, settings = new HouseSettings()) {
    this.#db = db;
    this.#settings = settings;
  }

  /** The same questions, asked inside a transaction. On SQLite any other connection would wait for it for ever. */
  in(tx: Queries): Houses {
    return new Houses(tx, this.#settings);
  }

  async maisons(): Promise<{ id: MaisonId; name: string }[]> {
    return await this.#db.selectFrom('maisons').selectAll().orderBy('id').execute();
  }

  async maisonName(maisonId: MaisonId): Promise<string> {
    const row = await this.#db
      .selectFrom('maisons')
      .select('name')
      .where('id', '=', maisonId)
      .executeTakeFirst();
    return row?.name ?? maisonId;
  }

  /** The Maison's boutiques, in its own order. */
  async stores(maisonId: MaisonId): Promise<Store[]> {
    const rows = await this.#db
      .selectFrom('stores')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .orderBy('position')
      .execute();
    return rows.map((row) => this.#asStore(row));
  }

  async store(maisonId: MaisonId, storeId: StoreId): Promise<Store | undefined> {
    const row = await this.#db
      .selectFrom('stores')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('id', '=', storeId)
      .executeTakeFirst();
    return row && this.#asStore(row);
  }

  /** What the house has chosen for a boutique. */
  content(maisonId: MaisonId, storeId: StoreId): BoutiqueContent {
    return this.#settings.content(maisonId, storeId);
  }

  #asStore(row: Tables['stores']): Store {
    const { id, name, city, time_zone: timeZone } = row;
    return { id, name, city, locale: this.#settings.language(row.maison_id, id, row.locale), timeZone };
  }

  /** The advisors who work in one boutique, by name. */
  async advisors(maisonId: MaisonId, storeId: StoreId): Promise<Advisor[]> {
    const rows = await this.#db
      .selectFrom('advisors')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('store_id', '=', storeId)
      .where('left_at_ms', 'is', null)
      .orderBy('name')
      .execute();
    return rows.map(asAdvisor);
  }

  /** An advisor by their id, also one who has left: what they did stays theirs. */
  async advisor(maisonId: MaisonId, advisorId: string): Promise<Advisor | undefined> {
    const row = await this.#db
      .selectFrom('advisors')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('id', '=', advisorId)
      .executeTakeFirst();
    return row && asAdvisor(row);
  }
}

/** An advisor's row as colleagues and clients may see it. */
export function asAdvisor(row: AdvisorRow): Advisor {
  return {
    id: row.id,
    name: row.name,
    title: { en: row.title_en, fr: row.title_fr },
    languages: z.parse(Languages, JSON.parse(row.languages)),
  };
}
