import type { Answer, AuditActor, BoardPasskey, MaisonId, Passkey } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing, type Refusal } from '../core/answers.ts';
import type { Hints } from '../core/hints.ts';
import type { Device } from '../devices/device-rows.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';

/** Most passkeys of one reading of the console. */
const mostShown = 2_000;

/** Which passkeys there are, and their end: by their advisor, by the operator, or because there are two of one. */
export class PasskeyBook {
  readonly #database: Database;
  readonly #desk: AdvisorDesk;
  readonly #audit: AuditLog;
  readonly #hints: Hints;

  constructor(deps: { database: Database; desk: AdvisorDesk; audit: AuditLog; hints: Hints }) {
    this.#database = deps.database;
    this.#desk = deps.desk;
    this.#audit = deps.audit;
    this.#hints = deps.hints;
  }

  /** The passkeys of whoever is signed in on this tablet. */
  async list(device: Device): Promise<Answer<{ passkeys: Passkey[] }>> {
    const advisor = await this.#desk.signedIn(device);
    if (!advisor) return nobodySignedIn();
    const rows = await this.#database.db
      .selectFrom('passkeys')
      .selectAll()
      .where('maison_id', '=', device.maisonId)
      .where('advisor_id', '=', advisor.id)
      .orderBy('made_at_ms')
      .orderBy('id')
      .execute();
    return done({ passkeys: rows.map(asPasskey) });
  }

  /** Every passkey of a Maison, or of all, with whose it is. */
  async board(maisonId: MaisonId | null): Promise<BoardPasskey[]> {
    let query = this.#database.db
      .selectFrom('passkeys')
      .innerJoin('advisors', (join) =>
        join
          .onRef('advisors.maison_id', '=', 'passkeys.maison_id')
          .onRef('advisors.id', '=', 'passkeys.advisor_id'),
      )
      .selectAll('passkeys')
      .select(['advisors.store_id', 'advisors.name as advisor_name']);
    if (maisonId !== null) query = query.where('passkeys.maison_id', '=', maisonId);
    const rows = await query
      .orderBy('passkeys.maison_id')
      .orderBy('advisors.name')
      .orderBy('passkeys.made_at_ms')
      .orderBy('passkeys.id')
      .limit(mostShown)
      .execute();
    return rows.map((row) => ({
      ...asPasskey(row),
      maisonId: row.maison_id,
      storeId: row.store_id,
      advisorName: row.advisor_name,
    }));
  }

  /** The advisor takes one of their own back. Where it signed them in elsewhere, that ends; here they stay. */
  async remove(device: Device, passkeyId: string): Promise<Answer<Nothing>> {
    const advisor = await this.#desk.signedIn(device);
    if (!advisor) return nobodySignedIn();
    return await this.#end(
      (row) => row.id === passkeyId && row.maison_id === device.maisonId && row.advisor_id === advisor.id,
      passkeyId,
      { kind: 'advisor', id: advisor.id },
      { staysOn: device.id },
    );
  }

  /** The operator, or a Maison's console, takes anybody's back; whoever it signed in is signed out. */
  async removeFor(
    { maisonId, actor }: { readonly maisonId: MaisonId | null; readonly actor: AuditActor },
    passkeyId: string,
  ): Promise<Answer<Nothing>> {
    return await this.#end((row) => maisonId === null || row.maison_id === maisonId, passkeyId, actor, {});
  }

  /** There are two of it, and nobody can say which is the advisor's own: neither opens anything any more. */
  async revokeCopied({ id }: Tables['passkeys']): Promise<void> {
    const server = { kind: 'server', id: null } as const;
    await this.#end(() => true, id, server, { reason: 'its counter went back' });
  }

  async #end(
    isMeant: (row: Tables['passkeys']) => boolean,
    passkeyId: string,
    actor: AuditActor,
    how: { readonly staysOn?: string; readonly reason?: string },
  ): Promise<Answer<Nothing>> {
    const ended = await this.#database.transact(async (tx) => {
      const row = await tx.selectFrom('passkeys').selectAll().where('id', '=', passkeyId).executeTakeFirst();
      if (!row || !isMeant(row)) return null;
      const { numDeletedRows } = await tx.deleteFrom('passkeys').where('id', '=', row.id).executeTakeFirst();
      if (numDeletedRows === 0n) return null;
      await this.#note(tx, row, actor, how.reason ?? null);
      return await endSignIns(tx, row, how.staysOn ?? null);
    });
    if (!ended) return refuse('not-found', 'There is no such passkey.');
    for (const deviceId of ended) this.#hints.publish({ kind: 'signed-out', deviceId });
    return done({});
  }

  async #note(tx: Tx, row: Tables['passkeys'], actor: AuditActor, reason: string | null): Promise<void> {
    const advisor = await tx
      .selectFrom('advisors')
      .select('store_id')
      .where('maison_id', '=', row.maison_id)
      .where('id', '=', row.advisor_id)
      .executeTakeFirst();
    await this.#audit.note(tx, {
      maisonId: row.maison_id,
      storeId: advisor?.store_id ?? null,
      actor,
      action: 'passkey.revoked',
      subject: row.advisor_id,
      reason,
    });
  }
}

/** Ends what a passkey opened, but for one tablet; returns the tablets on which nobody is signed in any more. */
async function endSignIns(tx: Tx, row: Tables['passkeys'], staysOn: string | null): Promise<string[]> {
  const opened = tx
    .deleteFrom('sign_ins')
    .where('maison_id', '=', row.maison_id)
    .where('passkey_id', '=', row.id)
    .where('device_id', '!=', staysOn ?? '');
  const ended = await opened.returning('device_id').execute();
  return ended.map(({ device_id: deviceId }) => deviceId);
}

/** A passkey's row as its advisor sees it. */
export function asPasskey(row: Tables['passkeys']): Passkey {
  return { id: row.id, madeOn: row.made_on, madeAtMs: row.made_at_ms, usedAtMs: row.used_at_ms };
}

/** The refusal for a tablet that lies on the counter. */
export function nobodySignedIn(): Refusal {
  return refuse('unauthenticated', 'Nobody is signed in on this tablet.');
}
