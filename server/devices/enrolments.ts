import type {
  Answer,
  AuditActor,
  DeviceId,
  DeviceIdentity,
  DeviceRole,
  EnrolRequest,
  EpochMs,
  MaisonId,
  OpenEnrolment,
  StoreId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newId, newTypedCode, type Random } from '../core/random.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { ServerSecrets } from './secrets.ts';

/** For whom an enrolment code is made. */
export interface EnrolmentTarget {
  readonly maisonId: MaisonId;
  readonly storeId: StoreId;
  readonly role: DeviceRole;
  readonly name: string;
}

const operator: AuditActor = { kind: 'operator', id: null };

/** Sixteen letters hold 80 bits: nobody guesses one, and it can still be typed. */
const enrolmentLetters = 16;

/** A used or expired code is known this long still: whoever lost the answer asks again, whoever comes late hears what became of it. */
export const enrolmentKeptMs = 7 * 24 * 3_600_000;

/** Codes forgotten in one transaction. */
const codesAtOnce = 500;

/** Most links of one listing. */
const mostListed = 200;

/** One-time links for new devices: made, used up, listed while they are open, withdrawn. */
export class Enrolments {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #houses: Houses;
  readonly #audit: AuditLog;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #enrolmentMs: number;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    houses: Houses;
    audit: AuditLog;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
    enrolmentMs: number;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#houses = deps.houses;
    this.#audit = deps.audit;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#enrolmentMs = deps.enrolmentMs;
  }

  /** Makes a one-time code. Only its hash is kept. */
  async make(
    target: EnrolmentTarget,
    actor: AuditActor = operator,
  ): Promise<Answer<{ code: string; expiresAtMs: EpochMs }>> {
    const { maisonId, storeId, role, name } = target;
    if (!(await this.#houses.store(maisonId, storeId))) {
      return refuse('not-found', `There is no boutique ${storeId} of ${maisonId}.`);
    }
    if (role === 'embed') return refuse('bad-request', 'An agency’s page enrols by its activation’s key.');
    const code = newTypedCode(this.#random, enrolmentLetters);
    const expiresAtMs = this.#clock.nowMs() + this.#enrolmentMs;
    await this.#database.transact(async (tx) => {
      await tx
        .insertInto('enrolments')
        .values({
          code_hash: this.#secrets.ownHash('enrolment', code),
          maison_id: maisonId,
          store_id: storeId,
          role,
          name,
          expires_at_ms: expiresAtMs,
          device_id: null,
        })
        .execute();
      await this.#audit.note(tx, { maisonId, storeId, actor, action: 'device.enrolment-made', reason: role });
    });
    return done({ code, expiresAtMs });
  }

  /** Uses a code up. The same key with the same code gets the same answer again: the first may have been lost. */
  async use(request: EnrolRequest): Promise<Answer<{ identity: DeviceIdentity }>> {
    const hash = this.#secrets.ownHash('enrolment', normalised(request.code));
    const nowMs = this.#clock.nowMs();
    const publicKey = JSON.stringify(request.publicKey);
    const enrolled = await this.#database.transact(async (tx): Promise<Answer<DeviceId>> => {
      const row = await tx
        .selectFrom('enrolments')
        .selectAll()
        .where('code_hash', '=', hash)
        .executeTakeFirst();
      if (!row) return refuse('code-unknown', 'This enrolment code is not known.');
      if (row.device_id !== null) return await this.#usedBefore(tx, row.device_id, publicKey);
      if (row.role !== request.role) {
        return refuse('forbidden', `This code is for another kind of device (${row.role}).`);
      }
      const id = newId(this.#random);
      const taken = await tx
        .updateTable('enrolments')
        .set({ device_id: id })
        .where('code_hash', '=', hash)
        .where('device_id', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      if (taken.numUpdatedRows === 0n) {
        if (row.expires_at_ms <= nowMs) return refuse('code-expired', 'This enrolment code has expired.');
        return refuse('code-used', 'This enrolment code has been used.');
      }
      await tx
        .insertInto('devices')
        .values({
          id,
          maison_id: row.maison_id,
          store_id: row.store_id,
          role: row.role,
          name: row.name,
          public_key: publicKey,
          enrolled_at_ms: nowMs,
          revoked_at_ms: null,
        })
        .execute();
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor: { kind: 'device', id },
        action: 'device.enrolled',
        subject: id,
        reason: row.role,
      });
      return done(id);
    });
    if (!enrolled.ok) return enrolled;
    const device = await this.#registry.find(enrolled.value);
    if (!device.ok) return device;
    return done({ identity: await this.#registry.identity(device.value) });
  }

  async #usedBefore(db: Database['db'], deviceId: DeviceId, publicKey: string): Promise<Answer<DeviceId>> {
    const device = await db
      .selectFrom('devices')
      .select('public_key')
      .where('id', '=', deviceId)
      .executeTakeFirst();
    if (device?.public_key === publicKey) return done(deviceId);
    return refuse('code-used', 'This enrolment code has been used.');
  }

  /** The links of a Maison (of all, where it is null) that can still be used, whoever runs out first before the others. */
  async open(maisonId: MaisonId | null): Promise<OpenEnrolment[]> {
    let query = this.#database.db
      .selectFrom('enrolments')
      .select(['code_hash', 'maison_id', 'store_id', 'role', 'name', 'expires_at_ms'])
      .where('device_id', 'is', null)
      .where('expires_at_ms', '>', this.#clock.nowMs());
    if (maisonId !== null) query = query.where('maison_id', '=', maisonId);
    const rows = await query.orderBy('expires_at_ms').orderBy('code_hash').limit(mostListed).execute();
    return rows.map((row) => ({
      id: row.code_hash,
      maisonId: row.maison_id,
      storeId: row.store_id,
      role: row.role,
      name: row.name,
      expiresAtMs: row.expires_at_ms,
    }));
  }

  /** Takes a link back that nobody has used. */
  async withdraw(maisonId: MaisonId | null, id: string, actor: AuditActor): Promise<Answer<Nothing>> {
    const withdrawn = await this.#database.transact(async (tx) => {
      let query = tx.deleteFrom('enrolments').where('code_hash', '=', id).where('device_id', 'is', null);
      if (maisonId !== null) query = query.where('maison_id', '=', maisonId);
      const row = await query.returning(['maison_id', 'store_id', 'role']).executeTakeFirst();
      if (!row) return false;
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor,
        action: 'device.enrolment-withdrawn',
        reason: row.role,
      });
      return true;
    });
    return withdrawn ? done({}) : refuse('not-found', 'There is no such open link to withdraw.');
  }

  /** Forgets codes that nobody can use any more. The devices that came by them stay. */
  async prune(): Promise<void> {
    while (await this.#forgetSome(this.#clock.nowMs() - enrolmentKeptMs));
  }

  async #forgetSome(beforeMs: EpochMs): Promise<boolean> {
    const { db } = this.#database;
    const old = db
      .selectFrom('enrolments')
      .select('code_hash')
      .where('expires_at_ms', '<', beforeMs)
      .limit(codesAtOnce);
    const { numDeletedRows } = await db
      .deleteFrom('enrolments')
      .where('code_hash', 'in', old)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows) === codesAtOnce;
  }
}

/** Codes are read as people write them. */
function normalised(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
