import { pino } from 'pino';
import { ManualClock } from '../../../sdk/core/clock.ts';
import type { StoreId } from '../../../protocol/index.ts';
import type { OmsLevel } from '../../../protocol/connector/index.ts';
import { Background } from '../../../server/core/background.ts';
import { LocalHints } from '../../../server/core/hints.ts';
import { systemRandom } from '../../../server/core/random.ts';
import type { WhenOmsIsDown } from '../../../server/oms/connectors.ts';
import type { OmsSeed } from '../../../server/oms/embedded/oms-seed.ts';
import { plantSeed } from '../../../server/oms/embedded/plant-seed.ts';
import { defaultTimings, type ServerConfig } from '../../../server/server-config.ts';
import { createServices, type Services } from '../../../server/services.ts';
import { readLevels } from '../../../server/stock/stock-writer.ts';
import { freshDatabases, type FreshDatabase } from './databases.ts';
import { openSession } from './open-session.ts';
import { ScriptedHouse } from './scripted-house.ts';

export const storeId = 'norde-marais';
export const otherStoreId = 'norde-mayfair';
export const neighbourStoreId = 'aurelle-vendome';
export const sku = 'fjord-51.tortoise';

const store = { city: 'Paris', locale: 'fr', timeZone: 'Europe/Paris' } as const;
const nobody = { schemaVersion: 1 as const, demoPin: '1357', clients: [], transferHours: [] };
const seeds: readonly OmsSeed[] = [
  {
    ...nobody,
    maison: { id: 'norde', name: 'Norde' },
    stores: [
      { id: storeId, name: 'Le Marais', ...store },
      { id: otherStoreId, name: 'Mayfair', ...store },
    ],
    advisors: [
      {
        id: 'noemie-caron',
        storeId,
        name: 'Noémie Caron',
        title: { en: 'Optician', fr: 'Opticienne' },
        languages: ['fr'],
      },
    ],
    levels: [],
  },
  {
    ...nobody,
    maison: { id: 'aurelle', name: 'Aurelle' },
    stores: [{ id: neighbourStoreId, name: 'Vendôme', ...store }],
    advisors: [],
    levels: [{ storeId: neighbourStoreId, sku, onHand: 3 }],
  },
];

/** What a test of a scripted house works with. */
export interface ScriptedKit {
  readonly clock: ManualClock;
  readonly house: ScriptedHouse;
  readonly background: Background;
  readonly services: Services;
  readonly database: FreshDatabase['database'];
  readonly logLines: readonly string[];
  readonly stop: () => Promise<void>;
}

/** The services with a scripted house for Norde; Aurelle beside it has the embedded OMS. No socket, nothing started. */
export async function openScriptedKit(whenDown: WhenOmsIsDown = 'refuse'): Promise<ScriptedKit> {
  const clock = new ManualClock();
  const house = new ScriptedHouse();
  const { database, drop } = await freshDatabases[0].fresh();
  const logLines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
  const background = new Background(clock, log);
  for (const seed of seeds) await plantSeed(database, seed, systemRandom, 2 ** 4);
  const config = { clock, random: systemRandom } as unknown as ServerConfig;
  const services = await createServices({
    config,
    timings: defaultTimings,
    database,
    catalogues: new Map(),
    background,
    hints: new LocalHints(),
    connected: [{ maisonId: 'norde', connector: house, whenDown }],
  });
  await openSession(database, 'session-0', storeId, clock.nowMs());
  return {
    clock,
    house,
    background,
    services,
    database,
    logLines,
    stop: async () => {
      for (const { maison } of seeds) services.watch(maison.id).stop();
      await background.close();
      await drop();
    },
  };
}

/** A level of the piece as the house counts it. */
export function counted(changes: Partial<OmsLevel> = {}): OmsLevel {
  return { storeId, sku, onHand: 2, promised: 0, revision: 1, ...changes };
}

/** Takes a piece for the client, as the tablet's command would. */
export function take({ services }: ScriptedKit, commandId = 'command-a') {
  return services.holds.take({
    storeId,
    sku,
    sessionId: 'session-0',
    deviceId: 'device-tablet',
    commandId,
  });
}

/** What the kit believes lies in a boutique of it. */
export async function believed({ database }: ScriptedKit, store: StoreId = storeId) {
  return (await readLevels(database.db, store, [sku]))[0];
}

/** What the session was told of its holds. */
export async function holdFacts({ database }: ScriptedKit): Promise<unknown[]> {
  const rows = await database.db.selectFrom('session_events').select('fact').orderBy('seq').execute();
  return rows.map(({ fact }) => (JSON.parse(fact) as { type: unknown }).type);
}
