import type { MaisonId, Sku, StoreId } from '../../../protocol/index.ts';
import {
  omsCapabilities,
  type AppointmentAsk,
  type AppointmentCancel,
  type AppointmentMove,
  type AppointmentOutcome,
  type AttributeOutcome,
  type CancelOutcome,
  type ClientErase,
  type ClientOutcome,
  type ClientReference,
  type CommitOutcome,
  type ConsentOutcome,
  type ConsentRecord,
  type ContextAsk,
  type ContextOutcome,
  type DraftOutcome,
  type EraseOutcome,
  type ExtendOutcome,
  type ForgetOutcome,
  type HoldAsk,
  type HoldCommit,
  type HoldExtension,
  type HoldOutcome,
  type HoldRelease,
  type LevelOutcome,
  type MoveOutcome,
  type NoteOutcome,
  type NoteRecord,
  type NotesForget,
  type OmsCapability,
  type OmsCatalogue,
  type OmsConnector,
  type OmsCursor,
  type OmsListener,
  type OmsReading,
  type OrderAttribution,
  type OrderDraft,
  type OrderPlacement,
  type OrderUpdate,
  type PlaceOutcome,
  type ReleaseOutcome,
  type TransferAsk,
  type TransferOutcome,
  type TransferTimes,
  type UpdateOutcome,
} from '../../../protocol/connector/index.ts';
import type { Clock } from '../../core/clock.ts';
import { newId, newTypedCode, type Random } from '../../core/random.ts';
import type { Database, Tx } from '../../persistence/database.ts';
import { bookAppointment, cancelAppointment, moveAppointment } from './embedded-appointments.ts';
import { findClient, recordConsent } from './embedded-clients.ts';
import { eraseClient, readContext } from './embedded-context.ts';
import { forgetNotes, recordNote } from './embedded-notes.ts';
import { commitHold, extendHold, placeHold, releaseHold } from './embedded-holds.ts';
import { attributeOrder, draftOrder, NoneFree, placeOrder, updateOrder } from './embedded-orders.ts';
import { inOms, onceInOms } from './embedded-replies.ts';
import { asLevel, hasDueHolds, levelOf } from './embedded-shelf.ts';
import { requestTransfer, transferTimes } from './embedded-transfers.ts';

/** As many as a person reads out at the till, and too many to meet another order by chance. */
const orderLetters = 8;

/** What one Maison's view of the embedded OMS is made of. */
export interface EmbeddedConnectorDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly maisonId: MaisonId;
  /** What the Maison sells, told by its catalogue. */
  readonly catalogue: OmsCatalogue;
  /** Follows the Maison's changes until the returned function is called. */
  readonly follow: (cursor: OmsCursor | null, listener: OmsListener) => () => void;
  /** Tells the followers that something was committed. */
  readonly committed: () => void;
}

/** The embedded OMS through the port, for one Maison. */
export class EmbeddedConnector implements OmsConnector {
  readonly name = 'embedded';
  readonly capabilities: ReadonlySet<OmsCapability> = new Set(omsCapabilities);
  readonly #deps: EmbeddedConnectorDeps;

  constructor(deps: EmbeddedConnectorDeps) {
    this.#deps = deps;
  }

  async levels(): Promise<OmsReading> {
    await this.#settle();
    const { database, clock, maisonId } = this.#deps;
    const asOfMs = clock.nowMs();
    const rows = await database.db
      .selectFrom('oms_levels')
      .innerJoin('stores', 'stores.id', 'oms_levels.store_id')
      .selectAll('oms_levels')
      .where('stores.maison_id', '=', maisonId)
      .orderBy('stores.position')
      .orderBy('oms_levels.sku')
      .execute();
    return { asOfMs, levels: rows.map(asLevel) };
  }

  async level(storeId: StoreId, sku: Sku): Promise<LevelOutcome> {
    await this.#settle();
    const { database, clock, maisonId } = this.#deps;
    const asOfMs = clock.nowMs();
    const level = await levelOf(database.db, maisonId, storeId, sku);
    return level ? { kind: 'read', asOfMs, level } : { kind: 'unknown-sku' };
  }

  subscribe(cursor: OmsCursor | null, listener: OmsListener): () => void {
    return this.#deps.follow(cursor, listener);
  }

  async catalogue(): Promise<OmsCatalogue> {
    return this.#deps.catalogue;
  }

  async hold(ask: HoldAsk): Promise<HoldOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs, id) =>
      onceInOms(tx, { maisonId, key: ask.key, nowMs }, 'hold', () => placeHold(tx, maisonId, ask, id, nowMs)),
    );
  }

  async extendHold(extension: HoldExtension): Promise<ExtendOutcome> {
    return await this.#write((tx) => extendHold(tx, this.#deps.maisonId, extension));
  }

  async releaseHold({ holdId }: HoldRelease): Promise<ReleaseOutcome> {
    return await this.#write((tx, nowMs) => releaseHold(tx, this.#deps.maisonId, holdId, nowMs));
  }

  async commitHold({ holdId }: HoldCommit): Promise<CommitOutcome> {
    return await this.#write((tx, nowMs) => commitHold(tx, this.#deps.maisonId, holdId, nowMs));
  }

  async findClient(reference: ClientReference): Promise<ClientOutcome> {
    return await findClient(this.#deps.database.db, this.#deps.maisonId, reference);
  }

  async recordConsent(record: ConsentRecord): Promise<ConsentOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key: record.key, nowMs }, 'recordConsent', () =>
        recordConsent(tx, maisonId, record),
      ),
    );
  }

  async readContext(ask: ContextAsk): Promise<ContextOutcome> {
    const { database, clock, maisonId } = this.#deps;
    return await readContext(database.db, maisonId, ask, clock.nowMs());
  }

  async eraseClient({ key, clientId }: ClientErase): Promise<EraseOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key, nowMs }, 'eraseClient', () => eraseClient(tx, maisonId, clientId)),
    );
  }

  async recordNote(record: NoteRecord): Promise<NoteOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key: record.key, nowMs }, 'recordNote', () =>
        recordNote(tx, maisonId, record),
      ),
    );
  }

  async forgetNotes({ key, clientId }: NotesForget): Promise<ForgetOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key, nowMs }, 'forgetNotes', () => forgetNotes(tx, maisonId, clientId)),
    );
  }

  async draftOrder(draft: OrderDraft): Promise<DraftOutcome> {
    const { maisonId } = this.#deps;
    // An order is called by its number at the till.
    const id = newTypedCode(this.#deps.random, orderLetters);
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key: draft.key, nowMs }, 'draftOrder', () =>
        draftOrder(tx, maisonId, draft, id),
      ),
    );
  }

  async updateOrder(update: OrderUpdate): Promise<UpdateOutcome> {
    return await this.#write((tx) => updateOrder(tx, this.#deps.maisonId, update));
  }

  async placeOrder(placement: OrderPlacement): Promise<PlaceOutcome> {
    try {
      return await this.#write((tx) => placeOrder(tx, this.#deps.maisonId, placement));
    } catch (fault) {
      if (fault instanceof NoneFree) return { kind: 'none-free', sku: fault.sku };
      throw fault;
    }
  }

  async attributeOrder(attribution: OrderAttribution): Promise<AttributeOutcome> {
    return await this.#write((tx) => attributeOrder(tx, this.#deps.maisonId, attribution));
  }

  async bookAppointment(ask: AppointmentAsk): Promise<AppointmentOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs, id) =>
      onceInOms(tx, { maisonId, key: ask.key, nowMs }, 'bookAppointment', () =>
        bookAppointment(tx, maisonId, ask, id),
      ),
    );
  }

  async moveAppointment(move: AppointmentMove): Promise<MoveOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key: move.key, nowMs }, 'moveAppointment', () =>
        moveAppointment(tx, maisonId, move),
      ),
    );
  }

  async cancelAppointment(cancel: AppointmentCancel): Promise<CancelOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs) =>
      onceInOms(tx, { maisonId, key: cancel.key, nowMs }, 'cancelAppointment', () =>
        cancelAppointment(tx, maisonId, cancel),
      ),
    );
  }

  async requestTransfer(ask: TransferAsk): Promise<TransferOutcome> {
    const { maisonId } = this.#deps;
    return await this.#write((tx, nowMs, id) =>
      onceInOms(tx, { maisonId, key: ask.key, nowMs }, 'requestTransfer', () =>
        requestTransfer(tx, maisonId, ask, id, nowMs),
      ),
    );
  }

  async transferTimes(): Promise<TransferTimes> {
    return await transferTimes(this.#deps.database.db, this.#deps.maisonId);
  }

  /** Gives back what has run out before a level is read. */
  async #settle(): Promise<void> {
    const { database, clock, maisonId } = this.#deps;
    if (await hasDueHolds(database.db, maisonId, clock.nowMs())) await this.#write(async () => undefined);
  }

  async #write<Value>(work: (tx: Tx, nowMs: number, id: string) => Promise<Value>): Promise<Value> {
    const { database, clock, random, maisonId, committed } = this.#deps;
    const nowMs = clock.nowMs();
    const id = newId(random);
    const value = await inOms(database, maisonId, nowMs, (tx) => work(tx, nowMs, id));
    committed();
    return value;
  }
}
