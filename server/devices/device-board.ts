import * as z from 'zod/mini';
import { DeviceReport, type BoardDevice, type MaisonId } from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../persistence/database.ts';
import { presenceEveryMs, type DevicePresence } from './device-presence.ts';

/** Most devices of one reading; the revoked are the first to be left out. */
const mostDevices = 2_000;

/** An open line is vouched for every minute; of one that was not for so long, the node has died. */
const vouchedForMs = 2.5 * presenceEveryMs;

/** Devices as the console shows them: who they are, by the database; how they fare, by the node that holds their line. */
export class DeviceBoard {
  readonly #database: Database;
  readonly #presence: DevicePresence;
  readonly #clock: Clock;

  constructor(deps: { database: Database; presence: DevicePresence; clock: Clock }) {
    this.#database = deps.database;
    this.#presence = deps.presence;
    this.#clock = deps.clock;
  }

  /** The devices of a Maison, or of all: by boutique in the house's order, there its own before agencies' browsers, the revoked last. */
  async read(maisonId: MaisonId | null): Promise<BoardDevice[]> {
    let query = this.#database.db
      .selectFrom('devices')
      .innerJoin('stores', 'stores.id', 'devices.store_id')
      .leftJoin('device_reports', 'device_reports.device_id', 'devices.id')
      .select([
        'devices.id as id',
        'devices.maison_id as maisonId',
        'devices.store_id as storeId',
        'devices.role as role',
        'devices.name as name',
        'devices.enrolled_at_ms as enrolledAtMs',
        'devices.revoked_at_ms as revokedAtMs',
        'device_reports.version as version',
        'device_reports.online as online',
        'device_reports.seen_at_ms as seenAtMs',
        'device_reports.report as report',
        'device_reports.reported_at_ms as reportedAtMs',
      ]);
    if (maisonId !== null) query = query.where('devices.maison_id', '=', maisonId);
    const rows = await query
      .orderBy((order) => order.case().when('devices.revoked_at_ms', 'is', null).then(0).else(1).end())
      .orderBy('devices.maison_id')
      .orderBy('stores.position')
      .orderBy((order) => order.case().when('devices.activation_id', 'is', null).then(0).else(1).end())
      .orderBy('devices.role')
      .orderBy('devices.name')
      .orderBy('devices.id')
      .limit(mostDevices)
      .execute();
    const nowMs = this.#clock.nowMs();
    return rows.map(({ online, seenAtMs, version, report, reportedAtMs, ...device }) => {
      const here = this.#presence.standing(device.id);
      const isNewer = here !== undefined && here.seenAtMs >= (seenAtMs ?? 0);
      const isOnline = isNewer
        ? here.online
        : online === 1 && seenAtMs !== null && nowMs - seenAtMs < vouchedForMs;
      return {
        ...device,
        online: isOnline && device.revokedAtMs === null,
        seenAtMs: isNewer ? here.seenAtMs : seenAtMs,
        version: here?.version ?? version,
        report: here?.report ?? readReport(report),
        reportedAtMs: here?.report ? here.reportedAtMs : reportedAtMs,
      };
    });
  }
}

/** A report of an older version may have another form: it is then not shown. */
function readReport(stored: string | null): DeviceReport | null {
  if (stored === null) return null;
  const parsed = z.safeParse(DeviceReport, JSON.parse(stored));
  return parsed.success ? parsed.data : null;
}
