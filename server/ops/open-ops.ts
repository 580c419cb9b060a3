import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { createLogger } from '../core/logging.ts';
import type { ServerConfig } from '../server-config.ts';
import type { PoolReading } from './gauges.ts';
import { noMeter, type Meter } from './meter.ts';
import { Metrics } from './metrics-server.ts';

/** By what a server is looked after: its log, and its metrics where it tells any. */
export interface Ops {
  readonly log: Logger;
  readonly meter: Meter;
  readonly metrics: Metrics | null;
  readonly metricsUrl: string | null;
  readonly watchPool: (pool: Pool) => void;
  readonly readPool: () => PoolReading | null;
}

/**
 * Opens the log and, where they are wanted, the metrics: before everything else, so that everything else can be told.
 *
 * @throws {ServerFault} `metrics-port-unusable`
 */
export async function openOps(config: ServerConfig): Promise<Ops> {
  const log = createLogger(config.log);
  let pool: Pool | null = null;
  const metrics = config.metrics
    ? new Metrics({ version: config.version, database: config.databaseUrl ? 'postgres' : 'sqlite' })
    : null;
  return {
    log,
    meter: metrics?.meter ?? noMeter,
    metrics,
    metricsUrl: await listen(config.metrics, metrics, log),
    watchPool: (opened) => {
      pool = opened;
    },
    readPool: () => pool && { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount },
  };
}

async function listen(
  address: ServerConfig['metrics'],
  metrics: Metrics | null,
  log: Logger,
): Promise<string | null> {
  if (!address || !metrics) return null;
  try {
    return `http://${address.host}:${await metrics.listen(address)}/metrics`;
  } catch (fault) {
    if (!address.mayBeMissing) {
      await metrics.close();
      throw fault;
    }
    log.warn({ err: fault }, 'no metrics are told');
    return null;
  }
}
