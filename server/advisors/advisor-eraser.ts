import { setImmediate } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import {
  AttributionRecord,
  Locale,
  type Advisor,
  type AdvisorId,
  type AdvisorParams,
  type Answer,
  type BoardAdvisor,
  type EpochMs,
  type MaisonId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { advisorMarkOf, formerPrefix, type ErasureMarks } from '../clients/erasure-marks.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import { lockAdvisor, type AdvisorRow } from '../houses/advisor-rows.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { Database, Queries } from '../persistence/database.ts';
import type { AttributionSigner } from '../sale/attribution-keys.ts';
import { attributeSubject } from '../sale/attribute-letter.ts';
import type { AdvisorBoard } from './advisor-board.ts';
import type { AtConsole } from './advisor-book.ts';
import { renameAdvisor } from './rename-advisor.ts';
import { renamedIn, type Renamed } from './renamed.ts';
import { namesAdvisor, ofAnOrder, renameLateTexts, renameToldTexts } from './told-texts.ts';

/** Records of one step: a boutique's taps wait for no more than these. */
const recordsPerStep = 25;

/** Records that are looked through at once. */
const recordsPerLook = 200;

/** By how much another node's clock may be behind. */
const clocksApartMs = 60_000;

/** The record of one sale, as it is kept. */
interface KeptRecord {
  readonly order_id: string;
  readonly record: string;
}

/**
 * Forgets advisors who have left, at their request: name, title and languages go, and everything that named them names a new pseudonym.
 * Records of their sales are signed anew, so that who is credited can still be verified, and the house's own system is told of each.
 */
export class AdvisorEraser {
  readonly #database: Database;
  readonly #board: AdvisorBoard;
  readonly #signer: AttributionSigner;
  readonly #connectors: Connectors;
  readonly #letters: LetterBox;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #secrets: Pick<ServerSecrets, 'ownHash'>;
  readonly #marks: Pick<ErasureMarks, 'isKept' | 'wake'>;

  constructor(deps: {
    database: Database;
    advisorBoard: AdvisorBoard;
    signer: AttributionSigner;
    connectors: Connectors;
    letters: LetterBox;
    audit: AuditLog;
    clock: Clock;
    random: Random;
    secrets: Pick<ServerSecrets, 'ownHash'>;
    marks: Pick<ErasureMarks, 'isKept' | 'wake'>;
  }) {
    this.#database = deps.database;
    this.#board = deps.advisorBoard;
    this.#signer = deps.signer;
    this.#connectors = deps.connectors;
    this.#letters = deps.letters;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#secrets = deps.secrets;
    this.#marks = deps.marks;
  }

  /**
   * The pseudonym under which they are known from now on. Refused while they work in the house. It is done in steps, between which
   * everybody else goes on; one that was broken off is gone on with by asking again, under the pseudonym that it had begun with.
   */
  async erase(by: AtConsole, whom: AdvisorParams): Promise<Answer<{ advisor: BoardAdvisor }>> {
    const { maisonId, id } = whom;
    if (by.maisonId !== null && by.maisonId !== maisonId) return noAdvisor();
    const begun = await this.#begin(whom);
    if (!begun.ok) return begun;
    const { row, becomes } = begun.value;
    if (becomes === null) return done({ advisor: await this.#board.one(row) });
    const who = { from: id, to: formerAdvisor(becomes) };
    let sinceMs = 0;
    for (;;) {
      const beganAtMs = this.#clock.nowMs() - clocksApartMs;
      await this.#signAnew(maisonId, who, sinceMs);
      await renameToldTexts(this.#database, maisonId, who);
      const erased = await this.#end(by, whom, who, beganAtMs);
      sinceMs = beganAtMs;
      if (erased === 'signed-meanwhile') continue;
      if (!erased.ok) return erased;
      this.#letters.wake();
      this.#marks.wake();
      return done({ advisor: await this.#board.one(erased.value) });
    }
  }

  /** Goes on with what was broken off: a server ended, or a backup from before was restored. */
  async resume(): Promise<void> {
    const begun = await houseWide('erasures that were broken off', () =>
      this.#database.db
        .selectFrom('advisors')
        .select(['maison_id', 'id'])
        .where('becomes', 'is not', null)
        .execute(),
    );
    const by = { maisonId: null, actor: { kind: 'server', id: null } } as const;
    for (const { maison_id: maisonId, id } of begun)
      await inMaison(maisonId, () => this.erase(by, { maisonId, id }));
  }

  /** The id that they are being given; null where they have it already. */
  async #begin({
    maisonId,
    id,
  }: AdvisorParams): Promise<Answer<{ row: AdvisorRow; becomes: AdvisorId | null }>> {
    return await this.#database.transact(async (tx) => {
      const row = await lockAdvisor(tx, maisonId, id);
      if (!row) return noAdvisor();
      if (row.left_at_ms === null)
        return refuse('conflict', 'This advisor works here: remove them first, then erase them.');
      if (row.erased_at_ms !== null) return done({ row, becomes: null });
      const becomes = row.becomes ?? `${formerPrefix}${this.#random.bytes(8).toString('hex')}`;
      await tx
        .updateTable('advisors')
        .set({ becomes })
        .where('maison_id', '=', maisonId)
        .where('id', '=', id)
        .execute();
      return done({ row, becomes });
    });
  }

  /** Signs records anew that were made since, some at a time. */
  async #signAnew(maisonId: MaisonId, who: Renamed, sinceMs: EpochMs): Promise<void> {
    const said = await this.#letters.saying(attributing(maisonId));
    const untold = new Set(said.map((body) => ofAnOrder.parse(body).orderId));
    let after: string | null = '';
    while (after !== null) {
      const rows: KeptRecord[] = await this.#database.db
        .selectFrom('attributions')
        .select(['order_id', 'record'])
        .where('maison_id', '=', maisonId)
        .where('made_at_ms', '>=', sinceMs)
        .where('order_id', '>', after)
        .orderBy('order_id')
        .limit(recordsPerLook)
        .execute();
      const named = rows.filter(({ record }) => namesAdvisor(decodeJwt(record), who.from));
      for (let at = 0; at < named.length; at += recordsPerStep)
        await this.#signSome(maisonId, who, named.slice(at, at + recordsPerStep), untold);
      after = rows.length < recordsPerLook ? null : (rows.at(-1)?.order_id ?? null);
      await setImmediate();
    }
  }

  async #signSome(
    maisonId: MaisonId,
    who: Renamed,
    rows: readonly KeptRecord[],
    untold: ReadonlySet<string>,
  ): Promise<void> {
    const anew: { orderId: string; before: string; record: AttributionRecord; signed: string }[] = [];
    for (const { order_id: orderId, record: before } of rows) {
      const record = AttributionRecord.parse(renamedIn(decodeJwt(before), who));
      anew.push({ orderId, before, record, signed: await this.#signer.sign(record) });
    }
    await this.#database.transact(async (tx) => {
      const written: { record: AttributionRecord; signed: string }[] = [];
      for (const { orderId, before, record, signed } of anew) {
        const { numUpdatedRows } = await tx
          .updateTable('attributions')
          .set({ record: signed })
          .where('maison_id', '=', maisonId)
          .where('order_id', '=', orderId)
          .where('record', '=', before)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) written.push({ record, signed });
      }
      await this.#tellHouse(tx, maisonId, written, untold);
    });
    await setImmediate();
  }

  async #end(
    by: AtConsole,
    { maisonId, id }: AdvisorParams,
    who: Renamed,
    sinceMs: EpochMs,
  ): Promise<Answer<AdvisorRow> | 'signed-meanwhile'> {
    const nowMs = this.#clock.nowMs();
    return await this.#database.transact(async (tx) => {
      const row = (await lockAdvisor(tx, maisonId, id)) ?? (await lockAdvisor(tx, maisonId, who.to.id));
      if (!row) return noAdvisor();
      // Somebody who asked at the same time was first.
      if (row.erased_at_ms !== null) return done(row);
      const late = await tx
        .selectFrom('attributions')
        .select('record')
        .where('maison_id', '=', maisonId)
        .where('made_at_ms', '>=', sinceMs)
        .execute();
      if (late.some(({ record }) => namesAdvisor(decodeJwt(record), id))) return 'signed-meanwhile';
      await renameLateTexts(tx, maisonId, who, sinceMs);
      const mark = this.#marks.isKept ? advisorMarkOf(this.#secrets, maisonId, id) : null;
      const erased = await renameAdvisor(tx, row, who, { nowMs, mark });
      await this.#audit.note(tx, {
        maisonId,
        storeId: row.store_id,
        actor: by.actor,
        action: 'advisor.erased',
        subject: who.to.id,
      });
      return done(erased);
    });
  }

  /** What was still to be told of these orders is overtaken. */
  async #tellHouse(
    tx: Queries,
    maisonId: MaisonId,
    anew: readonly { readonly record: AttributionRecord; readonly signed: string }[],
    untold: ReadonlySet<string>,
  ): Promise<void> {
    if (!this.#connectors.of(maisonId).connector.capabilities.has('orders')) return;
    const letter = attributing(maisonId);
    const overtaken = new Set(anew.map(({ record }) => record.orderId).filter((id) => untold.has(id)));
    if (overtaken.size > 0)
      await this.#letters.takeBack(tx, letter, (body) => overtaken.has(ofAnOrder.parse(body).orderId));
    for (const { record, signed } of anew) {
      const { orderId, sessionId, closedBy, assistedBy } = record;
      const [advisor] = [...closedBy, ...assistedBy];
      if (!advisor) continue;
      const attribution = { advisorId: advisor.advisorId, sessionId, record: signed };
      await this.#letters.post(tx, { ...letter, body: { orderId, attribution } });
    }
  }
}

/** Letters that tell a house's system who is credited. */
function attributing(maisonId: MaisonId) {
  return { maisonId, direction: 'out', subject: attributeSubject } as const;
}

/** How somebody is told of whom nothing is known but a pseudonym. */
function formerAdvisor(id: AdvisorId): Advisor {
  const pseudonym = id.slice(formerPrefix.length);
  return {
    id,
    name: `N° ${pseudonym.slice(0, 6).toUpperCase()}`,
    title: { en: 'Former advisor', fr: 'A quitté la maison' },
    languages: Locale.options,
  };
}

function noAdvisor(): Answer<never> {
  return refuse('not-found', 'There is no such advisor.');
}
