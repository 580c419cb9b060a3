import { sql } from 'kysely';
import type {
  Answer,
  CommandId,
  Hold,
  HoldId,
  MaisonId,
  SessionFact,
  SessionId,
  Sku,
  StoreId,
} from '../../protocol/index.ts';
import { Alarm } from '../core/alarm.ts';
import { done, refuse } from '../core/answers.ts';
import type { Background } from '../core/background.ts';
import { settleDeed } from '../core/deed.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, type Random } from '../core/random.ts';
import { inMaison } from '../core/scope.ts';
import type { Device } from '../devices/device-registry.ts';
import { noMeter, type Meter } from '../ops/meter.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { isFull, lockOpenSession, sessionEnded, sessionFull } from '../sessions/session-writer.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { keepUntilCounted } from '../stock/given-pieces.ts';
import { lockStore, logLevels } from '../stock/stock-writer.ts';
import {
  findByCommand,
  findTakenOver,
  insertHold,
  isOnLedger,
  moveHold,
  noneFree,
  type HoldRequest,
} from './hold-ledger.ts';
import { asHold, type HoldRow } from './hold-rows.ts';
import type { HoldEnding, NativeHolds } from './native-holds.ts';

/** What was committed on the ledger: a hold that the OMS has not confirmed yet (`asked`), or the answer. */
type Placed =
  | { readonly kind: 'asked'; readonly row: HoldRow }
  | {
      readonly kind: 'answered';
      readonly answer: Answer<{ hold: Hold }>;
      readonly fromSeq: number | null;
    };

/**
 * Soft holds: one piece kept back for a client until a moment. A hold is placed by one conditional statement under the
 * boutique's write lock, so there are never more active holds than pieces were free when each was placed; then the house's own
 * system is asked, where it keeps holds.
 */
export class HoldBook {
  readonly #database: Database;
  readonly #sessions: Sessions;
  readonly #native: NativeHolds;
  readonly #letters: LetterBox;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #holdMs: number;
  readonly #expiry: Alarm;
  readonly #meter: Pick<Meter, 'hold'>;

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    native: NativeHolds;
    letters: LetterBox;
    clock: Clock;
    random: Random;
    hints: Hints;
    background: Background;
    holdMs: number;
    meter?: Pick<Meter, 'hold'>;
  }) {
    this.#database = deps.database;
    this.#sessions = deps.sessions;
    this.#native = deps.native;
    this.#letters = deps.letters;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#holdMs = deps.holdMs;
    this.#meter = deps.meter ?? noMeter;
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
    const own = await findTakenOver(this.#database.db, request);
    return (own && (await this.#takeOver(own, request))) ?? (await this.#take(request));
  }

  /** Has the piece of this hold wait on under the request's own; null where it is held no more. Nobody else can have it in between. */
  async #takeOver(own: HoldRow, request: HoldRequest): Promise<Answer<{ hold: Hold }> | null> {
    const maisonId = await this.#maisonOf(own.store_id);
    const nowMs = this.#clock.nowMs();
    const expiresAtMs = request.collectUntilMs ?? nowMs + this.#holdMs;
    if (own.native === 'held') {
      const kept = await this.#native.extend(maisonId, own, expiresAtMs);
      if (!kept.ok) return kept;
      if (!kept.value) return null;
    }
    const moved = await this.#database.transact(async (tx) => {
      await lockStore(tx, own.store_id);
      const row = await moveHold(tx, own, request, { id: newId(this.#random), nowMs, expiresAtMs });
      if (!row) return null;
      if (own.native === 'queued') await this.#native.ended(tx, maisonId, own);
      const fact = { type: 'hold-ended', holdId: own.id, state: 'released' } as const;
      const [event] = await appendFacts(tx, own.session_id, 'advisor', [fact], nowMs);
      return { row, fromSeq: event?.seq };
    });
    if (!moved) return null;
    this.#meter.hold(own.store_id, 'released');
    this.#meter.hold(own.store_id, 'placed');
    this.#expiry.set(expiresAtMs);
    this.#hints.publish({ kind: 'stock', storeId: own.store_id });
    const { row, fromSeq } = moved;
    if (fromSeq !== undefined) this.#hints.publish({ kind: 'session', sessionId: own.session_id, fromSeq });
    this.#letters.wake();
    return done({ hold: asHold(row) });
  }

  async #take(request: HoldRequest): Promise<Answer<{ hold: Hold }>> {
    const maisonId = await this.#maisonOf(request.storeId);
    const placed = await this.#database.transact((tx) => this.#place(tx, maisonId, request));
    const answer = placed.kind === 'asked' ? await this.#native.confirm(maisonId, placed.row) : placed.answer;
    this.#meter.hold(request.storeId, answer.ok ? 'placed' : 'refused');
    if (!answer.ok) return answer;
    this.#expiry.set(answer.value.hold.expiresAtMs);
    if (placed.kind === 'answered' && placed.fromSeq !== null) {
      const { fromSeq } = placed;
      this.#hints.publish({ kind: 'stock', storeId: request.storeId });
      if (fromSeq > 0) this.#hints.publish({ kind: 'session', sessionId: request.sessionId, fromSeq });
    }
    return answer;
  }

  async #place(tx: Tx, maisonId: MaisonId, request: HoldRequest): Promise<Placed> {
    const { storeId, sku, sessionId } = request;
    const answered = (answer: Answer<{ hold: Hold }>, fromSeq: number | null = null): Placed => ({
      kind: 'answered',
      answer,
      fromSeq,
    });
    await lockStore(tx, storeId);
    const before = await findByCommand(tx, request);
    if (before?.native === 'asked' && before.state === 'active') return { kind: 'asked', row: before };
    if (before) return answered(done({ hold: asHold(before) }));
    // What waits to be collected may be reserved after the visit too.
    if (request.collectUntilMs === undefined) {
      if (!(await lockOpenSession(tx, sessionId))) return answered(sessionEnded());
      if (await isFull(tx, sessionId)) return answered(sessionFull());
    }
    const nowMs = this.#clock.nowMs();
    const row = await insertHold(tx, request, {
      id: newId(this.#random),
      native: this.#native.firstState(maisonId),
      nowMs,
      expiresAtMs: request.collectUntilMs ?? nowMs + this.#holdMs,
    });
    if (!row) return answered(await noneFree(tx, storeId, sku));
    if (row.native === 'asked') return { kind: 'asked', row };
    const hold = asHold(row);
    await logLevels(tx, storeId, [sku]);
    if (row.purpose === 'collection') return answered(done({ hold }), 0);
    const [event] = await appendFacts(tx, sessionId, 'advisor', [{ type: 'hold-placed', hold }], nowMs);
    return answered(done({ hold }), event?.seq ?? null);
  }

  async #maisonOf(storeId: StoreId): Promise<MaisonId> {
    const row = await this.#database.db
      .selectFrom('stores')
      .select('maison_id')
      .where('id', '=', storeId)
      .executeTakeFirst();
    return row?.maison_id ?? '';
  }

  /** Gives a held piece back; also after the session has closed, by the same advisor. */
  async release(device: Device, holdId: HoldId): Promise<Answer<{ hold: Hold }>> {
    const found = await this.#database.db
      .selectFrom('holds')
      .selectAll()
      .where('id', '=', holdId)
      .where('store_id', '=', device.storeId)
      .where('purpose', '=', 'visit')
      .executeTakeFirst();
    if (!found) return refuse('not-found', 'There is no such hold in this boutique.');
    const session = await this.#sessions.partyTo(device, found.session_id);
    if (!session.ok) return session;
    const isAsked = ({ id }: { readonly id: HoldId }) => id === holdId;
    const settle = async (tx: Tx, ended: readonly Hold[]) => {
      const hold = ended.find(isAsked);
      if (hold) await settleDeed(tx, done({ hold }));
    };
    const ended = await this.#end(found.store_id, 'released', 'advisor', isAsked, { settle });
    const hold = ended.find(isAsked);
    return hold ? done({ hold }) : refuse('hold-ended', 'This hold has ended before.');
  }

  /** Ends holds whose pieces have gone to their client, or are free again; gives those that still kept one. */
  async settle(storeId: StoreId, holdIds: readonly HoldId[], ending: HoldEnding): Promise<Hold[]> {
    if (holdIds.length === 0) return [];
    const state = ending === 'free' ? 'released' : 'committed';
    return await this.#end(storeId, state, 'advisor', ({ id }) => holdIds.includes(id), { ending });
  }

  /**
   * Ends every hold whose time has come. One that was placed further ahead than it lasts was placed by a clock that has been set
   * back since: it ends too, or its piece would be kept from everybody for as long as that clock was wrong.
   */
  async expireDue(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const stores = await this.#database.db
      .selectFrom('holds')
      .select('store_id')
      .distinct()
      .where('state', '=', 'active')
      .where((where) =>
        where.or([
          where('expires_at_ms', '<=', nowMs),
          where(sql`created_at_ms - (expires_at_ms - created_at_ms)`, '>', nowMs),
        ]),
      )
      .execute();
    for (const { store_id: storeId } of stores) {
      const isDue = (row: HoldRow) =>
        row.expires_at_ms <= nowMs || row.created_at_ms - (row.expires_at_ms - row.created_at_ms) > nowMs;
      await inMaison(await this.#maisonOf(storeId), () => this.#end(storeId, 'expired', 'system', isDue));
    }
  }

  /** Ends the boutique's active holds that `chosen` names, with their facts and the levels they free. */
  async #end(
    storeId: StoreId,
    state: 'released' | 'expired' | 'committed',
    actor: 'advisor' | 'system',
    chosen: (row: HoldRow) => boolean,
    {
      ending = 'free',
      settle,
    }: {
      readonly ending?: HoldEnding;
      /** Called in the same transaction with what ended. */
      readonly settle?: (tx: Tx, ended: readonly Hold[]) => Promise<void>;
    } = {},
  ): Promise<Hold[]> {
    const nowMs = this.#clock.nowMs();
    const maisonId = await this.#maisonOf(storeId);
    const { holds, firstSeqs, collections } = await this.#database.transact(async (tx) => {
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
        await tx.updateTable('holds').set({ state, native: 'ended' }).where('id', 'in', ids).execute();
        for (const row of ofSession) {
          await this.#native.ended(tx, maisonId, row, ending);
          if (ending === 'collected' && isOnLedger(row)) await keepUntilCounted(tx, row, nowMs);
        }
        // Nobody was told of a hold that was only asked for, so nobody is told of its end.
        const facts = ofSession
          .filter(({ native, purpose }) => native !== 'asked' && purpose === 'visit')
          .map(({ id: holdId }): SessionFact => ({ type: 'hold-ended', holdId, state }));
        if (facts.length === 0) continue;
        const [first] = await appendFacts(tx, sessionId, actor, facts, nowMs);
        if (first) firstSeqs.set(sessionId, first.seq);
      }
      await logLevels(tx, storeId, Array.from(new Set(rows.map(({ sku }) => sku))));
      const holds = rows.map((row) => ({ ...asHold(row), state }));
      await settle?.(tx, holds);
      const collections = rows.filter(({ purpose }) => purpose === 'collection');
      return { holds, firstSeqs, collections };
    });
    for (const { storeId } of holds) this.#meter.hold(storeId, state);
    if (holds.length > 0) {
      this.#hints.publish({ kind: 'stock', storeId });
      this.#letters.wake();
    }
    for (const { session_id: sessionId } of collections) {
      this.#hints.publish({ kind: 'sale', sessionId, storeId });
    }
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
