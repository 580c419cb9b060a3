import { Gauge, type Registry } from 'prom-client';
import { DeviceRole, type MaisonId, type StockFeed, type StoreId } from '../../protocol/index.ts';
import type { LedgerReadings } from './ledger-readings.ts';

/** Connections to the database. */
export interface PoolReading {
  readonly total: number;
  readonly idle: number;
  /** Who waits for a connection. */
  readonly waiting: number;
}

/** What is read when somebody looks, and not before. */
export interface Readings {
  readonly isReady: () => Promise<boolean>;
  /** Open sockets of this process, by role. */
  readonly sockets: () => ReadonlyMap<DeviceRole, number>;
  readonly feeds: () => readonly StockFeed[];
  readonly stores: () => readonly { readonly maisonId: MaisonId; readonly storeId: StoreId }[];
  /** Rejects where the database does not answer. */
  readonly ledger: () => Promise<LedgerReadings>;
  readonly pool: () => PoolReading | null;
  /** Background work that runs now, and for how long the longest has. */
  readonly background: () => { readonly running: number; readonly oldestMs: number };
  readonly nowMs: () => number;
}

const roles = DeviceRole.options;
const letterStates = ['waiting', 'dead'] as const;

/** Gauges over readings: as they are at the moment of the scrape. Returns what takes the readings. */
export function readingGauges(registry: Registry, readings: Readings): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });
  const ready = gauge('vitrine_ready', '1 while this process takes work.');
  const sockets = gauge('vitrine_sockets', 'Open sockets of devices.', ['role']);
  const databaseUp = gauge('vitrine_database_up', '1 while the database answers.');
  const schema = gauge('vitrine_schema_version', 'The newest migration of the database.');
  const ages = gauge('vitrine_stock_age_seconds', 'Age of the boutique’s oldest level.', ['maison', 'store']);
  const omsUp = gauge('vitrine_oms_up', '1 while the house’s stock is followed.', ['maison', 'source']);
  const omsDown = gauge('vitrine_oms_down_seconds', 'For how long the house has not answered.', [
    ...(['maison', 'source'] as const),
  ]);
  const letters = gauge('vitrine_oms_letters', 'Letters to and from houses.', [
    ...(['maison', 'direction', 'state'] as const),
  ]);
  const holds = gauge('vitrine_holds_active', 'Pieces held now.', ['store']);
  const pool = gauge('vitrine_database_pool_connections', 'Connections to PostgreSQL.', ['state']);
  const waiting = gauge('vitrine_database_pool_waiting', 'Who waits for a connection to PostgreSQL.');
  const running = gauge('vitrine_background_running', 'Background work that runs now.');
  const oldest = gauge('vitrine_background_oldest_seconds', 'For how long the longest of it has run.');

  const readMemory = () => {
    const open = readings.sockets();
    for (const role of roles) sockets.set({ role }, open.get(role) ?? 0);
    const nowMs = readings.nowMs();
    for (const { maisonId: maison, source, state, downSinceMs } of readings.feeds()) {
      omsUp.set({ maison, source }, state === 'up' ? 1 : 0);
      omsDown.set({ maison, source }, downSinceMs === null ? 0 : (nowMs - downSinceMs) / 1_000);
    }
    const connections = readings.pool();
    if (connections) {
      pool.set({ state: 'idle' }, connections.idle);
      pool.set({ state: 'busy' }, connections.total - connections.idle);
      waiting.set(connections.waiting);
    }
    const background = readings.background();
    running.set(background.running);
    oldest.set(background.oldestMs / 1_000);
  };
  const tellLedger = (ledger: LedgerReadings) => {
    const nowMs = readings.nowMs();
    schema.set(ledger.schemaVersion);
    for (const { maisonId: maison, storeId: store, asOfMs } of ledger.oldestLevels) {
      ages.set({ maison, store }, Math.max(0, nowMs - asOfMs) / 1_000);
    }
    // What there is none of any more must be told as none.
    for (const { storeId: store } of readings.stores()) holds.set({ store }, 0);
    for (const maison of new Set(readings.stores().map(({ maisonId }) => maisonId))) {
      for (const state of letterStates) {
        letters.set({ maison, direction: 'out', state }, 0);
        letters.set({ maison, direction: 'in', state }, 0);
      }
    }
    for (const { storeId: store, count } of ledger.activeHolds) holds.set({ store }, count);
    for (const { maisonId: maison, direction, state, count } of ledger.letters) {
      letters.set({ maison, direction, state }, count);
    }
  };
  return async () => {
    readMemory();
    ready.set((await readings.isReady()) ? 1 : 0);
    try {
      tellLedger(await readings.ledger());
      databaseUp.set(1);
    } catch {
      // Told as a number: a scrape is for looking at a server that is not well.
      databaseUp.set(0);
    }
  };
}
