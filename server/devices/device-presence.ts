import type { Answer, DeviceId, DeviceReport, EpochMs } from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import { houseWide } from '../core/scope.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Database } from '../persistence/database.ts';

/** Between two writings of what devices tell; also how often an open line is vouched for. */
export const presenceEveryMs = 60_000;

/** A screen reports once a minute and when something changes; a broken one is held to this. */
const perDevice = { burst: 6, perSecond: 0.2 };

/** What this node knows of one device. */
export interface Standing {
  readonly online: boolean;
  readonly seenAtMs: EpochMs;
  readonly version: string | null;
  readonly report: DeviceReport | null;
  readonly reportedAtMs: EpochMs | null;
}

interface Known {
  readonly sockets: Set<string>;
  seenAtMs: EpochMs;
  version: string | null;
  report: DeviceReport | null;
  reportedAtMs: EpochMs | null;
  changed: boolean;
}

/**
 * Which devices are there, and what they last told of their health. Kept in memory and written at most once a minute for each
 * device, so that a chatty one costs no disk; of what it told only the latest is kept.
 */
export class DevicePresence {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #buckets: TokenBuckets;
  readonly #known = new Map<DeviceId, Known>();

  constructor({ database, clock }: { database: Database; clock: Clock }) {
    this.#database = database;
    this.#clock = clock;
    this.#buckets = new TokenBuckets(clock, perDevice);
  }

  /** Writes what there is to write, every minute, until the background closes. */
  start(background: Background): void {
    background.every('device-presence', presenceEveryMs, () =>
      houseWide('which devices are there', () => this.flush()),
    );
  }

  arrived(deviceId: DeviceId, socketId: string): void {
    const known = this.#touch(deviceId);
    known.sockets.add(socketId);
  }

  left(deviceId: DeviceId, socketId: string): void {
    const known = this.#touch(deviceId);
    known.sockets.delete(socketId);
  }

  /** A device said hello and which version it runs. */
  greeted(deviceId: DeviceId, version: string): void {
    this.#touch(deviceId).version = version;
  }

  /** Takes a report; the one before is forgotten. */
  report(deviceId: DeviceId, report: DeviceReport): Answer<Nothing> {
    const retryAfterMs = this.#buckets.take(deviceId);
    if (retryAfterMs > 0) return refuse('rate-limited', 'Too many reports.', { retryAfterMs });
    const known = this.#touch(deviceId);
    known.report = report;
    known.reportedAtMs = known.seenAtMs;
    return done({});
  }

  /** What this node knows of a device; undefined where it has nothing newer than the database. */
  standing(deviceId: DeviceId): Standing | undefined {
    const known = this.#known.get(deviceId);
    if (!known) return undefined;
    const { version, report, reportedAtMs } = known;
    const online = known.sockets.size > 0;
    return { online, seenAtMs: online ? this.#clock.nowMs() : known.seenAtMs, version, report, reportedAtMs };
  }

  /** Writes what has changed and vouches for the lines that are open; forgets who has gone and is written down. */
  async flush(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const due: [DeviceId, Known][] = [];
    for (const [deviceId, known] of this.#known) {
      if (known.sockets.size > 0) known.seenAtMs = nowMs;
      else if (!known.changed) this.#known.delete(deviceId);
      if (known.sockets.size > 0 || known.changed) due.push([deviceId, known]);
      known.changed = false;
    }
    try {
      await this.#write(due);
    } catch (fault) {
      for (const [, known] of due) known.changed = true;
      throw fault;
    }
  }

  /** Every line is closed: says so, once and for all. */
  async close(): Promise<void> {
    for (const known of this.#known.values()) {
      if (known.sockets.size > 0) known.seenAtMs = this.#clock.nowMs();
      known.changed ||= known.sockets.size > 0;
      known.sockets.clear();
    }
    await this.flush();
  }

  async #write(due: readonly (readonly [DeviceId, Known])[]): Promise<void> {
    if (due.length === 0) return;
    await this.#database.transact(async (tx) => {
      for (const [deviceId, known] of due) {
        const online = known.sockets.size > 0 ? 1 : 0;
        const told = {
          ...(known.version !== null && { version: known.version }),
          ...(known.report !== null && {
            report: JSON.stringify(known.report),
            reported_at_ms: known.reportedAtMs,
          }),
        };
        await tx
          .insertInto('device_reports')
          .values({ device_id: deviceId, online, seen_at_ms: known.seenAtMs, ...told })
          .onConflict((conflict) =>
            conflict
              .column('device_id')
              .doUpdateSet({ online, seen_at_ms: known.seenAtMs, ...told })
              // Another node may have seen it since.
              .where('device_reports.seen_at_ms', '<=', known.seenAtMs),
          )
          .execute();
      }
    });
  }

  #touch(deviceId: DeviceId): Known {
    const known = this.#known.get(deviceId) ?? {
      sockets: new Set<string>(),
      seenAtMs: 0,
      version: null,
      report: null,
      reportedAtMs: null,
      changed: true,
    };
    known.seenAtMs = this.#clock.nowMs();
    known.changed = true;
    this.#known.set(deviceId, known);
    return known;
  }
}
