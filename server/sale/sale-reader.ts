import {
  type Advisor,
  type Answer,
  type Appointment,
  type Collection,
  type MaisonId,
  type Run,
  type SaleBoard,
  type SaleOrder,
  type SalePlace,
  type SaleReading,
  type SaleTransfer,
  type SessionId,
  type StoreId,
  openRuns,
  RunState,
} from '../../protocol/index.ts';
import * as z from 'zod/mini';
import { done, refuse } from '../core/answers.ts';
import { purposesOf } from '../clients/client-reader.ts';
import type { Device } from '../devices/device-registry.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ruleFor } from './attribution-rules.ts';
import { AppointmentBody, bodyOf, CollectionBody, OrderBody, RunBody, TransferBody } from './step-bodies.ts';
import type { SaleStepRow } from './sale-steps.ts';

/** A piece that arrived, or was looked for in vain, leaves the board after this long. */
const seenForMs = 5 * 60_000;

/** Puts steps into the words of the wire, with everybody's names. */
export class SaleReader {
  readonly #database: Database;
  readonly #houses: Houses;
  readonly #desk: AdvisorDesk;
  readonly #sessions: Sessions;
  readonly #connectors: Connectors;
  readonly #settings: HouseSettings;

  constructor(deps: {
    database: Database;
    houses: Houses;
    desk: AdvisorDesk;
    sessions: Sessions;
    connectors: Connectors;
    settings: HouseSettings;
  }) {
    this.#database = deps.database;
    this.#houses = deps.houses;
    this.#desk = deps.desk;
    this.#sessions = deps.sessions;
    this.#connectors = deps.connectors;
    this.#settings = deps.settings;
  }

  /** Everything of one visit, for its mirror and its advisor. */
  async read(device: Device, sessionId: SessionId): Promise<Answer<SaleReading>> {
    const session = await this.#sessions.inTouch(device, sessionId);
    if (!session.ok) return session;
    const rows = await this.#database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('maison_id', '=', device.maisonId)
      .where('session_id', '=', sessionId)
      .orderBy('made_at_ms')
      .orderBy('id')
      .execute();
    const { connector } = this.#connectors.of(device.maisonId);
    const { capabilities } = connector;
    const of = (kind: SaleStepRow['kind'], ...states: string[]) =>
      rows.filter((row) => row.kind === kind && states.includes(row.state));
    const order = of('order', 'draft', 'placed').at(-1);
    return done({
      offered: {
        transfers: capabilities.has('transfers'),
        appointments: capabilities.has('appointments'),
        appointmentChanges: capabilities.has('appointment-changes'),
        orders: capabilities.has('orders'),
      },
      notes: purposesOf(connector).includes('remember')
        ? { occasions: [...this.#settings.of(device.maisonId).sale.occasions] }
        : null,
      runs: await each(of('run', ...RunState.options), (row) => this.run(row)),
      transfers: await each(of('transfer', 'requested'), (row) => this.transfer(row)),
      collections: await each(of('collection', 'reserved'), (row) => this.collection(row)),
      appointments: await each(of('appointment', 'booked', 'cancelled'), (row) => this.appointment(row)),
      order: order ? this.order(order) : null,
      agreement: ruleFor(this.#settings, device.maisonId, session.value.store_id).rule.agreement,
    });
  }

  /** What is to be done in one boutique, for whoever is signed in there: the codes to collect by are on it. */
  async board(device: Device, nowMs: number): Promise<Answer<SaleBoard>> {
    if (!(await this.#desk.signedIn(device)))
      return refuse('forbidden', 'Nobody is signed in on this tablet.');
    const { maisonId, storeId } = device;
    const rows = await this.#database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('store_id', '=', storeId)
      .where((eb) =>
        eb.or([
          eb.and([eb('kind', '=', 'run'), eb('state', 'in', openRuns)]),
          eb.and([
            eb('kind', '=', 'run'),
            eb('state', 'in', ['here', 'not-found']),
            eb('changed_at_ms', '>', nowMs - seenForMs),
          ]),
          eb.and([eb('kind', '=', 'collection'), eb('state', '=', 'reserved'), eb('until_ms', '>', nowMs)]),
        ]),
      )
      .orderBy('made_at_ms')
      .orderBy('id')
      .execute();
    const collections = await each(
      rows.filter(({ kind }) => kind === 'collection'),
      (row) => this.collection(row),
    );
    return done({
      runs: await each(
        rows.filter(({ kind }) => kind === 'run'),
        (row) => this.run(row),
      ),
      collections: collections.filter(({ state }) => state === 'waiting'),
    });
  }

  async run(row: SaleStepRow): Promise<Run> {
    const kiosk = await this.#database.db
      .selectFrom('sessions')
      .innerJoin('devices', 'devices.id', 'sessions.kiosk_id')
      .select('devices.name')
      .where('sessions.id', '=', row.session_id)
      .executeTakeFirst();
    return {
      id: row.id,
      sessionId: row.session_id,
      sku: bodyOf(RunBody, row).sku,
      state: z.parse(RunState, row.state),
      kioskName: kiosk?.name ?? '',
      askedBy: await this.advisor(row.maison_id, row.advisor_id),
      runner: row.other_id === null ? null : await this.advisor(row.maison_id, row.other_id),
      askedAtMs: row.made_at_ms,
      changedAtMs: row.changed_at_ms,
    };
  }

  async transfer(row: SaleStepRow): Promise<SaleTransfer> {
    const { sku, fromStoreId, expectedAtMs } = bodyOf(TransferBody, row);
    return {
      id: row.id,
      sku,
      from: await this.#place(row.maison_id, fromStoreId),
      expectedAtMs,
      askedAtMs: row.made_at_ms,
    };
  }

  async collection(row: SaleStepRow): Promise<Collection> {
    const { sku, holdId, code } = bodyOf(CollectionBody, row);
    const hold = await this.#database.db
      .selectFrom('holds')
      .select('state')
      .where('id', '=', holdId ?? '')
      .executeTakeFirst();
    const state = hold?.state === 'active' ? 'waiting' : hold?.state === 'committed' ? 'collected' : 'ended';
    return {
      id: row.id,
      sessionId: row.session_id,
      sku,
      at: await this.#place(row.maison_id, row.store_id),
      holdId: holdId ?? '',
      state,
      code,
      untilMs: row.until_ms,
      reservedBy: await this.advisor(row.maison_id, row.advisor_id),
    };
  }

  async appointment(row: SaleStepRow): Promise<Appointment> {
    const { startsAtMs, durationMs, skus } = bodyOf(AppointmentBody, row);
    return {
      id: row.id,
      at: await this.#place(row.maison_id, row.store_id),
      advisor: await this.advisor(row.maison_id, row.other_id ?? row.advisor_id),
      startsAtMs,
      durationMs,
      skus,
      state: row.state === 'cancelled' ? 'cancelled' : 'booked',
    };
  }

  order(row: SaleStepRow): SaleOrder {
    const { omsId, revision, lines, record } = bodyOf(OrderBody, row);
    const state = row.state === 'placed' ? 'placed' : 'draft';
    return {
      id: row.id,
      orderId: omsId ?? '',
      state,
      revision,
      lines,
      record,
      changedAtMs: row.changed_at_ms,
    };
  }

  async #place(maisonId: MaisonId, storeId: StoreId): Promise<SalePlace> {
    const store = await this.#houses.store(maisonId, storeId);
    if (!store) return { id: storeId, name: storeId, city: '', timeZone: 'UTC' };
    const { id, name, city, timeZone } = store;
    return { id, name, city, timeZone };
  }

  /** An advisor who has left the house keeps their pseudonym for a name. */
  async advisor(maisonId: MaisonId, id: string): Promise<Advisor> {
    const known = await this.#houses.advisor(maisonId, id);
    return known ?? { id, name: id, title: { en: '–', fr: '–' }, languages: [] };
  }
}

async function each<Value>(
  rows: readonly SaleStepRow[],
  put: (row: SaleStepRow) => Promise<Value>,
): Promise<Value[]> {
  return await Promise.all(rows.map(put));
}
