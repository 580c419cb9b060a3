import * as z from 'zod/mini';
import type { Answer, EpochMs, Hold, MaisonId, SessionId } from '../../protocol/index.ts';
import {
  HoldAsk,
  HoldCommit,
  HoldRelease,
  isPassing,
  OmsFault,
  type CommitOutcome,
  type HoldOutcome,
  type ReleaseOutcome,
} from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database, Tx } from '../persistence/database.ts';
import { appendFacts } from '../sessions/session-log.ts';
import { checkPiece } from '../stock/asked-piece.ts';
import { writeLevels } from '../stock/level-writer.ts';
import type { StockBook } from '../stock/stock-book.ts';
import { lockStore, logLevels } from '../stock/stock-writer.ts';
import { moveNative, noneFree } from './hold-ledger.ts';
import { asHold, type HoldRow } from './hold-rows.ts';

/** Letters about holds, by what is to be done. */
const subjects = {
  release: 'hold.release',
  commit: 'hold.commit',
  undo: 'hold.undo',
  give: 'hold.give',
} as const;

/** For how long the OMS is asked to hold a piece that it is told at once is gone. */
const givenHoldMs = 60_000;

/** What becomes of a piece whose hold has ended: free again, with its client, or taken by an order that the OMS placed itself. */
export type HoldEnding = 'free' | 'collected' | 'ordered';

/** A hold as it was when the OMS was asked, and as it is now, under the boutique's lock; it may be gone. */
interface Asked {
  readonly row: HoldRow;
  readonly now: HoldRow | undefined;
}

/** The event that tells a session of a hold, where one was appended. */
interface Told {
  readonly answer: Answer<{ hold: Hold }>;
  readonly fromSeq: number | null;
}

/**
 * Our holds in the house's own system, where that keeps holds. The ledger decides first and the OMS last: a piece is told as held
 * when both have it, or, where the house says so, while the OMS cannot be asked.
 */
export class NativeHolds {
  readonly #database: Database;
  readonly #connectors: Connectors;
  readonly #letters: LetterBox;
  readonly #book: StockBook;
  readonly #houses: Houses;
  readonly #clock: Clock;
  readonly #hints: Hints;
  readonly #background: Background;
  #isStopped = false;

  constructor(deps: {
    database: Database;
    connectors: Connectors;
    letters: LetterBox;
    book: StockBook;
    houses: Houses;
    clock: Clock;
    hints: Hints;
    background: Background;
  }) {
    this.#database = deps.database;
    this.#connectors = deps.connectors;
    this.#letters = deps.letters;
    this.#book = deps.book;
    this.#houses = deps.houses;
    this.#clock = deps.clock;
    this.#hints = deps.hints;
    this.#background = deps.background;
    this.#letters.carry('out', subjects.release, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      await this.#released(maisonId, await connector.releaseHold(z.parse(HoldRelease, body)));
    });
    this.#letters.carry('out', subjects.commit, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      await this.#released(maisonId, await connector.commitHold(z.parse(HoldCommit, body)));
    });
    // The piece was given to its client before the OMS could be asked for it.
    this.#letters.carry('out', subjects.give, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      const ask = z.parse(HoldAsk, body);
      const expiresAtMs = Math.max(ask.expiresAtMs, this.#clock.nowMs() + givenHoldMs);
      const outcome = await connector.hold({ ...ask, expiresAtMs });
      if (outcome.kind !== 'held') return;
      await this.#released(maisonId, await connector.commitHold({ holdId: outcome.hold.id }));
    });
    // Whether the OMS heard the question is not known: asked again with the same key, it answers with the hold it made.
    this.#letters.carry('out', subjects.undo, async (maisonId, body) => {
      const { connector } = this.#connectors.of(maisonId);
      const outcome = await connector.hold(z.parse(HoldAsk, body));
      if (outcome.kind !== 'held') return;
      await this.#released(maisonId, await connector.releaseHold({ holdId: outcome.hold.id }));
    });
  }

  /** Where a new hold begins: to be asked for, or on the ledger alone. */
  firstState(maisonId: MaisonId): 'asked' | 'none' {
    return this.#connectors.of(maisonId).connector.capabilities.has('holds') ? 'asked' : 'none';
  }

  /** Asks the OMS for a hold that lies on the ledger, and tells the session what came of it. */
  async confirm(maisonId: MaisonId, row: HoldRow): Promise<Answer<{ hold: Hold }>> {
    const { connector, whenDown } = this.#connectors.of(maisonId);
    let outcome: HoldOutcome;
    try {
      outcome = await connector.hold(askOf(row));
      checkAnswer(row, outcome);
    } catch (fault) {
      if (isPassing(fault) && whenDown === 'queue')
        return await this.#tell(row, (tx, now) => this.#queue(tx, now));
      const undone = await this.#tell(row, (tx, now) => this.#giveUp(tx, maisonId, { row, now }, null));
      this.#letters.wake();
      if (!(fault instanceof OmsFault)) throw fault;
      // Whether it is away, lets us in no longer or answers in riddles: to the advisor it is the same.
      if (!isPassing(fault)) this.#background.report('oms-hold', fault);
      // Another node may have had an answer meanwhile.
      return undone.ok ? undone : refuse('oms-unavailable', 'The house’s stock system does not answer.');
    }
    const answer = await this.#tell(row, async (tx, now) => {
      if (outcome.kind === 'held')
        return await this.#keep(tx, maisonId, { row, now }, outcome, connector.name);
      return await this.#giveUp(tx, maisonId, { row, now }, outcome, connector.name);
    });
    this.#letters.wake();
    return answer;
  }

  /** Has the OMS keep a piece for longer; false where it keeps it no more. */
  async extend(maisonId: MaisonId, row: HoldRow, expiresAtMs: EpochMs): Promise<Answer<boolean>> {
    const { connector } = this.#connectors.of(maisonId);
    try {
      const outcome = await connector.extendHold({ holdId: row.oms_hold_id ?? '', expiresAtMs });
      if (outcome.kind === 'ended') return done(false);
      checkPiece({ storeId: row.store_id, sku: row.sku }, outcome.hold);
      return done(true);
    } catch (fault) {
      if (!(fault instanceof OmsFault)) throw fault;
      if (!isPassing(fault)) this.#background.report('oms-hold', fault);
      return refuse('oms-unavailable', 'The house’s stock system does not answer.');
    }
  }

  /** Asks for every hold that still waits for the OMS's word. */
  async confirmWaiting(maisonId: MaisonId): Promise<void> {
    const rows = await this.#database.db
      .selectFrom('holds')
      .innerJoin('stores', 'stores.id', 'holds.store_id')
      .selectAll('holds')
      .where('stores.maison_id', '=', maisonId)
      .where('holds.state', '=', 'active')
      .where('holds.native', 'in', ['asked', 'queued'])
      .orderBy('holds.created_at_ms')
      .execute();
    for (const row of rows) {
      if (this.#isStopped) return;
      await this.confirm(maisonId, row);
    }
  }

  /** Asks for no other waiting hold; the question that is out is waited for by the background. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Lets the OMS know, in the transaction that ends it, that a hold has ended. Call `wake` of the letters after the commit. */
  async ended(tx: Tx, maisonId: MaisonId, row: HoldRow, ending: HoldEnding = 'free'): Promise<void> {
    if (row.native === 'held') {
      if (ending === 'ordered') return;
      const body = { holdId: row.oms_hold_id ?? '' };
      await this.#letters.post(tx, {
        maisonId,
        direction: 'out',
        subject: subjects[ending === 'collected' ? 'commit' : 'release'],
        body,
      });
    } else if (row.native === 'asked' || row.native === 'queued') {
      await this.#letters.post(tx, {
        maisonId,
        direction: 'out',
        subject: ending === 'collected' ? subjects.give : subjects.undo,
        body: askOf(row),
      });
    }
  }

  async #released(maisonId: MaisonId, outcome: ReleaseOutcome | CommitOutcome): Promise<void> {
    if (outcome.kind === 'ended') return;
    const stores = await this.#houses.stores(maisonId);
    await this.#book.apply(
      { asOfMs: outcome.asOfMs, levels: [outcome.level] },
      this.#connectors.of(maisonId).connector.name,
      new Set(stores.map(({ id }) => id)),
    );
  }

  /** `work` gets the hold as it stands: while we asked, it may have ended or another asker have had the answer. */
  async #tell(
    row: HoldRow,
    work: (tx: Tx, now: HoldRow | undefined) => Promise<Told>,
  ): Promise<Answer<{ hold: Hold }>> {
    const { answer, fromSeq } = await this.#database.transact(async (tx) => {
      await lockStore(tx, row.store_id);
      const now = await tx.selectFrom('holds').selectAll().where('id', '=', row.id).executeTakeFirst();
      return await work(tx, now);
    });
    this.#hints.publish({ kind: 'stock', storeId: row.store_id });
    if (fromSeq !== null) this.#hints.publish({ kind: 'session', sessionId: row.session_id, fromSeq });
    return answer;
  }

  /** Both have it. */
  async #keep(
    tx: Tx,
    maisonId: MaisonId,
    { row, now }: Asked,
    outcome: Extract<HoldOutcome, { kind: 'held' }>,
    source: string,
  ): Promise<Told> {
    const moved = await moveNative(tx, row.id, { native: 'held', omsHoldId: outcome.hold.id });
    const written = await writeLevels(tx, row.store_id, [outcome.level], outcome.asOfMs, source);
    await logLevels(tx, row.store_id, Array.from(new Set([row.sku, ...written.written])));
    if (!moved) return await this.#movedOn(tx, maisonId, now, outcome.hold.id);
    const fromSeq = now?.native === 'queued' ? null : await this.#told(tx, moved);
    return { answer: done({ hold: asHold(moved) }), fromSeq };
  }

  /** While we asked, the hold has ended or another asker has had the answer. */
  async #movedOn(tx: Tx, maisonId: MaisonId, now: HoldRow | undefined, omsHoldId: string): Promise<Told> {
    if (now?.native === 'held') return { answer: done({ hold: asHold(now) }), fromSeq: null };
    const body = { holdId: omsHoldId };
    await this.#letters.post(tx, { maisonId, direction: 'out', subject: subjects.release, body });
    return { answer: refuse('hold-ended', 'This hold has ended meanwhile.'), fromSeq: null };
  }

  /** The client is told by the ledger's word alone; the OMS is asked when it is there. */
  async #queue(tx: Tx, now: HoldRow | undefined): Promise<Told> {
    if (now?.native === 'held') return { answer: done({ hold: asHold(now) }), fromSeq: null };
    const moved = now && (await moveNative(tx, now.id, { native: 'queued' }));
    if (!moved) return { answer: refuse('hold-ended', 'This hold has ended meanwhile.'), fromSeq: null };
    if (now.native === 'queued') return { answer: done({ hold: asHold(moved) }), fromSeq: null };
    await logLevels(tx, now.store_id, [now.sku]);
    return { answer: done({ hold: asHold(moved) }), fromSeq: await this.#told(tx, moved) };
  }

  /** The OMS says no, or cannot be asked (`outcome` null): a hold nobody was told of goes, one that was told of ends. */
  async #giveUp(
    tx: Tx,
    maisonId: MaisonId,
    { row, now }: Asked,
    outcome: Exclude<HoldOutcome, { kind: 'held' }> | null,
    source = '',
  ): Promise<Told> {
    if (now?.native === 'held') return { answer: done({ hold: asHold(now) }), fromSeq: null };
    const moved = now && (await moveNative(tx, now.id, { native: 'ended' }));
    let fromSeq: number | null = null;
    if (moved && outcome === null) await this.ended(tx, maisonId, now);
    if (moved && now.native === 'queued') {
      await tx.updateTable('holds').set({ state: 'released' }).where('id', '=', row.id).execute();
      const fact = { type: 'hold-ended', holdId: row.id, state: 'released' } as const;
      if (row.purpose === 'visit') {
        const [event] = await appendFacts(tx, row.session_id, 'system', [fact], this.#clock.nowMs());
        fromSeq = event?.seq ?? null;
      }
    } else if (moved) {
      await tx.deleteFrom('holds').where('id', '=', row.id).execute();
    }
    if (outcome?.kind === 'none-free') {
      await writeLevels(tx, row.store_id, [outcome.level], outcome.asOfMs, source);
    }
    await logLevels(tx, row.store_id, [row.sku]);
    const freeAtMs = outcome?.kind === 'none-free' ? outcome.nextFreeAtMs : null;
    if (outcome?.kind === 'unknown-sku') {
      return { answer: refuse('unknown-sku', `The OMS does not count ${row.sku}.`), fromSeq };
    }
    return { answer: await noneFree(tx, row.store_id, row.sku, freeAtMs), fromSeq };
  }

  async #told(tx: Tx, row: HoldRow): Promise<number | null> {
    // What waits to be collected is told by the step that reserved it.
    if (row.purpose === 'collection') return null;
    const { session_id: sessionId }: { session_id: SessionId } = row;
    const fact = { type: 'hold-placed', hold: asHold(row) } as const;
    const [event] = await appendFacts(tx, sessionId, 'advisor', [fact], this.#clock.nowMs());
    return event?.seq ?? null;
  }
}

function askOf(row: HoldRow): HoldAsk {
  return { key: row.id, storeId: row.store_id, sku: row.sku, expiresAtMs: row.expires_at_ms };
}

/** @throws {OmsFault} `misspoke`: the house speaks of another piece */
function checkAnswer({ store_id: storeId, sku }: HoldRow, outcome: HoldOutcome): void {
  if (outcome.kind === 'unknown-sku') return;
  checkPiece({ storeId, sku }, outcome.level);
  if (outcome.kind === 'held') checkPiece({ storeId, sku }, outcome.hold);
}
