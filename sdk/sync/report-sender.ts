import type { DeviceReport } from '../../protocol/device-report.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import type { Unsubscribe } from '../core/emitter.ts';
import type { Link } from './link.ts';

/** Between two reports while nothing happens. */
const everyMs = 60_000;

/** How often is looked whether something happened; no report comes sooner after another. */
const lookEveryMs = 10_000;

/** The words and counts of a report: what changes by itself from moment to moment is no news. */
function newsOf({ faults, mirror }: DeviceReport): string {
  if (!mirror) return JSON.stringify({ faults });
  const { camera, tracking, delegate, tier, recoveries } = mirror;
  return JSON.stringify({ faults, camera, tracking, delegate, tier, recoveries });
}

/**
 * Tells the server how this device fares: once a minute, sooner when something has changed, and only while the line is live; what
 * could not be told is not kept. Returns what stops it.
 */
export function sendReports(
  link: Pick<Link, 'state' | 'command'>,
  clock: Clock,
  read: () => DeviceReport,
): Unsubscribe {
  let told = '';
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let cancel: CancelTimer = () => {};
  const look = (): void => {
    cancel = clock.after(lookEveryMs, look);
    if (link.state.get().status.kind !== 'live') {
      // Whoever comes back is told anew.
      told = '';
      return;
    }
    const report = read();
    const news = newsOf(report);
    if (news === told && clock.monotonicMs() - toldAtMs < everyMs) return;
    told = news;
    toldAtMs = clock.monotonicMs();
    // A report that is refused is of no use later: the next one is.
    void link.command('device.report', report);
  };
  cancel = clock.after(lookEveryMs, look);
  return () => cancel();
}
