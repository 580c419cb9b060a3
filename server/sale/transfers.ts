import type {
  Answer,
  CommandId,
  CommandPayload,
  MaisonId,
  SaleTransfer,
  Sku,
  StoreId,
} from '../../protocol/index.ts';
import type { TransferOutcome } from '../../protocol/connector/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import { askHouse } from './ask-house.ts';
import type { KeptWhileAsked } from './kept-while-asked.ts';
import type { SaleReader } from './sale-reader.ts';
import { notOffered, type SaleStepRow, type SaleSteps } from './sale-steps.ts';
import { bodyOf, TransferBody } from './step-bodies.ts';

/** A transfer keeps its visit for so long: the longest way between two boutiques, and time to look after it. */
const keptMs = 30 * 24 * 3_600_000;

/** Pieces that come from another boutique, promised there by the house's own system. */
export class Transfers {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #houses: Houses;
  readonly #connectors: Connectors;
  readonly #holds: HoldBook;
  readonly #kept: KeptWhileAsked;
  readonly #readAgain: (maisonId: MaisonId, storeId: StoreId, sku: Sku) => Promise<boolean>;
  readonly #audit: AuditLog;

  constructor(deps: {
    steps: SaleSteps;
    reader: SaleReader;
    houses: Houses;
    connectors: Connectors;
    holds: HoldBook;
    kept: KeptWhileAsked;
    /** Reads the house's level of a piece again; whether that went well. */
    readAgain: (maisonId: MaisonId, storeId: StoreId, sku: Sku) => Promise<boolean>;
    audit: AuditLog;
  }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#houses = deps.houses;
    this.#connectors = deps.connectors;
    this.#holds = deps.holds;
    this.#kept = deps.kept;
    this.#readAgain = deps.readAgain;
    this.#audit = deps.audit;
  }

  async ask(
    device: Device,
    commandId: CommandId,
    { sessionId, fromStoreId, sku }: CommandPayload<'transfer.ask'>,
  ): Promise<Answer<{ transfer: SaleTransfer }>> {
    const asker = await this.#steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { connector } = this.#connectors.of(device.maisonId);
    if (!connector.capabilities.has('transfers')) return notOffered('transfers');
    const toStoreId = asker.value.session.store_id;
    const from = await this.#houses.store(device.maisonId, fromStoreId);
    if (!from || from.id === toStoreId) return refuse('not-found', `There is no boutique ${fromStoreId}.`);
    // Written down before the house is asked: the same command asks again with the same key, and is told the same.
    const begun = await this.#steps.database.transact((tx) =>
      this.#steps.begin(tx, device, commandId, {
        kind: 'transfer',
        state: 'asking',
        storeId: toStoreId,
        sessionId,
        advisorId: asker.value.advisorId,
        body: { sku, fromStoreId, omsId: null, expectedAtMs: null },
        untilMs: this.#steps.clock.nowMs() + keptMs,
      }),
    );
    if (!begun.ok) return begun;
    const row = begun.value;
    if (row.state === 'requested') return done({ transfer: await this.#reader.transfer(row) });
    const body = bodyOf(TransferBody, row);
    const keeper = {
      maisonId: row.maison_id,
      storeId: body.fromStoreId,
      sessionId,
      deviceId: device.id,
      // What waits there to be collected is another piece than the one that is sent.
      takesOwn: false,
    };
    const kept = await this.#kept.take(keeper, [{ sku: body.sku, quantity: 1 }]);
    if (!kept.ok) return kept;
    const asked = await askHouse(() =>
      connector.requestTransfer({
        key: row.id,
        fromStoreId: body.fromStoreId,
        toStoreId,
        sku: body.sku,
        quantity: 1,
      }),
    );
    // Whether a house that did not answer sends it is not known: what was taken for it runs out by itself.
    if (!asked.ok) return asked;
    if (asked.value.kind !== 'requested') await this.#kept.giveBack(body.fromStoreId, kept.value);
    // What was taken ends when the level has been read that has the piece promised: before, it would look free.
    else if (await this.#readAgain(row.maison_id, body.fromStoreId, body.sku))
      await this.#holds.settle(body.fromStoreId, kept.value, 'ordered');
    return await this.#settle(row, asked.value);
  }

  async #settle(row: SaleStepRow, outcome: TransferOutcome): Promise<Answer<{ transfer: SaleTransfer }>> {
    const body = bodyOf(TransferBody, row);
    if (outcome.kind !== 'requested') {
      await this.#steps.move(this.#steps.database.db, row, ['asking'], {
        state: 'refused',
        until_ms: row.made_at_ms,
      });
      return outcome.kind === 'none-free'
        ? refuse('out-of-stock', `Nothing of ${body.sku} is free there.`)
        : refuse('unknown-sku', `The house does not count ${body.sku} in both boutiques.`);
    }
    const { id: omsId, expectedAtMs } = outcome.transfer;
    const moved = await this.#steps.database.transact(async (tx) => {
      const now = await this.#steps.move(tx, row, ['asking'], {
        state: 'requested',
        body: JSON.stringify({ ...body, omsId, expectedAtMs }),
      });
      if (now) {
        await this.#audit.note(tx, {
          maisonId: row.maison_id,
          storeId: row.store_id,
          actor: { kind: 'advisor', id: row.advisor_id },
          action: 'sale.transfer-asked',
          subject: row.id,
        });
      }
      return now;
    });
    this.#steps.tell(row);
    return done({ transfer: await this.#reader.transfer(moved ?? row) });
  }
}
