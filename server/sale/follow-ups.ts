import {
  dayIn,
  followUpSeenMs,
  type Answer,
  type CommandReply,
  type FollowUp,
  type FollowUpChange,
  type SaleStepId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Tx } from '../persistence/database.ts';
import { askHouse } from './ask-house.ts';
import { yesOfSale } from './client-of-sale.ts';
import type { SaleReader } from './sale-reader.ts';
import type { SaleStepRow, SaleSteps } from './sale-steps.ts';
import { bodyOf, FollowUpBody } from './step-bodies.ts';

const dayMs = 24 * 3_600_000;

/** A task with whoever may see it. */
interface Mine {
  readonly row: SaleStepRow;
  readonly advisorId: string;
}

/** What advisors promised their clients, as tasks with days. Each is its advisor's, or everybody's in the boutique; and no one else's. */
export class FollowUps {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #houses: Houses;
  readonly #connectors: Connectors;
  readonly #audit: AuditLog;

  constructor(deps: {
    steps: SaleSteps;
    reader: SaleReader;
    houses: Houses;
    connectors: Connectors;
    audit: AuditLog;
  }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#houses = deps.houses;
    this.#connectors = deps.connectors;
    this.#audit = deps.audit;
  }

  /** The soonest first; one that was done stays for a moment. */
  async list(device: Device): Promise<Answer<CommandReply<'follow-up.list'>>> {
    const who = await this.#steps.signedIn(device);
    if (!who.ok) return who;
    const { maisonId, storeId } = device;
    const nowMs = this.#steps.clock.nowMs();
    const rows = await this.#steps.database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('store_id', '=', storeId)
      .where('kind', '=', 'follow-up')
      .where('until_ms', '>', nowMs)
      .where((eb) => eb.or([eb('state', '=', 'open'), eb('changed_at_ms', '>', nowMs - followUpSeenMs)]))
      .execute();
    const isMine = await this.#ownership(device, who.value.advisorId);
    const timeZone = await this.#timeZoneOf(device);
    const followUps = await Promise.all(rows.filter(isMine).map((row) => this.#put(row, timeZone)));
    return done({
      today: dayIn(nowMs, timeZone),
      followUps: followUps.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)),
    });
  }

  async change(device: Device, id: SaleStepId, change: FollowUpChange): Promise<Answer<Nothing>> {
    const found = await this.#find(device, id);
    if (!found.ok) return found;
    const { row, advisorId } = found.value;
    const from = change.kind === 'reopen' ? 'done' : 'open';
    const state = change.kind === 'done' ? 'done' : 'open';
    // Touched twice, it is as it was wished.
    if (row.state !== from && row.state === state && change.kind !== 'move' && change.kind !== 'hand')
      return done({});
    if (change.kind === 'move') {
      const timeZone = await this.#timeZoneOf(device);
      const [today, last] = [this.#steps.clock.nowMs(), row.until_ms].map((atMs) => dayIn(atMs, timeZone));
      if (change.dueOn < (today ?? '') || change.dueOn > (last ?? ''))
        return refuse('bad-request', 'The day is over, or after the end of the client’s yes.');
    }
    if (change.kind === 'hand' && change.advisorId !== null) {
      const colleagues = await this.#houses.advisors(device.maisonId, device.storeId);
      if (!colleagues.some((one) => one.id === change.advisorId))
        return refuse('not-found', 'There is no such advisor in this boutique.');
    }
    const body = bodyOf(FollowUpBody, row);
    const moved = await this.#steps.database.transact(async (tx) => {
      const now = await this.#steps.move(tx, row, [from], {
        state,
        ...(change.kind === 'move' && { body: JSON.stringify({ ...body, dueOn: change.dueOn }) }),
        ...(change.kind === 'hand' && { other_id: change.advisorId }),
      });
      if (now) await this.#note(tx, row, advisorId, change);
      return now;
    });
    if (!moved) return refuse('conflict', 'The task has changed meanwhile.');
    this.#steps.tell(row);
    return done({});
  }

  /** Who it is about: asked of the house each time, kept nowhere, and written down that it was asked. */
  async client(device: Device, id: SaleStepId): Promise<Answer<CommandReply<'follow-up.client'>>> {
    const found = await this.#find(device, id);
    if (!found.ok) return found;
    const { row, advisorId } = found.value;
    const { database, clock } = this.#steps;
    const yes = await yesOfSale(database.db, row.session_id, 'remember', clock.nowMs());
    if (!yes) return refuse('consent-missing', 'The client is remembered no more.');
    const { connector } = this.#connectors.of(device.maisonId);
    const asked = await askHouse(() => connector.findClient({ kind: 'client-id', value: yes.clientId }));
    if (!asked.ok) return asked;
    if (asked.value.kind === 'unknown-client')
      return refuse('client-unknown', 'The house does not know this client any more.');
    const { name, locale } = asked.value.client;
    const still = await database.transact(async (tx) => {
      const stands = await yesOfSale(tx, row.session_id, 'remember', clock.nowMs());
      if (!stands) return false;
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor: { kind: 'advisor', id: advisorId },
        action: 'client.read',
        subject: yes.linkId,
        reason: 'remember',
      });
      return true;
    });
    return still ? done({ name, locale }) : refuse('consent-missing', 'The client is remembered no more.');
  }

  /** Forgets what was done yesterday, and what no yes keeps any more. */
  async prune(): Promise<void> {
    const nowMs = this.#steps.clock.nowMs();
    await this.#steps.database.db
      .deleteFrom('sale_steps')
      .where('kind', '=', 'follow-up')
      .where((eb) =>
        eb.or([
          eb('until_ms', '<=', nowMs),
          eb.and([eb('state', '=', 'done'), eb('changed_at_ms', '<=', nowMs - dayMs)]),
        ]),
      )
      .execute();
  }

  async #find(device: Device, id: SaleStepId): Promise<Answer<Mine>> {
    const who = await this.#steps.signedIn(device);
    if (!who.ok) return who;
    const { advisorId } = who.value;
    const row = await this.#steps.find(device, 'follow-up', id);
    if (!row || row.store_id !== device.storeId || row.until_ms <= this.#steps.clock.nowMs())
      return refuse('not-found', 'There is no such task in this boutique.');
    const isMine = await this.#ownership(device, advisorId);
    return isMine(row) ? done({ row, advisorId }) : refuse('forbidden', 'This is a colleague’s task.');
  }

  /** Whose a task is: its owner's; everybody's where it has none, or one who has left the boutique. */
  async #ownership({ maisonId, storeId }: Device, advisorId: string): Promise<(row: SaleStepRow) => boolean> {
    const here = new Set((await this.#houses.advisors(maisonId, storeId)).map(({ id }) => id));
    return ({ other_id: owner }) => owner === null || owner === advisorId || !here.has(owner);
  }

  async #put(row: SaleStepRow, timeZone: string): Promise<FollowUp> {
    return {
      ...bodyOf(FollowUpBody, row),
      id: row.id,
      state: row.state === 'done' ? 'done' : 'open',
      notedAtMs: row.made_at_ms,
      notedBy: await this.#reader.advisor(row.maison_id, row.advisor_id),
      owner: row.other_id === null ? null : await this.#reader.advisor(row.maison_id, row.other_id),
      lastDay: dayIn(row.until_ms, timeZone),
      changedAtMs: row.changed_at_ms,
    };
  }

  async #note(tx: Tx, row: SaleStepRow, advisorId: string, change: FollowUpChange): Promise<void> {
    if (change.kind !== 'done' && change.kind !== 'hand') return;
    await this.#audit.note(tx, {
      maisonId: row.maison_id,
      storeId: row.store_id,
      actor: { kind: 'advisor', id: advisorId },
      action: change.kind === 'done' ? 'follow-up.done' : 'follow-up.handed',
      subject: row.id,
      ...(change.kind === 'hand' && { reason: `to ${change.advisorId ?? 'the boutique'}` }),
    });
  }

  async #timeZoneOf({ maisonId, storeId }: Device): Promise<string> {
    return (await this.#houses.store(maisonId, storeId))?.timeZone ?? 'UTC';
  }
}

function orderOf({ dueOn, notedAtMs, id }: FollowUp): string {
  return `${dueOn} ${String(notedAtMs).padStart(16, '0')} ${id}`;
}
