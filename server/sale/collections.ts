import type { Answer, Collection, CommandId, CommandPayload } from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import { newTypedCode, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { SaleReader } from './sale-reader.ts';
import type { SaleStepRow, SaleSteps } from './sale-steps.ts';
import { bodyOf, CollectionBody } from './step-bodies.ts';

const hourMs = 3_600_000;
const codeLetters = 6;

/** Pieces that wait for their client, here or in another boutique: a long hold, and a code to say at the counter. */
export class Collections {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #houses: Houses;
  readonly #settings: HouseSettings;
  readonly #holds: HoldBook;
  readonly #audit: AuditLog;
  readonly #random: Random;

  constructor(deps: {
    steps: SaleSteps;
    reader: SaleReader;
    houses: Houses;
    settings: HouseSettings;
    holds: HoldBook;
    audit: AuditLog;
    random: Random;
  }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#houses = deps.houses;
    this.#settings = deps.settings;
    this.#holds = deps.holds;
    this.#audit = deps.audit;
    this.#random = deps.random;
  }

  async reserve(
    device: Device,
    commandId: CommandId,
    { sessionId, storeId, sku }: CommandPayload<'collection.reserve'>,
  ): Promise<Answer<{ collection: Collection }>> {
    const asker = await this.#steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    if (!(await this.#houses.store(device.maisonId, storeId)))
      return refuse('not-found', `There is no boutique ${storeId}.`);
    const untilMs =
      this.#steps.clock.nowMs() + this.#settings.of(device.maisonId).sale.collectionHours * hourMs;
    const begun = await this.#steps.database.transact((tx) =>
      this.#steps.begin(tx, device, commandId, {
        kind: 'collection',
        state: 'asking',
        storeId,
        sessionId,
        advisorId: asker.value.advisorId,
        body: { sku, holdId: null, code: newTypedCode(this.#random, codeLetters) },
        untilMs,
      }),
    );
    if (!begun.ok) return begun;
    const row = begun.value;
    if (row.state === 'reserved') return done({ collection: await this.#reader.collection(row) });
    // The step's own id is the hold's command: however often it is asked for, one piece is kept.
    const held = await this.#holds.take({
      storeId: row.store_id,
      sku: bodyOf(CollectionBody, row).sku,
      sessionId,
      deviceId: device.id,
      commandId: row.id,
      collectUntilMs: row.until_ms,
      takesOver: true,
    });
    if (!held.ok) {
      if (held.error.code !== 'oms-unavailable')
        await this.#steps.move(this.#steps.database.db, row, ['asking'], {
          state: 'refused',
          until_ms: row.made_at_ms,
        });
      return held;
    }
    const body = { ...bodyOf(CollectionBody, row), holdId: held.value.hold.id };
    const moved = await this.#steps.database.transact(async (tx) => {
      const now = await this.#steps.move(tx, row, ['asking'], {
        state: 'reserved',
        body: JSON.stringify(body),
      });
      if (now)
        await this.#audit.note(tx, { ...noteOf(row, row.advisor_id), action: 'sale.collection-reserved' });
      return now;
    });
    this.#steps.tell(row);
    return done({ collection: await this.#reader.collection(moved ?? row) });
  }

  /** By the boutique in which it waits, or by the advisor who reserved it. */
  async end(
    device: Device,
    { collectionId, how }: CommandPayload<'collection.end'>,
  ): Promise<Answer<{ collection: Collection }>> {
    const who = await this.#steps.signedIn(device);
    if (!who.ok) return who;
    const { advisorId } = who.value;
    const row = await this.#steps.find(device, 'collection', collectionId);
    const isTheirs = row && (row.store_id === device.storeId || row.advisor_id === advisorId);
    if (!isTheirs || row.state !== 'reserved')
      return refuse('not-found', 'No such piece waits in this boutique.');
    const before = await this.#reader.collection(row);
    const ending = how === 'collected' ? 'collected' : 'free';
    const ended =
      before.state === 'waiting' && (await this.#holds.settle(row.store_id, [before.holdId], ending));
    // A colleague may have been faster: what became of the piece is theirs to tell.
    if (!ended || ended.length === 0) return refuse('hold-ended', 'This piece does not wait any more.');
    await this.#steps.database.transact((tx) =>
      this.#audit.note(tx, { ...noteOf(row, advisorId), action: 'sale.collection-ended', reason: how }),
    );
    this.#steps.tell(row);
    return done({ collection: await this.#reader.collection(row) });
  }
}

function noteOf(row: SaleStepRow, advisorId: string) {
  return {
    maisonId: row.maison_id,
    storeId: row.store_id,
    actor: { kind: 'advisor', id: advisorId },
    subject: row.id,
  } as const;
}
