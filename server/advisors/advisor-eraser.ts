import { decodeJwt } from 'jose';
import {
  AttributionRecord,
  Locale,
  type AdvisorParams,
  type Answer,
  type BoardAdvisor,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
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

/** The record of one sale: as it was, and as it is under the new id. */
interface SignedAnew {
  readonly orderId: string;
  readonly before: string;
  readonly record: AttributionRecord;
  readonly signed: string;
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

  constructor(deps: {
    database: Database;
    advisorBoard: AdvisorBoard;
    signer: AttributionSigner;
    connectors: Connectors;
    letters: LetterBox;
    audit: AuditLog;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#board = deps.advisorBoard;
    this.#signer = deps.signer;
    this.#connectors = deps.connectors;
    this.#letters = deps.letters;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /** The pseudonym under which they are known from now on. Refused while they work in the house. */
  async erase(by: AtConsole, whom: AdvisorParams): Promise<Answer<{ advisor: BoardAdvisor }>> {
    const { maisonId, id } = whom;
    if (by.maisonId !== null && by.maisonId !== maisonId) return noAdvisor();
    const pseudonym = this.#random.bytes(8).toString('hex');
    const to = {
      id: `former-${pseudonym}`,
      name: `N° ${pseudonym.slice(0, 6).toUpperCase()}`,
      title: { en: 'Former advisor', fr: 'A quitté la maison' },
      languages: Locale.options,
    };
    for (;;) {
      const anew = await this.#signAnew(maisonId, { from: id, to, words: new Map() });
      const words = new Map(anew.map(({ before, signed }) => [before, signed]));
      const erased = await this.#write(by, whom, { from: id, to, words }, anew);
      if (erased === 'signed-meanwhile') continue;
      if (!erased.ok) return erased;
      this.#letters.wake();
      return done({ advisor: await this.#board.one(erased.value) });
    }
  }

  async #write(
    by: AtConsole,
    { maisonId, id }: AdvisorParams,
    who: Renamed,
    anew: readonly SignedAnew[],
  ): Promise<Answer<AdvisorRow> | 'signed-meanwhile'> {
    const nowMs = this.#clock.nowMs();
    return await this.#database.transact(async (tx) => {
      const row = await lockAdvisor(tx, maisonId, id);
      if (!row) return noAdvisor();
      if (row.left_at_ms === null)
        return refuse('conflict', 'This advisor works here: remove them first, then erase them.');
      if (row.erased_at_ms !== null) return done(row);
      const named = await recordsNaming(tx, maisonId, id);
      if (named.some(({ record }) => !who.words.has(record))) return 'signed-meanwhile';
      for (const { orderId, before, record, signed } of anew) {
        await tx
          .updateTable('attributions')
          .set({ record: signed })
          .where('maison_id', '=', maisonId)
          .where('order_id', '=', orderId)
          .where('record', '=', before)
          .execute();
        await this.#tellHouse(tx, record, signed);
      }
      const erased = await renameAdvisor(tx, row, who, nowMs);
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

  async #signAnew(maisonId: string, who: Renamed): Promise<SignedAnew[]> {
    const anew: SignedAnew[] = [];
    for (const { order_id: orderId, record: before } of await recordsNaming(
      this.#database.db,
      maisonId,
      who.from,
    )) {
      const record = AttributionRecord.parse(renamedIn(decodeJwt(before), who));
      anew.push({ orderId, before, record, signed: await this.#signer.sign(record) });
    }
    return anew;
  }

  /** What was still to be told of the order is overtaken. */
  async #tellHouse(tx: Queries, record: AttributionRecord, signed: string): Promise<void> {
    const { maisonId, orderId, sessionId, closedBy, assistedBy } = record;
    if (!this.#connectors.of(maisonId).connector.capabilities.has('orders')) return;
    const [advisor] = [...closedBy, ...assistedBy];
    if (!advisor) return;
    const letter = { maisonId, direction: 'out', subject: attributeSubject } as const;
    await this.#letters.takeBack(
      tx,
      letter,
      (body) => typeof body === 'object' && body !== null && 'orderId' in body && body.orderId === orderId,
    );
    const attribution = { advisorId: advisor.advisorId, sessionId, record: signed };
    await this.#letters.post(tx, { ...letter, body: { orderId, attribution } });
  }
}

/** Records of a Maison's sales that name an advisor. */
async function recordsNaming(
  db: Queries,
  maisonId: string,
  advisorId: string,
): Promise<{ order_id: string; record: string }[]> {
  const rows = await db
    .selectFrom('attributions')
    .select(['order_id', 'record'])
    .where('maison_id', '=', maisonId)
    .orderBy('order_id')
    .execute();
  const name = JSON.stringify(advisorId);
  return rows.filter(({ record }) => JSON.stringify(decodeJwt(record)).includes(name));
}

function noAdvisor(): Answer<never> {
  return refuse('not-found', 'There is no such advisor.');
}
