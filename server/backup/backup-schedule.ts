import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import { ServerFault } from '../core/server-fault.ts';
import type { Meter } from '../ops/meter.ts';
import { backupsIn, madeAtMs, makeBackup } from './make-backup.ts';

/** How a server keeps its own backups. */
export interface BackupPlan {
  readonly toDir: string;
  readonly everyMs: number;
  /** How many are kept. */
  readonly keep: number;
}

/** Looked this often whether one is due: a server that was off at the hour makes it up soon after. */
const lookEveryMs = 5 * 60_000;

/** Makes a backup whenever the newest is older than the plan allows, and removes the oldest. The newest is known by its name, so a restart changes nothing. */
export function keepBackups(deps: {
  readonly plan: BackupPlan;
  readonly dataDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly background: Background;
  readonly meter: Pick<Meter, 'backupEnded'>;
}): void {
  const { plan, dataDir, version, clock, background, meter } = deps;
  const look = async () => {
    const nowMs = clock.nowMs();
    const newestMs = madeAtMs((await backupsIn(plan.toDir)).at(-1) ?? '');
    if (newestMs !== null && nowMs - newestMs < plan.everyMs) return;
    try {
      await makeBackup({ dataDir, toDir: plan.toDir, version, nowMs, keep: plan.keep });
      meter.backupEnded({ ok: true, atMs: nowMs });
    } catch (fault) {
      // Somebody makes one at this moment: the next look finds it, or makes it up.
      if (fault instanceof ServerFault && fault.code === 'backup-running') return;
      meter.backupEnded({ ok: false, atMs: nowMs });
      throw fault;
    }
  };
  background.run('backup', look);
  background.every('backup', Math.min(lookEveryMs, plan.everyMs), look);
}
