import { pino } from 'pino';
import type { Answer } from '../../protocol/index.ts';
import { Background } from '../../server/core/background.ts';
import { LocalHints } from '../../server/core/hints.ts';
import { systemRandom } from '../../server/core/random.ts';
import { inMaison } from '../../server/core/scope.ts';
import type { Device } from '../../server/devices/device-registry.ts';
import type { OmsSeed } from '../../server/oms/embedded/oms-seed.ts';
import { plantSeed } from '../../server/oms/embedded/plant-seed.ts';
import { openDatabase, type Database } from '../../server/persistence/database.ts';
import type { DatabaseKind } from '../../server/persistence/migration.ts';
import { defaultTimings, type ServerConfig } from '../../server/server-config.ts';
import { createServices, type Services } from '../../server/services.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { openSession } from '../../tests/server/support/open-session.ts';
import type { Dialect } from 'kysely';

const maisonId = 'norde';
const storeId = 'norde-marais';
const sessionId = 'session-0';
const plenty = 'plenty.one';
const words = { en: 'Optician', fr: 'Opticienne' };

const kiosk: Device = {
  id: 'device-kiosk',
  role: 'kiosk',
  name: 'Mirror 1',
  maisonId,
  storeId,
  keyNumber: 1,
  activation: null,
};

/** The last pieces over which the contention is. */
export function lastPieces(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `last.piece-${index}`);
}

function seedWith(lastOnes: readonly string[]): OmsSeed {
  return {
    schemaVersion: 1,
    maison: { id: maisonId, name: 'Norde' },
    demoPin: '1357',
    stores: [{ id: storeId, name: 'Le Marais', city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' }],
    advisors: [{ id: 'noemie-caron', storeId, name: 'Noémie Caron', title: words, languages: ['fr'] }],
    clients: [],
    levels: [
      { storeId, sku: plenty, onHand: 1_000 },
      ...lastOnes.map((sku) => ({ storeId, sku, onHand: 1 })),
    ],
    transferHours: [],
  };
}

/** The server's own services over a database, without a socket: what the store bench asks. */
export class Boutique {
  readonly #database: Database;
  readonly #services: Services;
  readonly #background: Background;
  #commands = 0;

  private constructor(database: Database, services: Services, background: Background) {
    this.#database = database;
    this.#services = services;
    this.#background = background;
  }

  /** The same rows on every database: what differs is chance that no statement of an operation names. */
  static async open(dialect: Dialect, kind: DatabaseKind, lastOnes: readonly string[]): Promise<Boutique> {
    const clock = new ManualClock();
    const database = await openDatabase(dialect, kind, clock.nowMs(), {
      unscoped: { kind: 'house-wide', why: 'a bench of the store' },
    });
    await plantSeed(database, seedWith(lastOnes), systemRandom, 2 ** 4);
    const background = new Background(clock, pino({ level: 'silent' }));
    const services = await createServices({
      // Nothing else of the configuration is read before a socket is opened.
      config: { clock, random: systemRandom } as unknown as ServerConfig,
      timings: defaultTimings,
      database,
      catalogues: new Map(),
      background,
      hints: new LocalHints(),
    });
    await services.watch(maisonId).start();
    await services.holds.start();
    await services.letters.start();
    await openSession(database, sessionId, storeId, clock.nowMs());
    await background.idle();
    return new Boutique(database, services, background);
  }

  /** Takes one piece and gives the hold's id. */
  async hold(): Promise<string> {
    const { hold } = valueOf(await this.#do(() => this.#take(plenty)));
    return hold.id;
  }

  async release(holdId: string): Promise<void> {
    valueOf(await this.#do(() => this.#services.holds.release(kiosk, holdId)));
  }

  async append(): Promise<void> {
    const measure = { kind: 'pupillary-distance-far', valueMm: 62, plusMinusMm: 1.5 } as const;
    valueOf(await this.#do(() => this.#services.sessions.shareMeasure(kiosk, sessionId, measure)));
  }

  /** How many of `clients` that ask for the same piece at once get it. */
  async race(sku: string, clients: number): Promise<number> {
    const answers = await this.#do(() => Promise.all(Array.from({ length: clients }, () => this.#take(sku))));
    return answers.filter(({ ok }) => ok).length;
  }

  async close(): Promise<void> {
    this.#services.watch(maisonId).stop();
    this.#services.letters.stop();
    await this.#background.close();
    await this.#database.close();
  }

  async #take(sku: string) {
    const commandId = `command-${(this.#commands += 1)}`;
    return await this.#services.holds.take({ storeId, sku, sessionId, deviceId: kiosk.id, commandId });
  }

  /** With everything that the operation sets off. */
  async #do<Value>(work: () => Promise<Value>): Promise<Value> {
    const value = await inMaison(maisonId, work);
    await this.#background.idle();
    return value;
  }
}

function valueOf<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}
