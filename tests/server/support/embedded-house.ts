import { pino } from 'pino';
import { ManualClock } from '../../../sdk/core/clock.ts';
import type { Clock } from '../../../server/core/clock.ts';
import { Background } from '../../../server/core/background.ts';
import { newId, systemRandom } from '../../../server/core/random.ts';
import { EmbeddedOms } from '../../../server/oms/embedded/embedded-oms.ts';
import type { OmsSeed } from '../../../server/oms/embedded/oms-seed.ts';
import { plantSeed } from '../../../server/oms/embedded/plant-seed.ts';
import type { HouseUnderTest, OmsConnector } from '../../../protocol/connector/index.ts';
import type { FreshDatabase } from './databases.ts';

const store = { city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' } as const;

/** The card of the second client. */
export const secondCard = 'NRD-4401-7726-18';

/** A small house: two boutiques, one frame, two clients. */
export const houseSeed: OmsSeed = {
  schemaVersion: 1,
  maison: { id: 'norde', name: 'Norde' },
  demoPin: '1357',
  stores: [
    { id: 'norde-marais', name: 'Le Marais', ...store },
    { id: 'norde-mayfair', name: 'Mayfair', ...store },
  ],
  advisors: [],
  clients: [
    {
      id: 'n-2011',
      storeId: 'norde-marais',
      name: 'Ada Lund',
      locale: 'en',
      card: 'NRD-4401-7725-19',
      facts: [
        { fact: { kind: 'name', name: 'Ms Lund' }, source: 'Le Marais', on: '2025-01-25', reason: 'told-us' },
        {
          fact: { kind: 'size', of: 'frame', value: '51 mm' },
          source: 'Le Marais',
          on: '2025-01-25',
          reason: 'measured',
        },
        {
          fact: { kind: 'care', sku: 'fjord-51.tortoise', name: 'Fjord 51', state: 'ready' },
          source: 'Le Marais',
          on: '2026-11-02',
          reason: 'left-for-care',
        },
      ],
    },
    {
      id: 'n-2012',
      storeId: 'norde-mayfair',
      name: 'Tom Berg',
      locale: 'en',
      card: secondCard,
      facts: [
        { fact: { kind: 'name', name: 'Mr Berg' }, source: 'Mayfair', on: '2025-03-02', reason: 'told-us' },
      ],
    },
  ],
  levels: [
    { storeId: 'norde-marais', sku: 'fjord-51.tortoise', onHand: 2 },
    { storeId: 'norde-mayfair', sku: 'fjord-51.tortoise', onHand: 1 },
  ],
  transferHours: [{ fromStoreId: 'norde-mayfair', toStoreId: 'norde-marais', hours: 48 }],
};

/** An embedded OMS on its own, without the kit around it. */
export class EmbeddedHouse {
  readonly clock: Clock;
  readonly oms: EmbeddedOms;
  readonly connector: OmsConnector;
  readonly #store: FreshDatabase;
  readonly #background: Background;

  private constructor(database: FreshDatabase, clock: Clock) {
    this.clock = clock;
    this.#store = database;
    this.#background = new Background(this.clock, pino({ level: 'silent' }));
    this.oms = new EmbeddedOms({
      database: database.database,
      clock: this.clock,
      random: systemRandom,
      background: this.#background,
    });
    const items = [{ sku: 'fjord-51.tortoise', name: 'Fjord 51', gtin: '7350000000011' }];
    this.connector = this.oms.connector('norde', { items });
  }

  static async open(
    fresh: () => Promise<FreshDatabase>,
    clock: Clock = new ManualClock(),
  ): Promise<EmbeddedHouse> {
    const database = await fresh();
    await plantSeed(database.database, houseSeed, systemRandom, 2 ** 4);
    return new EmbeddedHouse(database, clock);
  }

  async setOnHand(storeId: string, sku: string, onHand: number): Promise<void> {
    const set = await this.oms.setStock(storeId, sku, onHand);
    if (!set.ok) throw new Error(set.error.message);
  }

  /** What clients said, as it was recorded. */
  async consents(): Promise<unknown[]> {
    const { db } = this.#store.database;
    const rows = await db.selectFrom('oms_consents').select('record').orderBy('key').execute();
    return rows.map(({ record }): unknown => JSON.parse(record));
  }

  /** How many of its replies the house remembers. */
  async replies(): Promise<number> {
    return (await this.#store.database.db.selectFrom('oms_replies').select('key').execute()).length;
  }

  /** The house, made ready for the suite. */
  underTest(changes: Partial<HouseUnderTest> = {}): HouseUnderTest {
    return {
      connector: this.connector,
      storeId: 'norde-marais',
      otherStoreId: 'norde-mayfair',
      sku: 'fjord-51.tortoise',
      unknownSku: 'fjord-51.nowhere',
      setOnHand: (storeId, sku, onHand) => this.setOnHand(storeId, sku, onHand),
      nowMs: () => this.clock.nowMs(),
      advance: async (byMs) => {
        if (this.clock instanceof ManualClock) this.clock.advance(byMs);
        await this.#background.idle();
      },
      cutOff: null,
      client: { card: 'NRD-4401-7725-19', id: 'n-2011' },
      advisorId: 'noemie-caron',
      newKey: () => newId(systemRandom),
      ...changes,
    };
  }

  async close(): Promise<void> {
    await this.#background.close();
    await this.#store.drop();
  }
}
