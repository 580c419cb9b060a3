import { setImmediate } from 'node:timers/promises';
import type { Answer, AuditActor, MaisonId, OmsLetter } from '../../../protocol/index.ts';
import { isPassing, OmsFault } from '../../../protocol/connector/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { Alarm } from '../../core/alarm.ts';
import { done, refuse, type Nothing } from '../../core/answers.ts';
import type { Background } from '../../core/background.ts';
import { backoffMs } from '../../core/backoff.ts';
import type { Clock } from '../../core/clock.ts';
import { newId, type Random } from '../../core/random.ts';
import { houseWide, inMaison, leavingScope } from '../../core/scope.ts';
import type { Database, Queries, Tx } from '../../persistence/database.ts';
import type { Tables } from '../../persistence/tables.ts';
import { lettersOf, longestFault, takeLettersBack, writeLetter, type NewLetter } from './letter-rows.ts';

/** Delivers letters of one subject. A fault that may pass is tried again, any other makes the letter a dead one. */
export type LetterCarrier = (maisonId: MaisonId, body: unknown) => Promise<void>;

/** Who looks after dead letters: of one Maison, or of all where it is null. */
export interface LetterHand {
  readonly maisonId: MaisonId | null;
  readonly actor: AuditActor;
}

/** Tries before a letter is given up, over about a day. */
const letterTries = 24;

const steps = { firstMs: 2_000, longestMs: 2 * 3_600_000 };

/** Letters read at once. */
const lettersPerLook = 50;

/** How long a message that came in and could not be read lies for an operator. */
const unreadKeptMs = 30 * 24 * 3_600_000;

type Letter = Tables['oms_letters'];

/** One house's letters being delivered. */
interface Round {
  looksAgain: boolean;
  ended: Promise<void>;
}

/** Whether trying again makes sense: a house also lets us in again, and a fault of our own may be one of the moment. */
function mayPass(fault: unknown): boolean {
  return !(fault instanceof OmsFault) || fault.code === 'unavailable' || fault.code === 'refused';
}

/** A letter that is overdue by this has been left behind: longer than any house may take to answer. */
const orphanedAfterMs = 2 * 60_000;

/**
 * What must reach an OMS however long it is away: written in the transaction that decides it, delivered afterwards, at least
 * once. What cannot be delivered lies here as a dead letter until an operator replays or discards it.
 */
export class LetterBox {
  readonly #database: Database;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #background: Background;
  readonly #carriers = new Map<string, LetterCarrier>();
  readonly #alarm: Alarm;
  readonly #rounds = new Map<MaisonId, Round>();
  #isStopped = false;

  constructor(deps: {
    database: Database;
    audit: AuditLog;
    clock: Clock;
    random: Random;
    background: Background;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#background = deps.background;
    this.#alarm = new Alarm({
      name: 'oms-letters',
      clock: deps.clock,
      background: deps.background,
      waitsFor: 'a-house',
      work: () => this.deliverDue(),
      nextDueMs: () => this.#nextDueMs(),
    });
  }

  /** Tells who delivers a subject. */
  carry(direction: NewLetter['direction'], subject: string, carrier: LetterCarrier): void {
    this.#carriers.set(`${direction} ${subject}`, carrier);
  }

  /** Delivers what waited while nothing ran, then waits for the next. */
  async start(): Promise<void> {
    await this.#alarm.start();
  }

  /** Writes a letter in the caller's transaction. Call `wake` after the commit. */
  async post(tx: Queries, letter: NewLetter): Promise<void> {
    await this.#write(tx, letter, 'waiting', null);
  }

  /** Lays down what nobody can read as it is, for an operator to see. */
  async bury(tx: Queries, letter: NewLetter, fault: string): Promise<void> {
    await this.#write(tx, letter, 'dead', fault);
  }

  async #write(tx: Queries, letter: NewLetter, state: 'waiting' | 'dead', fault: string | null) {
    await writeLetter(tx, letter, { id: newId(this.#random), nowMs: this.#clock.nowMs(), state, fault });
  }

  /** Takes letters back that a later decision has overtaken, those that nobody could deliver too. */
  async takeBack(
    tx: Queries,
    of: Omit<NewLetter, 'body'>,
    isMeant: (body: unknown) => boolean,
  ): Promise<void> {
    await takeLettersBack(tx, of, isMeant);
  }

  /** What the letters of one subject say, those that nobody could deliver too. */
  async saying(of: Omit<NewLetter, 'body'>): Promise<unknown[]> {
    return (await lettersOf(this.#database.db, of)).map(({ body }) => body);
  }

  /** There are letters to deliver now. */
  wake(): void {
    this.#background.run('oms-letters', () => this.deliverDue(), 'a-house');
  }

  /**
   * Has delivered what was due long ago and nobody delivered: the node that wrote it has ended. A letter that another node is
   * delivering at this moment is not old enough. Whoever asks does not wait for the house.
   */
  async adopt(): Promise<void> {
    const nextMs = await this.#nextDueMs();
    if (nextMs !== null && nextMs <= this.#clock.nowMs() - orphanedAfterMs) this.wake();
  }

  /** Begins no other letter; the one that is on its way is waited for by the background. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Tries every letter whose time has come, every house's beside the others'. */
  async deliverDue(): Promise<void> {
    if (this.#isStopped) return;
    await leavingScope(() => houseWide('letters that are due', () => this.#deliverDue()));
  }

  async #deliverDue(): Promise<void> {
    const houses = await this.#database.db
      .selectFrom('oms_letters')
      .select('maison_id')
      .distinct()
      .where('state', '=', 'waiting')
      .where('next_try_at_ms', '<=', this.#clock.nowMs())
      .execute();
    await Promise.all(houses.map(({ maison_id: maisonId }) => this.#round(maisonId)));
    const nextMs = await this.#nextDueMs();
    if (nextMs !== null) this.#alarm.set(nextMs);
  }

  /** One round at a time for each house. Whoever comes while it runs has it look once more. */
  #round(maisonId: MaisonId): Promise<void> {
    const running = this.#rounds.get(maisonId);
    if (running) {
      running.looksAgain = true;
      return running.ended;
    }
    const round: Round = { looksAgain: true, ended: Promise.resolve() };
    this.#rounds.set(maisonId, round);
    round.ended = leavingScope(() => inMaison(maisonId, () => this.#go(maisonId, round)));
    return round.ended;
  }

  async #go(maisonId: MaisonId, round: Round): Promise<void> {
    try {
      while (round.looksAgain && !this.#isStopped) {
        round.looksAgain = false;
        const rows = await this.#database.db
          .selectFrom('oms_letters')
          .selectAll()
          .where('maison_id', '=', maisonId)
          .where('state', '=', 'waiting')
          .where('next_try_at_ms', '<=', this.#clock.nowMs())
          .orderBy('next_try_at_ms')
          .orderBy('created_at_ms')
          .limit(lettersPerLook)
          .execute();
        if (rows.length === lettersPerLook) round.looksAgain = true;
        await this.#deliverInTurn(rows);
      }
    } finally {
      this.#rounds.delete(maisonId);
    }
  }

  /** A house that does not take one letter now is not asked to take the next: it waits as a failed one would. */
  async #deliverInTurn(rows: readonly Letter[]): Promise<void> {
    let refusal: unknown = null;
    for (const { id } of rows) {
      if (this.#isStopped) return;
      // An embedded house on SQLite answers within the same turn of the loop: others have theirs between two letters.
      await setImmediate();
      // One of them may have taken this letter back, or written it anew: who was erased is named to nobody any more.
      const row = await this.#waiting(id);
      if (!row) continue;
      if (refusal === null) refusal = await this.#deliver(row);
      else await this.#keep(row, { next_try_at_ms: this.#nextTryMs(row, refusal) });
    }
  }

  async #waiting(id: string): Promise<Letter | undefined> {
    return await this.#database.db
      .selectFrom('oms_letters')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
  }

  /** Gives the fault that keeps the house from taking any letter now, or null. */
  async #deliver(row: Letter): Promise<unknown> {
    const carrier = this.#carriers.get(`${row.direction} ${row.subject}`);
    try {
      if (!carrier) throw new Error(`Nobody delivers ${row.subject}.`);
      await carrier(row.maison_id, JSON.parse(row.body));
      await this.#database.db.deleteFrom('oms_letters').where('id', '=', row.id).execute();
      return null;
    } catch (fault) {
      const tries = row.tries + 1;
      const message = fault instanceof Error ? fault.message : String(fault);
      await this.#keep(row, {
        tries,
        state: mayPass(fault) && tries < letterTries ? 'waiting' : 'dead',
        next_try_at_ms: this.#nextTryMs(row, fault),
        last_fault: message.slice(0, longestFault),
      });
      return fault instanceof OmsFault && mayPass(fault) ? fault : null;
    }
  }

  #nextTryMs({ tries }: Letter, fault: unknown): number {
    const asked = isPassing(fault) ? (fault.retryAfterMs ?? 0) : 0;
    return this.#clock.nowMs() + Math.max(asked, backoffMs(tries + 1, steps, this.#random));
  }

  async #keep(row: Letter, changes: Partial<Letter>): Promise<void> {
    await this.#database.db
      .updateTable('oms_letters')
      .set(changes)
      .where('id', '=', row.id)
      .where('tries', '=', row.tries)
      .execute();
  }

  /** The dead letters, oldest first: of one Maison or, for the operator, of all. */
  async dead(maisonId: MaisonId | null): Promise<OmsLetter[]> {
    let query = this.#database.db.selectFrom('oms_letters').selectAll().where('state', '=', 'dead');
    if (maisonId !== null) query = query.where('maison_id', '=', maisonId);
    const rows = await query.orderBy('created_at_ms').orderBy('id').limit(200).execute();
    return rows.map((row) => ({
      id: row.id,
      maisonId: row.maison_id,
      direction: row.direction,
      subject: row.subject,
      body: JSON.parse(row.body) as unknown,
      tries: row.tries,
      lastFault: row.last_fault ?? '',
      createdAtMs: row.created_at_ms,
    }));
  }

  /** Lets a dead letter try again from the beginning. */
  async replay(by: LetterHand, id: string): Promise<Answer<Nothing>> {
    const again = { state: 'waiting', tries: 0, next_try_at_ms: this.#clock.nowMs() } as const;
    const replayed = await this.#handle(by, 'letter.replayed', id, (tx) =>
      tx.updateTable('oms_letters').set(again).where('id', '=', id).execute(),
    );
    if (replayed.ok) this.wake();
    return replayed;
  }

  /** Forgets a dead letter. */
  async discard(by: LetterHand, id: string): Promise<Answer<Nothing>> {
    return await this.#handle(by, 'letter.discarded', id, (tx) =>
      tx.deleteFrom('oms_letters').where('id', '=', id).execute(),
    );
  }

  /** Does something to a dead letter, and writes down who did. */
  async #handle(
    { maisonId, actor }: LetterHand,
    action: 'letter.replayed' | 'letter.discarded',
    id: string,
    deed: (tx: Tx) => Promise<unknown>,
  ): Promise<Answer<Nothing>> {
    return await this.#database.transact(async (tx): Promise<Answer<Nothing>> => {
      // Claimed by a write first: two hands on one letter do not both find it dead.
      let claim = tx
        .updateTable('oms_letters')
        .set((builder) => ({ tries: builder.ref('tries') }))
        .where('id', '=', id)
        .where('state', '=', 'dead');
      if (maisonId !== null) claim = claim.where('maison_id', '=', maisonId);
      const letter = await claim.returning(['maison_id', 'subject']).executeTakeFirst();
      if (!letter) return refuse('not-found', 'There is no such dead letter.');
      await deed(tx);
      const { maison_id: owner, subject: reason } = letter;
      await this.#audit.note(tx, { maisonId: owner, actor, action, subject: id, reason });
      return done({});
    });
  }

  /** Forgets what came in and could not be read, when nobody has looked after it for a month. */
  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('oms_letters')
      .where('state', '=', 'dead')
      .where('direction', '=', 'in')
      .where('created_at_ms', '<', this.#clock.nowMs() - unreadKeptMs)
      .execute();
  }

  async #nextDueMs(): Promise<number | null> {
    if (this.#isStopped) return null;
    const { next } = await this.#database.db
      .selectFrom('oms_letters')
      .select(({ fn }) => fn.min<number | null>('next_try_at_ms').as('next'))
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow();
    return next;
  }
}
