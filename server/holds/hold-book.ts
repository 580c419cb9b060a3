import { sql } from 'kysely';
import type {
  Answer,
  CommandId,
  Hold,
  HoldId,
  HoldState,
  SessionFact,
  SessionId,
  Sku,
  StoreId,
} from '../../protocol/index.ts';
import { Alarm } from '../core/alarm.ts';
import { done, refuse } from '../core/answers.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { lockOpenSession, sessionEnded, type Sessions } from '../sessions/sessions.ts';
import { lockStore, logLevels, nextFreeAtMs } from '../stock/stock-writer.ts';
import { asHold } from './hold-rows.ts';

/** What is needed to hold one piece. Who may ask for it is settled before. */
export interface HoldRequest {
  readonly storeId: StoreId;
  readonly sku: Sku;
  readonly sessionId: SessionId;
  readonly deviceId: string;
  readonly commandId: CommandId;
}

/** What was committed beside the answer, so that it can be told. */
interface Placed {
  readonly answer: Answer<{ hold: Hold }>;
  readonly fromSeq: number | null;
}

/**
 * Soft holds: one piece kept back for a client until a moment. A hold is placed by one conditional statement under the
 * boutique's write lock, so there are never more active holds than pieces were on hand when each was placed.
 */
export class HoldBook {
  readonly #database: Database;
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #holdMs: number;
  readonly #expiry: Alarm;

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    clock: Clock;
    random: Random;
    hints: Hints;
    background: Background;
    holdMs: number;
  }) {
    this.#database = deps.database;
    this.#sessions = deps.sessions;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#holdMs = deps.holdMs;
    this.#expiry = new Alarm({
      name: 'hold-expiry',
      clock: deps.clock,
      background: deps.background,
      work: () => this.expireDue(),
      nextDueMs: () => this.#nextExpiryMs(),
    });
  }

  /** Expires what ran out while the server was down, then waits for the next. */
  async start(): Promise<void> {
    await this.#expiry.start();
  }

  /** Holds a piece for the client of this tablet's session. */
  async place(
    device: Device,
    commandId: CommandId,
    sessionId: SessionId,
    sku: Sku,
  ): Promise<Answer<{ hold: Hold }>> {
    const session = await this.#sessions.partyTo(device, sessionId);
    if (!session.ok) return session;
    return await this.take({ storeId: device.storeId, sku, sessionId, deviceId: device.id, commandId });
  }

  /** Takes one piece, or says why not. The same device and command always get the same hold. */
  async take(request: HoldRequest): Promise<Answer<{ hold: Hold }>> {
    const { answer, fromSeq } = await this.#database.transact((tx) => this.#insert(tx, request));
    if (answer.ok && fromSeq !== null) {
      this.#expiry.set(answer.value.hold.expiresAtMs);
      this.#hints.publish({ kind: 'stock', storeId: request.storeId });
      this.#hints.publish({ kind: 'session', sessionId: request.sessionId, fromSeq });
    }
    return answer;
  }

  async #insert(tx: Tx, request: HoldRequest): Promise<Placed> {
    const { storeId, sku, sessionId, deviceId, commandId } = request;
    await lockStore(tx, storeId);
    const before = await tx
      .selectFrom('holds')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('command_id', '=', commandId)
      .executeTakeFirst();
    if (before) return { answer: done({ hold: asHold(before) }), fromSeq: null };
    if (!(await lockOpenSession(tx, sessionId))) return { answer: sessionEnded(), fromSeq: null };
    const nowMs = this.#clock.nowMs();
    const row = await tx
      .insertInto('holds')
      .columns([
        'id',
        'store_id',
        'sku',
        'session_id',
        'device_id',
        'command_id',
        'state',
        'created_at_ms',
        'expires_at_ms',
      ])
      .expression((builder) =>
        builder
          .selectFrom('stock_levels')
          .select([
            sql<string>`cast(${newId(this.#random)} as text)`.as('id'),
            'store_id',
            'sku',
            sql<string>`cast(${sessionId} as text)`.as('session_id'),
            sql<string>`cast(${deviceId} as text)`.as('device_id'),
            sql<string>`cast(${commandId} as text)`.as('command_id'),
            sql<HoldState>`'active'`.as('state'),
            sql<number>`cast(${nowMs} as bigint)`.as('created_at_ms'),
            sql<number>`cast(${nowMs + this.#holdMs} as bigint)`.as('expires_at_ms'),
          ])
          .where('store_id', '=', storeId)
          .where('sku', '=', sku)
          .where(
            'on_hand',
            '>',
            builder
              .selectFrom('holds')
              .select(builder.fn.countAll<number>().as('held'))
              .where('store_id', '=', storeId)
              .where('sku', '=', sku)
              .where('state', '=', 'active'),
          ),
      )
      .returningAll()
      .executeTakeFirst();
    if (!row) return { answer: await this.#noneFree(tx, storeId, sku), fromSeq: null };
    const hold = asHold(row);
    const [event] = await appendFacts(tx, sessionId, 'advisor', [{ type: 'hold-placed', hold }], nowMs);
    await logLevels(tx, storeId, [sku]);
    return { answer: done({ hold }), fromSeq: event?.seq ?? null };
  }

  async #noneFree(tx: Tx, storeId: StoreId, sku: Sku): Promise<Answer<{ hold: Hold }>> {
    const known = await tx
      .selectFrom('stock_levels')
      .select('sku')
      .where('store_id', '=', storeId)
      .where('sku', '=', sku)
      .executeTakeFirst();
    if (!known) return refuse('unknown-sku', `${storeId} does not count ${sku}.`);
    const freeAtMs = await nextFreeAtMs(tx, storeId, sku);
    return refuse(
      'out-of-stock',
      `Nothing of ${sku} is free in ${storeId}.`,
      freeAtMs === undefined ? {} : { nextFreeAtMs: freeAtMs },
    );
  }

  /** Gives a held piece back; also after the session has closed, by the same advisor. */
  async release(device: Device, holdId: HoldId): Promise<Answer<{ hold: Hold }>> {
    const found = await this.#database.db
      .selectFrom('holds')
      .selectAll()
      .where('id', '=', holdId)
      .where('store_id', '=', device.storeId)
      .executeTakeFirst();
    if (!found) return refuse('not-found', 'There is no such hold in this boutique.');
    const session = await this.#sessions.partyTo(device, found.session_id);
    if (!session.ok) return session;
    const ended = await this.#end(found.store_id, 'released', 'advisor', (row) => row.id === holdId);
    const hold = ended.find(({ id }) => id === holdId);
    return hold ? done({ hold }) : refuse('hold-ended', 'This hold has ended before.');
  }

  /** Ends every hold whose time has come. */
  async expireDue(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const stores = await this.#database.db
      .selectFrom('holds')
      .select('store_id')
      .distinct()
      .where('state', '=', 'active')
      .where('expires_at_ms', '<=', nowMs)
      .execute();
    for (const { store_id: storeId } of stores) {
      await this.#end(storeId, 'expired', 'system', (row) => row.expires_at_ms <= nowMs);
    }
  }

  /** Ends the boutique's active holds that `chosen` names, with their facts and the levels they free. */
  async #end(
    storeId: StoreId,
    state: 'released' | 'expired',
    actor: 'advisor' | 'system',
    chosen: (row: Tables['holds']) => boolean,
  ): Promise<Hold[]> {
    const nowMs = this.#clock.nowMs();
    const { holds, firstSeqs } = await this.#database.transact(async (tx) => {
      await lockStore(tx, storeId);
      const active = await tx
        .selectFrom('holds')
        .selectAll()
        .where('store_id', '=', storeId)
        .where('state', '=', 'active')
        .orderBy('session_id')
        .execute();
      const rows = active.filter(chosen);
      const firstSeqs = new Map<SessionId, number>();
      for (const [sessionId, ofSession] of Map.groupBy(rows, (row) => row.session_id)) {
        const ids = ofSession.map(({ id }) => id);
        await tx.updateTable('holds').set({ state }).where('id', 'in', ids).execute();
        const facts = ids.map((holdId): SessionFact => ({ type: 'hold-ended', holdId, state }));
        const [first] = await appendFacts(tx, sessionId, actor, facts, nowMs);
        if (first) firstSeqs.set(sessionId, first.seq);
      }
      await logLevels(tx, storeId, Array.from(new Set(rows.map(({ sku }) => sku))));
      return { holds: rows.map((row) => ({ ...asHold(row), state })), firstSeqs };
    });
    if (holds.length > 0) this.#hints.publish({ kind: 'stock', storeId });
    for (const [sessionId, fromSeq] of firstSeqs) {
      this.#hints.publish({ kind: 'session', sessionId, fromSeq });
    }
    return holds;
  }

  async #nextExpiryMs(): Promise<number | null> {
    const { next } = await this.#database.db
      .selectFrom('holds')
      .select(({ fn }) => fn.min<number | null>('expires_at_ms').as('next'))
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow();
    return next;
  }
}
