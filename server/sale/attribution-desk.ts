import * as z from 'zod/mini';
import {
  AdvisorId,
  EpochMs,
  SaleChannel,
  SessionId,
  shareOut,
  SoldLine,
  StoreId,
  type Answer,
  type AttributionRecord,
  type MaisonId,
  type SalePerson,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database, Queries, Tx } from '../persistence/database.ts';
import type { AttributionSigner } from './attribution-keys.ts';
import { ruleFor } from './attribution-rules.ts';

const dayMs = 86_400_000;

/** How an order closed. */
export interface Closing {
  readonly orderId: string;
  readonly sessionId: SessionId;
  readonly channel: SaleChannel;
  readonly storeId: StoreId | null;
  readonly closedBy: readonly AdvisorId[];
  readonly agreedAssistingPercent: number | null;
  readonly closedAtMs: EpochMs;
  readonly lines: readonly SoldLine[];
}

/** `POST /api/attributions/<maison>`: the house's system tells of an order that closed elsewhere, online included. */
export const ClosingBody = z.strictObject({
  orderId: z.string().check(z.minLength(1), z.maxLength(128)),
  /** Of the visit, as the draft's attribution carries it. */
  sessionId: SessionId,
  channel: SaleChannel,
  storeId: z.nullable(StoreId),
  closedBy: z.array(AdvisorId).check(z.maxLength(20)),
  closedAtMs: EpochMs,
  lines: z.array(SoldLine).check(z.minLength(1), z.maxLength(100)),
});
export const ClosingReply = z.object({ record: z.string() });

/** Who is credited for a sale, wherever it closes: one signed record for each order, which never changes. */
export class AttributionDesk {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #settings: HouseSettings;
  readonly #signer: AttributionSigner;
  readonly #audit: AuditLog;
  readonly #clock: Clock;

  constructor(deps: {
    database: Database;
    houses: Houses;
    settings: HouseSettings;
    signer: AttributionSigner;
    audit: AuditLog;
    clock: Clock;
  }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#settings = deps.settings;
    this.#signer = deps.signer;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Makes the record of a closing; not kept yet. */
  async recordOf(maisonId: MaisonId, closing: Closing): Promise<Answer<AttributionRecord>> {
    const session = await this.#database.db
      .selectFrom('sessions')
      .innerJoin('devices', 'devices.id', 'sessions.kiosk_id')
      .leftJoin('activations', 'activations.id', 'devices.activation_id')
      .select([
        'sessions.id',
        'sessions.store_id',
        'sessions.kiosk_id',
        'sessions.advisor_id',
        'sessions.started_at_ms',
        'activations.id as activation_id',
        'activations.agency',
      ])
      .where('sessions.id', '=', closing.sessionId)
      .where('sessions.maison_id', '=', maisonId)
      .executeTakeFirst();
    if (!session) return refuse('not-found', 'There is no such visit, or it was forgotten in its time.');
    if (closing.closedAtMs < session.started_at_ms)
      return refuse('conflict', 'The order closed before the visit began.');
    const { region, rule } = ruleFor(this.#settings, maisonId, session.store_id);
    if (closing.closedAtMs > session.started_at_ms + rule.windowDays * dayMs)
      return refuse('conflict', `The order closed more than ${rule.windowDays} days after the visit.`);
    if (closing.storeId !== null && !(await this.#houses.store(maisonId, closing.storeId)))
      return refuse('not-found', `There is no boutique ${closing.storeId}.`);
    const closedBy = await this.#people(maisonId, closing.closedBy);
    if (!closedBy.ok) return closedBy;
    const assistedBy = await this.#people(maisonId, [session.advisor_id]);
    if (!assistedBy.ok) return assistedBy;
    const hands = {
      maisonId,
      sessionId: session.id,
      mirror: { storeId: session.store_id, deviceId: session.kiosk_id },
      agency:
        session.activation_id === null
          ? null
          : { activationId: session.activation_id, name: session.agency ?? '' },
      assistedBy: assistedBy.value,
      closedBy: closedBy.value,
      agreedAssistingPercent: rule.agreement ? closing.agreedAssistingPercent : null,
    };
    const { orderId, channel, storeId, closedAtMs } = closing;
    const lines = closing.lines.map((line) => ({ ...line, shares: shareOut(line.amountMinor, hands, rule) }));
    return done({ ...hands, iss: 'vitrine', orderId, channel, storeId, closedAtMs, region, rule, lines });
  }

  /** Keeps a signed record; the first of an order is the one that counts, and is given. */
  async keep(tx: Tx, record: AttributionRecord, signed: string): Promise<string> {
    const { maisonId, orderId, sessionId, storeId } = record;
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('attributions')
      .values({
        maison_id: maisonId,
        order_id: orderId,
        session_id: sessionId,
        record: signed,
        made_at_ms: this.#clock.nowMs(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return (await keptIn(tx, maisonId, orderId)) ?? signed;
    await this.#audit.note(tx, {
      maisonId,
      storeId,
      actor: { kind: 'server', id: null },
      action: 'sale.attributed',
      subject: orderId,
      reason: record.channel,
    });
    return signed;
  }

  async sign(record: AttributionRecord): Promise<string> {
    return await this.#signer.sign(record);
  }

  /** The signed record of an order, if there is one. */
  async kept(maisonId: MaisonId, orderId: string): Promise<string | null> {
    return await keptIn(this.#database.db, maisonId, orderId);
  }

  /** Takes an order that closed elsewhere. However often it is told, the first record is given. */
  async closeElsewhere(
    maisonId: MaisonId,
    closing: z.infer<typeof ClosingBody>,
  ): Promise<Answer<{ record: string }>> {
    const before = await this.kept(maisonId, closing.orderId);
    if (before !== null) return done({ record: before });
    if (closing.closedAtMs > this.#clock.nowMs() + dayMs)
      return refuse('bad-request', 'The order is said to have closed in the future.');
    const record = await this.recordOf(maisonId, { ...closing, agreedAssistingPercent: null });
    if (!record.ok) return record;
    const signed = await this.sign(record.value);
    return done({ record: await this.#database.transact((tx) => this.keep(tx, record.value, signed)) });
  }

  async #people(maisonId: MaisonId, ids: readonly AdvisorId[]): Promise<Answer<SalePerson[]>> {
    if (ids.length === 0) return done([]);
    const rows = await this.#database.db
      .selectFrom('advisors')
      .select(['id', 'store_id'])
      .where('maison_id', '=', maisonId)
      .where('id', 'in', ids)
      .orderBy('id')
      .execute();
    const missing = ids.find((id) => !rows.some((row) => row.id === id));
    if (missing !== undefined) return refuse('not-found', `There is no advisor ${missing}.`);
    return done(rows.map((row) => ({ advisorId: row.id, storeId: row.store_id })));
  }
}

async function keptIn(db: Queries, maisonId: MaisonId, orderId: string): Promise<string | null> {
  const row = await db
    .selectFrom('attributions')
    .select('record')
    .where('maison_id', '=', maisonId)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row?.record ?? null;
}
