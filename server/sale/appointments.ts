import {
  freeSlots,
  usualHours,
  type Answer,
  type Appointment,
  type AppointmentSlots,
  type BusyTime,
  type CommandId,
  type CommandPayload,
  type MaisonId,
  type SaleStepId,
  type StoreId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Connectors } from '../oms/connectors.ts';
import { askHouse } from './ask-house.ts';
import { clientOfSale } from './client-of-sale.ts';
import type { SaleReader } from './sale-reader.ts';
import { notOffered, type SaleSteps } from './sale-steps.ts';
import { AppointmentBody, bodyOf } from './step-bodies.ts';

const minuteMs = 60_000;

/** Times that advisors keep for clients, in the boutique's own hours and the house's own diary. */
export class Appointments {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #houses: Houses;
  readonly #settings: HouseSettings;
  readonly #pieces: Pieces;
  readonly #connectors: Connectors;
  readonly #audit: AuditLog;

  constructor(deps: {
    steps: SaleSteps;
    reader: SaleReader;
    houses: Houses;
    settings: HouseSettings;
    pieces: Pieces;
    connectors: Connectors;
    audit: AuditLog;
  }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#houses = deps.houses;
    this.#settings = deps.settings;
    this.#pieces = deps.pieces;
    this.#connectors = deps.connectors;
    this.#audit = deps.audit;
  }

  /** When an advisor of the tablet's boutique has time. */
  async slots(device: Device, advisorId: string): Promise<Answer<AppointmentSlots>> {
    const who = await this.#steps.signedIn(device);
    if (!who.ok) return who;
    const { maisonId, storeId } = device;
    const advisors = await this.#houses.advisors(maisonId, storeId);
    if (!advisors.some(({ id }) => id === advisorId))
      return refuse('not-found', 'There is no such advisor in this boutique.');
    return done(await this.free(maisonId, storeId, advisorId));
  }

  /** The times of an advisor that nobody has, `except` by this step: what is moved is not in its own way. */
  async free(
    maisonId: MaisonId,
    storeId: StoreId,
    advisorId: string,
    except: SaleStepId | null = null,
  ): Promise<AppointmentSlots> {
    const plan = await this.#planOf(maisonId, storeId);
    const busy = await this.#busy(maisonId, advisorId, except);
    return { durationMs: plan.slotMs, startsAtMs: freeSlots(plan, busy, this.#steps.clock.nowMs()) };
  }

  async book(
    device: Device,
    commandId: CommandId,
    { sessionId, advisorId, startsAtMs, skus }: CommandPayload<'appointment.book'>,
  ): Promise<Answer<{ appointment: Appointment }>> {
    const asker = await this.#steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { maisonId, storeId } = device;
    const { connector } = this.#connectors.of(maisonId);
    if (!connector.capabilities.has('appointments')) return notOffered('appointments');
    for (const sku of skus)
      if (!(await this.#pieces.knowsSku(maisonId, sku)))
        return refuse('unknown-sku', `${maisonId} has no ${sku}.`);
    const known = await this.#steps.database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('device_id', '=', device.id)
      .where('command_id', '=', commandId)
      .executeTakeFirst();
    const slots = await this.slots(device, advisorId);
    if (!slots.ok) return slots;
    const { durationMs } = slots.value;
    if (!known && !slots.value.startsAtMs.includes(startsAtMs))
      return refuse('conflict', 'This time is not free any more.');
    const begun = await this.#steps.database.transact((tx) =>
      this.#steps.begin(tx, device, commandId, {
        kind: 'appointment',
        state: 'asking',
        storeId,
        sessionId,
        advisorId: asker.value.advisorId,
        otherId: advisorId,
        body: { startsAtMs, durationMs, skus, omsId: null },
        untilMs: startsAtMs + durationMs,
      }),
    );
    if (!begun.ok) return begun;
    const row = begun.value;
    if (row.state === 'booked') return done({ appointment: await this.#reader.appointment(row) });
    const body = bodyOf(AppointmentBody, row);
    const clientId = await clientOfSale(
      this.#steps.database.db,
      sessionId,
      'after-sale',
      this.#steps.clock.nowMs(),
    );
    const asked = await askHouse(() =>
      connector.bookAppointment({
        key: row.id,
        storeId,
        clientId,
        advisorId: row.other_id ?? advisorId,
        startsAtMs: body.startsAtMs,
        durationMs: body.durationMs,
        skus: body.skus,
      }),
    );
    if (!asked.ok) return asked;
    if (asked.value.kind !== 'booked') {
      // Kept, so that this time is not offered again.
      const state = asked.value.kind;
      await this.#steps.move(this.#steps.database.db, row, ['asking'], { state });
      return state === 'taken'
        ? refuse('conflict', 'The advisor is with somebody else then.')
        : refuse('client-unknown', 'The house does not know this client any more.');
    }
    const { appointmentId: omsId } = asked.value;
    const moved = await this.#steps.database.transact(async (tx) => {
      const now = await this.#steps.move(tx, row, ['asking'], {
        state: 'booked',
        body: JSON.stringify({ ...body, omsId }),
      });
      if (now) {
        await this.#audit.note(tx, {
          maisonId,
          storeId,
          actor: { kind: 'advisor', id: asker.value.advisorId },
          action: 'sale.appointment-booked',
          subject: row.id,
        });
      }
      return now;
    });
    this.#steps.tell(row);
    return done({ appointment: await this.#reader.appointment(moved ?? row) });
  }

  async #planOf(maisonId: MaisonId, storeId: StoreId) {
    const { appointments } = this.#settings.of(maisonId).sale;
    const store = await this.#houses.store(maisonId, storeId);
    return {
      hours: this.#houses.content(maisonId, storeId).openingHours ?? usualHours,
      timeZone: store?.timeZone ?? 'UTC',
      slotMs: appointments.minutes * minuteMs,
      daysAhead: appointments.daysAhead,
      leadMs: appointments.leadMinutes * minuteMs,
    };
  }

  async #busy(maisonId: MaisonId, advisorId: string, except: SaleStepId | null): Promise<BusyTime[]> {
    const rows = await this.#steps.database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('maison_id', '=', maisonId)
      .where('kind', '=', 'appointment')
      .where('other_id', '=', advisorId)
      .where('state', 'in', ['booked', 'taken'])
      .where('until_ms', '>', this.#steps.clock.nowMs())
      .execute();
    return rows.filter(({ id }) => id !== except).map((row) => bodyOf(AppointmentBody, row));
  }
}
