import { join } from 'node:path';
import { marksFolderName } from '../clients/erasure-marks.ts';
import type { ServerConfig } from '../server-config.ts';
import type { Settings } from './setting-specs.ts';

/** Where metrics are told unless somebody says where. */
const usualMetricsPort = 9464;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What settings mean to a server. */
export function serverSettings(
  settings: Settings,
): Pick<
  ServerConfig,
  | 'dataDir'
  | 'databaseUrl'
  | 'redisUrl'
  | 'log'
  | 'metrics'
  | 'backups'
  | 'erasuresDir'
  | 'trustProxy'
  | 'timings'
> {
  const { metricsPort, metricsHost, backupDir, erasuresDir } = settings;
  return {
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl ?? undefined,
    redisUrl: settings.redisUrl ?? undefined,
    log: { level: settings.logLevel },
    // Nobody asked for the usual port: another program may have it.
    metrics:
      metricsPort === 0
        ? undefined
        : { host: metricsHost, port: metricsPort ?? usualMetricsPort, mayBeMissing: metricsPort === null },
    backups:
      backupDir === null
        ? undefined
        : { toDir: backupDir, everyMs: settings.backupEveryHours * hourMs, keep: settings.backupsKept },
    erasuresDir: erasuresDir ?? (backupDir === null ? undefined : join(backupDir, marksFolderName)),
    trustProxy: settings.trustProxy ?? undefined,
    timings: {
      holdMs: settings.holdMinutes * minuteMs,
      signInMs: settings.signInHours * hourMs,
      reconcileEveryMs: settings.reconcileEverySeconds * 1_000,
      drainNoticeMs: settings.drainNoticeSeconds * 1_000,
      drainMs: settings.drainSeconds * 1_000,
    },
  };
}
