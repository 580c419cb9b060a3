import {
  mostAdvisors,
  startCodeDigits,
  startCodeMs,
  type AddAdvisorRequest,
  type AdvisorParams,
  type Answer,
  type AuditAction,
  type AuditActor,
  type BoardAdvisor,
  type ChangeAdvisorRequest,
  type MaisonId,
  type StartCodeReply,
  type StoreId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse, type Nothing, type Refusal } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Hint, Hints } from '../core/hints.ts';
import type { Random } from '../core/random.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import { lockAdvisor, type AdvisorRow } from '../houses/advisor-rows.ts';
import { hashPin } from '../houses/pin.ts';
import type { PinTries } from '../houses/pin-tries.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { AdvisorBoard } from './advisor-board.ts';
import { giveBack } from './give-back.ts';

/** Who is at the console: the operator, or one Maison's console, to whom there are no other Maisons. */
export interface AtConsole {
  readonly maisonId: MaisonId | null;
  readonly actor: AuditActor;
}

/** An advisor's whole time in the house, as the console writes it: added, changed, let in, locked out, and gone. */
export class AdvisorBook {
  readonly #database: Database;
  readonly #board: AdvisorBoard;
  readonly #desk: AdvisorDesk;
  readonly #tries: PinTries;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #pinCost: number;

  constructor(deps: {
    database: Database;
    advisorBoard: AdvisorBoard;
    desk: AdvisorDesk;
    tries: PinTries;
    audit: AuditLog;
    clock: Clock;
    random: Random;
    hints: Hints;
    pinCost: number;
  }) {
    this.#database = deps.database;
    this.#board = deps.advisorBoard;
    this.#desk = deps.desk;
    this.#tries = deps.tries;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#hints = deps.hints;
    this.#pinCost = deps.pinCost;
  }

  /** A boutique's advisors, and those who left it. */
  async board(by: AtConsole, storeId: StoreId): Promise<Answer<BoardAdvisor[]>> {
    const maisonId = await this.#maisonOf(this.#database.db, by, storeId);
    return maisonId === null ? noStore(storeId) : done(await this.#board.ofStore(maisonId, storeId));
  }

  /** Adds somebody new, who cannot sign in before they are given a start code. */
  async add(by: AtConsole, request: AddAdvisorRequest): Promise<Answer<{ advisor: BoardAdvisor }>> {
    const { maisonId, storeId, name, title, languages } = request;
    const id = `advisor-${this.#random.bytes(8).toString('hex')}`;
    return await this.#shown(
      await this.#database.transact(async (tx) => {
        if ((await this.#maisonOf(tx, by, storeId)) !== maisonId) return noStore(storeId);
        if (await isFull(tx, maisonId, storeId)) return full();
        const row = await tx
          .insertInto('advisors')
          .values({
            maison_id: maisonId,
            id,
            store_id: storeId,
            name,
            title_en: title.en,
            title_fr: title.fr,
            languages: JSON.stringify(languages),
            pin_hash: '',
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await this.#note(tx, by, row, 'advisor.added');
        return done({ row, hints: [] });
      }),
    );
  }

  /** Changes what is said of an advisor, or moves them to another boutique of their Maison, where they sign in anew. */
  async change(
    by: AtConsole,
    whom: AdvisorParams,
    change: ChangeAdvisorRequest,
  ): Promise<Answer<{ advisor: BoardAdvisor }>> {
    const { storeId, name, title, languages } = change;
    return await this.#shown(
      await this.#with(by, whom, async (tx, row) => {
        const moves = storeId !== undefined && storeId !== row.store_id;
        if (moves && (await this.#maisonOf(tx, by, storeId)) !== row.maison_id) return noStore(storeId);
        if (moves && (await isFull(tx, row.maison_id, storeId))) return full();
        const hints = moves ? await this.#leaveTablets(tx, row) : [];
        const changed = await this.#set(tx, row, {
          ...(moves && { store_id: storeId }),
          ...(name !== undefined && { name }),
          ...(title && { title_en: title.en, title_fr: title.fr }),
          ...(languages && { languages: JSON.stringify(languages) }),
        });
        const reason = moves ? `moved from ${row.store_id}` : Object.keys(change).join(', ');
        if (reason !== '') await this.#note(tx, by, changed, 'advisor.changed', reason);
        return done({ row: changed, hints });
      }),
    );
  }

  /** Makes a start code, told this once. From now on their old PIN and any code before it open nothing. */
  async makeCode(by: AtConsole, whom: AdvisorParams): Promise<Answer<StartCodeReply>> {
    const code = Array.from({ length: startCodeDigits }, () => this.#random.int(10)).join('');
    const hash = await hashPin(code, this.#random, this.#pinCost);
    const expiresAtMs = this.#clock.nowMs() + startCodeMs;
    const made = await this.#with(by, whom, async (tx, row) => {
      await this.#set(tx, row, { pin_hash: '', start_code_hash: hash, start_code_until_ms: expiresAtMs });
      // Whoever guessed at the name before would keep its owner from using the code.
      await this.#tries.right(tx, row.store_id, row.id);
      await this.#note(tx, by, row, 'advisor.code-made');
      return done({ row, hints: [] });
    });
    return made.ok ? done({ code, expiresAtMs }) : made;
  }

  /** Takes away everything that lets them in, at once and everywhere. A start code lets them in again. */
  async lockOut(by: AtConsole, whom: AdvisorParams): Promise<Answer<Nothing>> {
    return this.#told(
      await this.#with(by, whom, async (tx, row) => {
        const hints = await this.#shutOut(tx, row, {});
        await this.#note(tx, by, row, 'advisor.locked-out');
        return done({ row, hints });
      }),
    );
  }

  /** They have left: as `lockOut`, for good. Their row stays, since sales and sessions name it. */
  async remove(by: AtConsole, whom: AdvisorParams): Promise<Answer<Nothing>> {
    return this.#told(
      await this.#with(by, whom, async (tx, row) => {
        const hints = await this.#shutOut(tx, row, { left_at_ms: this.#clock.nowMs() });
        await this.#note(tx, by, row, 'advisor.left');
        return done({ row, hints });
      }),
    );
  }

  /** Runs `work` on an advisor who works for a Maison that `by` may see, under their lock. */
  async #with(
    by: AtConsole,
    { maisonId, id }: AdvisorParams,
    work: (tx: Tx, row: AdvisorRow) => Promise<Answer<Changed>>,
  ): Promise<Answer<Changed>> {
    if (by.maisonId !== null && by.maisonId !== maisonId) return noAdvisor();
    return await this.#database.transact(async (tx) => {
      const row = await lockAdvisor(tx, maisonId, id);
      if (!row) return noAdvisor();
      return row.left_at_ms === null ? await work(tx, row) : refuse('conflict', 'This advisor has left.');
    });
  }

  async #shutOut(tx: Tx, row: AdvisorRow, more: Partial<AdvisorRow>): Promise<Hint[]> {
    await tx
      .deleteFrom('passkeys')
      .where('maison_id', '=', row.maison_id)
      .where('advisor_id', '=', row.id)
      .execute();
    await this.#set(tx, row, { pin_hash: '', start_code_hash: null, start_code_until_ms: null, ...more });
    return await this.#leaveTablets(tx, row);
  }

  async #leaveTablets(tx: Tx, row: AdvisorRow): Promise<Hint[]> {
    const tablets = await this.#desk.endSignIns(tx, row);
    const hints = await giveBack(tx, row, this.#clock.nowMs());
    return [...hints, ...tablets.map((deviceId): Hint => ({ kind: 'signed-out', deviceId }))];
  }

  async #set(
    tx: Tx,
    { maison_id: maisonId, id }: AdvisorRow,
    values: Partial<AdvisorRow>,
  ): Promise<AdvisorRow> {
    // Its name is set to itself where there is nothing to set: an update needs something.
    return await tx
      .updateTable('advisors')
      .set((builder) => ({ name: builder.ref('name'), ...values }))
      .where('maison_id', '=', maisonId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async #maisonOf(db: Pick<Tx, 'selectFrom'>, by: AtConsole, storeId: StoreId): Promise<MaisonId | null> {
    const row = await db
      .selectFrom('stores')
      .select('maison_id')
      .where('id', '=', storeId)
      .executeTakeFirst();
    const maisonId = row?.maison_id ?? null;
    return by.maisonId === null || by.maisonId === maisonId ? maisonId : null;
  }

  async #note(
    tx: Tx,
    { actor }: AtConsole,
    row: AdvisorRow,
    action: AuditAction,
    reason: string | null = null,
  ): Promise<void> {
    const { maison_id: maisonId, store_id: storeId, id: subject } = row;
    await this.#audit.note(tx, { maisonId, storeId, actor, action, subject, reason });
  }

  #told(changed: Answer<Changed>): Answer<Nothing> {
    if (!changed.ok) return changed;
    for (const hint of changed.value.hints) this.#hints.publish(hint);
    return done({});
  }

  async #shown(changed: Answer<Changed>): Promise<Answer<{ advisor: BoardAdvisor }>> {
    const told = this.#told(changed);
    if (!told.ok || !changed.ok) return told.ok ? noAdvisor() : told;
    return done({ advisor: await this.#board.one(changed.value.row) });
  }
}

/** An advisor as they are now, and what is to be told of it. */
interface Changed {
  readonly row: AdvisorRow;
  readonly hints: readonly Hint[];
}

async function isFull(tx: Tx, maisonId: MaisonId, storeId: StoreId): Promise<boolean> {
  const rows = await tx
    .selectFrom('advisors')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('store_id', '=', storeId)
    .where('left_at_ms', 'is', null)
    .limit(mostAdvisors)
    .execute();
  return rows.length >= mostAdvisors;
}

function full(): Refusal {
  return refuse('conflict', `At most ${mostAdvisors} advisors work in a boutique: remove one first.`);
}

function noStore(storeId: StoreId): Refusal {
  return refuse('not-found', `There is no boutique ${storeId}.`);
}

function noAdvisor(): Refusal {
  return refuse('not-found', 'There is no such advisor.');
}
