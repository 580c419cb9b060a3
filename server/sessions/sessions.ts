import type { Selectable } from 'kysely';
import {
  reduceSession,
  type Actor,
  type Answer,
  type ClosedReason,
  type CommandPayload,
  type DeviceId,
  type KeptVisit,
  type MaisonId,
  type SessionEvent,
  type SessionFact,
  type SessionId,
  type SessionState,
  type SharedMeasure,
  type Sku,
  type StoreId,
} from '../../protocol/index.ts';
import { done, refuse, type Nothing } from '../core/answers.ts';
import { settleDeed } from '../core/deed.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { inMaison } from '../core/scope.ts';
import type { Device } from '../devices/device-registry.ts';
import { readHolds } from '../holds/hold-rows.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import { twiceIn, type Pieces } from '../houses/pieces.ts';
import type { Database } from '../persistence/database.ts';
import type { Tables } from '../persistence/tables.ts';
import { leaveRuns } from '../sale/leave-runs.ts';
import { readEvents } from './session-log.ts';
import { sessionEnded, writeFacts, type Appended } from './session-writer.ts';

type SessionRow = Selectable<Tables['sessions']>;

/** Closed visits that a tablet sees: the newest, of the last week. */
const newestVisits = 20;
const visitsSinceMs = 7 * 24 * 3_600_000;

/** No visit lasts longer. */
export const longestSessionMs = 12 * 3_600_000;

/** A session and the events that a device has missed. */
export interface MissedEvents {
  readonly sessionId: SessionId;
  readonly events: SessionEvent[];
}

/** Who hears of a session. */
export interface SessionAudience {
  /** Null where the client calls from an agency's page. */
  readonly kiosk: DeviceId | null;
  readonly tablets: readonly DeviceId[];
  readonly isClosed: boolean;
}

/** What is told of a visit however late it is asked for. */
const endings: ReadonlySet<SessionFact['type']> = new Set(['closed', 'hold-ended']);

/** How long the end of a session is still looked for by who did not hear of it. */
const closedHeadsMs = 10 * 60_000;

/** Assisted sessions: who may act in one, and what they may do. */
export class Sessions {
  readonly #database: Database;
  readonly #desk: AdvisorDesk;
  readonly #pieces: Pieces;
  readonly #clock: Clock;
  readonly #hints: Hints;

  constructor(deps: { database: Database; desk: AdvisorDesk; pieces: Pieces; clock: Clock; hints: Hints }) {
    this.#database = deps.database;
    this.#desk = deps.desk;
    this.#pieces = deps.pieces;
    this.#clock = deps.clock;
    this.#hints = deps.hints;
  }

  /** The session, if this device is the session's kiosk or a tablet on which the session's advisor is signed in. */
  async partyTo(device: Device, sessionId: SessionId): Promise<Answer<SessionRow>> {
    const row = await this.#database.db
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', sessionId)
      .where('maison_id', '=', device.maisonId)
      .executeTakeFirst();
    if (!row) return refuse('not-found', 'There is no such session.');
    const isParty =
      row.kiosk_id === device.id ||
      (device.role === 'tablet' &&
        row.store_id === device.storeId &&
        (await this.#desk.signedIn(device))?.id === row.advisor_id);
    if (!isParty) return refuse('forbidden', 'This device has no part in the session.');
    return done(row);
  }

  /** The same while the visit is still of this device's concern: of one that is over its mirror hears nothing more, others stand there. */
  async inTouch(device: Device, sessionId: SessionId): Promise<Answer<SessionRow>> {
    const session = await this.partyTo(device, sessionId);
    if (!session.ok || device.role === 'tablet' || !this.#isLongOver(session.value)) return session;
    return sessionEnded();
  }

  /** The open session of this device: the kiosk's own, or that of the advisor signed in on the tablet. */
  async openOf(device: Device): Promise<SessionRow | undefined> {
    let query = this.#database.db
      .selectFrom('sessions')
      .selectAll()
      .where('maison_id', '=', device.maisonId)
      .where('store_id', '=', device.storeId)
      .where('closed_at_ms', 'is', null)
      .orderBy('started_at_ms', 'desc');
    if (device.role === 'kiosk') query = query.where('kiosk_id', '=', device.id);
    else {
      const advisor = await this.#desk.signedIn(device);
      if (!advisor) return undefined;
      query = query.where('advisor_id', '=', advisor.id);
    }
    return await query.executeTakeFirst();
  }

  /**
   * What a device that returns has missed: the rest of the session it knows (also when that has closed meanwhile), or all
   * of the open one.
   */
  async missedBy(
    device: Device,
    known: { readonly sessionId: SessionId; readonly seq: number } | null,
  ): Promise<MissedEvents | null> {
    const open = await this.openOf(device);
    if (open) {
      const seq = known?.sessionId === open.id ? known.seq : 0;
      return { sessionId: open.id, events: await readEvents(this.#database.db, open.id, seq) };
    }
    if (!known) return null;
    const missed = await this.read(device, known.sessionId, known.seq);
    if (!missed.ok) return null;
    const { events } = missed.value;
    return events.length > 0 ? { sessionId: known.sessionId, events } : null;
  }

  /** Of a visit that is over, who comes late hears the end and nothing else: its path and its measures stay with nobody. */
  async read(device: Device, sessionId: SessionId, seq: number): Promise<Answer<{ events: SessionEvent[] }>> {
    const row = await this.partyTo(device, sessionId);
    if (!row.ok) return row;
    const events = await readEvents(this.#database.db, sessionId, seq);
    return this.#isLongOver(row.value) && !events.every(({ fact }) => endings.has(fact.type))
      ? sessionEnded()
      : done({ events });
  }

  /** Takes what is looked at now, and with it everything that is worn where the device tells. */
  async wear(
    device: Device,
    sessionId: SessionId,
    { worn, look, leadSeq }: Omit<CommandPayload<'session.wear'>, 'sessionId'>,
  ): Promise<Answer<Nothing>> {
    const unwearable =
      twiceIn(look ?? []) ?? (await this.#pieces.refusalOf(device.maisonId, [worn, ...(look ?? [])]));
    if (unwearable) return unwearable;
    return await this.append(device, sessionId, {
      facts: () => done([{ type: 'worn', worn, ...(look && { look: [...look] }) }]),
      leadSeq,
    });
  }

  async keep(device: Device, sessionId: SessionId, sku: Sku, kept: boolean): Promise<Answer<Nothing>> {
    const unknown = await this.#pieces.refusalOf(device.maisonId, [], [sku]);
    if (unknown) return unknown;
    return await this.#appendOne(device, sessionId, { type: kept ? 'kept' : 'set-aside', sku });
  }

  /** Takes a number that the client handed over. */
  async shareMeasure(device: Device, sessionId: SessionId, measure: SharedMeasure): Promise<Answer<Nothing>> {
    return await this.#appendOne(device, sessionId, { type: 'measure-shared', measure });
  }

  /** Ends the session for both. Holds stay with the advisor until they run out. */
  async close(
    device: Device,
    sessionId: SessionId,
    reason: ClosedReason,
    beside?: Appended['beside'],
  ): Promise<Answer<Nothing>> {
    return await this.append(device, sessionId, {
      facts: () => done([{ type: 'closed', reason }]),
      ...(beside && { beside }),
    });
  }

  async #appendOne(device: Device, sessionId: SessionId, fact: SessionFact): Promise<Answer<Nothing>> {
    return await this.append(device, sessionId, { facts: () => done([fact]) });
  }

  /**
   * Lets a party to the session add to it. `facts` reads the session as it stands, locked until they are written, and may refuse; an
   * advisor who names a `leadSeq` and has not heard that the client took the lead is refused as `conflict`.
   */
  async append(device: Device, sessionId: SessionId, wish: Appended): Promise<Answer<Nothing>> {
    const row = await this.partyTo(device, sessionId);
    if (!row.ok) return row;
    return await this.#commit(sessionId, device.role === 'tablet' ? 'advisor' : 'client', wish);
  }

  #isLongOver({ closed_at_ms: closedAtMs }: SessionRow): boolean {
    return closedAtMs !== null && closedAtMs <= this.#clock.nowMs() - closedHeadsMs;
  }

  async #commit(sessionId: SessionId, actor: Actor, wish: Appended): Promise<Answer<Nothing>> {
    const nowMs = this.#clock.nowMs();
    let boardOf: StoreId | null = null;
    const written = await this.#database.transact(async (tx) => {
      const facts = await writeFacts(tx, { sessionId, actor, nowMs }, wish);
      if (facts.ok && facts.value.length > 0) await settleDeed(tx, done(wish.reply ?? {}));
      const isOver = facts.ok && facts.value.some(({ fact }) => fact.type === 'closed');
      boardOf = isOver ? await leaveRuns(tx, sessionId, nowMs) : null;
      return facts;
    });
    if (!written.ok) return written;
    for (const { seq } of written.value) this.#hints.publish({ kind: 'session', sessionId, fromSeq: seq });
    if (boardOf !== null) this.#hints.publish({ kind: 'sale', sessionId, storeId: boardOf });
    return done({});
  }

  /** Ends sessions that nobody ended: a mirror was unplugged, a tablet left in a drawer. */
  async closeForgotten(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const rows = await this.#database.db
      .selectFrom('sessions')
      .select(['id', 'maison_id'])
      .where('closed_at_ms', 'is', null)
      .where('started_at_ms', '<=', nowMs - longestSessionMs)
      .execute();
    for (const { id, maison_id: maisonId } of rows) {
      const closed = { facts: () => done<SessionFact[]>([{ type: 'closed', reason: 'idle' }]) };
      await inMaison(maisonId, () => this.#commit(id, 'system', closed));
    }
  }

  /** What stayed with the advisor signed in on this tablet: the shortlists and holds of sessions that have closed. */
  async visits(device: Device): Promise<Answer<{ visits: KeptVisit[] }>> {
    const advisor = await this.#desk.signedIn(device);
    if (!advisor) return refuse('forbidden', 'Nobody is signed in on this tablet.');
    const rows = await this.#database.db
      .selectFrom('sessions')
      .selectAll()
      .where('maison_id', '=', device.maisonId)
      .where('store_id', '=', device.storeId)
      .where('advisor_id', '=', advisor.id)
      .where('closed_at_ms', '>', this.#clock.nowMs() - visitsSinceMs)
      .orderBy('closed_at_ms', 'desc')
      .limit(newestVisits)
      .execute();
    const visits: KeptVisit[] = [];
    for (const row of rows) {
      const events = await readEvents(this.#database.db, row.id, 0);
      const state = events.reduce<SessionState | null>(reduceSession, null);
      if (!state || row.closed_at_ms === null) continue;
      visits.push({
        sessionId: row.id,
        kioskName: state.kioskName,
        closedAtMs: row.closed_at_ms,
        kept: [...state.kept],
        holds: await readHolds(this.#database.db, row.id),
      });
    }
    return done({ visits });
  }

  /** Whose session it is; null where there is none. */
  async maisonOf(sessionId: SessionId): Promise<MaisonId | null> {
    const row = await this.#database.db
      .selectFrom('sessions')
      .select('maison_id')
      .where('id', '=', sessionId)
      .executeTakeFirst();
    return row?.maison_id ?? null;
  }

  /** The devices that hear of a session: its kiosk, and every tablet on which its advisor is signed in. */
  async audience(sessionId: SessionId): Promise<SessionAudience | null> {
    const row = await this.#database.db
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', sessionId)
      .executeTakeFirst();
    if (!row) return null;
    const tablets = await this.#desk.tabletsOf(row.maison_id, row.store_id, row.advisor_id);
    const caller = await this.#database.db
      .selectFrom('devices')
      .select('activation_id')
      .where('id', '=', row.kiosk_id)
      .executeTakeFirst();
    // An agency's page hears of no session: what is said in one is the client's.
    const kiosk = typeof caller?.activation_id === 'string' ? null : row.kiosk_id;
    return { kiosk, tablets, isClosed: row.closed_at_ms !== null };
  }

  /** The last sequence of every session that is open or has closed not long ago. */
  async heads(): Promise<Map<SessionId, number>> {
    const rows = await this.#database.db
      .selectFrom('sessions')
      .select(['id', 'head_seq'])
      .where((builder) =>
        builder.or([
          builder('closed_at_ms', 'is', null),
          builder('closed_at_ms', '>', this.#clock.nowMs() - closedHeadsMs),
        ]),
      )
      .execute();
    return new Map(rows.map((row) => [row.id, row.head_seq]));
  }

  /** The session's events after `seq`. */
  async eventsAfter(sessionId: SessionId, seq: number): Promise<SessionEvent[]> {
    return await readEvents(this.#database.db, sessionId, seq);
  }
}
