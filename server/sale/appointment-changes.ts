import type {
  Answer,
  Appointment,
  AuditAction,
  CommandId,
  CommandPayload,
  SaleStepId,
  SessionId,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Connectors } from '../oms/connectors.ts';
import { Turns } from '../oms/turns.ts';
import type { Appointments } from './appointments.ts';
import { askHouse } from './ask-house.ts';
import type { SaleReader } from './sale-reader.ts';
import { notOffered, type SaleStepRow, type SaleSteps } from './sale-steps.ts';
import { AppointmentBody, bodyOf } from './step-bodies.ts';

type Changed = Answer<{ appointment: Appointment }>;

/** An appointment of the visit at hand, and who changes it. */
interface Asked {
  readonly row: SaleStepRow;
  readonly advisorId: string;
}

interface TimeKept {
  readonly startsAtMs: number;
  readonly durationMs: number;
}

/** Appointments that are moved or struck out: in the house's own diary first, where it lets us. */
export class AppointmentChanges {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #appointments: Appointments;
  readonly #connectors: Connectors;
  readonly #audit: AuditLog;
  /** Two changes of one appointment reach the house one after the other. */
  readonly #turns = new Turns();

  constructor(deps: {
    steps: SaleSteps;
    reader: SaleReader;
    appointments: Appointments;
    connectors: Connectors;
    audit: AuditLog;
  }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#appointments = deps.appointments;
    this.#connectors = deps.connectors;
    this.#audit = deps.audit;
  }

  move(
    device: Device,
    commandId: CommandId,
    { sessionId, appointmentId, startsAtMs }: CommandPayload<'appointment.move'>,
  ): Promise<Changed> {
    return this.#turns.take(appointmentId, async () => {
      const asked = await this.#asked(device, sessionId, appointmentId);
      if (!asked.ok) return asked;
      const { row } = asked.value;
      const body = bodyOf(AppointmentBody, row);
      if (row.state === 'booked' && body.startsAtMs === startsAtMs) return await this.#answer(row);
      const passed = this.#passed(row);
      if (passed) return passed;
      const { maisonId } = device;
      const keeper = row.other_id ?? row.advisor_id;
      const free = await this.#appointments.free(maisonId, row.store_id, keeper, row.id);
      if (!free.startsAtMs.includes(startsAtMs)) return refuse('conflict', 'This time is not free any more.');
      const { durationMs } = free;
      const told = await askHouse(() =>
        this.#connectors.of(maisonId).connector.moveAppointment({
          key: commandId,
          appointmentId: body.omsId ?? '',
          startsAtMs,
          durationMs,
        }),
      );
      if (!told.ok) return told;
      switch (told.value.kind) {
        case 'moved':
          return await this.#moved(device, commandId, asked.value, { startsAtMs, durationMs });
        case 'taken':
          return await this.#taken(device, commandId, asked.value, { startsAtMs, durationMs });
        case 'unknown-appointment':
          // Somebody struck it out in the house: that is how it stands here, too.
          await this.#strike(device, asked.value);
          return refuse('conflict', 'The house has this appointment no more.');
      }
    });
  }

  cancel(
    device: Device,
    commandId: CommandId,
    { sessionId, appointmentId }: CommandPayload<'appointment.cancel'>,
  ): Promise<Changed> {
    return this.#turns.take(appointmentId, async () => {
      const asked = await this.#asked(device, sessionId, appointmentId);
      if (!asked.ok) return asked;
      const { row } = asked.value;
      if (row.state === 'cancelled') return await this.#answer(row);
      const passed = this.#passed(row);
      if (passed) return passed;
      const { omsId } = bodyOf(AppointmentBody, row);
      const told = await askHouse(() =>
        this.#connectors
          .of(device.maisonId)
          .connector.cancelAppointment({ key: commandId, appointmentId: omsId ?? '' }),
      );
      // Where the house has it no more, nobody waits for the client either.
      return told.ok ? await this.#strike(device, asked.value) : told;
    });
  }

  async #asked(device: Device, sessionId: SessionId, appointmentId: SaleStepId): Promise<Answer<Asked>> {
    const asker = await this.#steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { capabilities } = this.#connectors.of(device.maisonId).connector;
    if (!capabilities.has('appointment-changes')) return notOffered('changes of appointments');
    const row = await this.#steps.find(device, 'appointment', appointmentId);
    if (row?.session_id !== sessionId || !['booked', 'cancelled'].includes(row.state))
      return refuse('not-found', 'There is no such appointment in this visit.');
    return done({ row, advisorId: asker.value.advisorId });
  }

  /** Why an appointment cannot be changed any more; null where it can. */
  #passed(row: SaleStepRow) {
    if (row.state === 'cancelled') return refuse('conflict', 'This appointment is cancelled.');
    const { startsAtMs } = bodyOf(AppointmentBody, row);
    return startsAtMs > this.#steps.clock.nowMs() ? null : refuse('conflict', 'This appointment has begun.');
  }

  async #answer(row: SaleStepRow): Promise<Changed> {
    return done({ appointment: await this.#reader.appointment(row) });
  }

  /** Kept, so that this time is not offered again. */
  async #taken(
    device: Device,
    commandId: CommandId,
    { row, advisorId }: Asked,
    { startsAtMs, durationMs }: TimeKept,
  ): Promise<Changed> {
    await this.#steps.database.transact((tx) =>
      this.#steps.begin(tx, device, commandId, {
        kind: 'appointment',
        state: 'taken',
        storeId: row.store_id,
        sessionId: row.session_id,
        advisorId,
        otherId: row.other_id,
        body: { startsAtMs, durationMs, skus: [], omsId: null },
        untilMs: startsAtMs + durationMs,
      }),
    );
    return refuse('conflict', 'The advisor is with somebody else then.');
  }

  /**
   * Writes down where the house has put it. Where another node moved it at the same moment and wrote first, that counts, and the house
   * is asked for it again: which of the two it heard last, nobody here knows.
   */
  async #moved(device: Device, commandId: CommandId, asked: Asked, ours: TimeKept): Promise<Changed> {
    const changed = await this.#keepTime(asked, ours);
    if (changed) return await this.#answer(changed);
    const { advisorId, row } = asked;
    const theirs = await this.#steps.find(device, 'appointment', row.id);
    if (theirs?.state !== 'booked') return changedMeanwhile();
    const { startsAtMs, durationMs, omsId } = bodyOf(AppointmentBody, theirs);
    const told = await askHouse(() =>
      this.#connectors.of(device.maisonId).connector.moveAppointment({
        key: `${commandId.slice(0, 57)}-again`,
        appointmentId: omsId ?? '',
        startsAtMs,
        durationMs,
      }),
    );
    if (!told.ok) return told;
    if (told.value.kind === 'unknown-appointment') await this.#strike(device, { row: theirs, advisorId });
    if (told.value.kind === 'taken') {
      // Their time is somebody else's by now, and the house has ours.
      const kept = await this.#keepTime({ row: theirs, advisorId }, ours);
      if (kept) return await this.#answer(kept);
    }
    return changedMeanwhile();
  }

  #keepTime(asked: Asked, { startsAtMs, durationMs }: TimeKept): Promise<SaleStepRow | undefined> {
    const body = bodyOf(AppointmentBody, asked.row);
    return this.#change(asked, 'sale.appointment-moved', {
      body: JSON.stringify({ ...body, startsAtMs, durationMs, sequence: body.sequence + 1 }),
      until_ms: startsAtMs + durationMs,
    });
  }

  /** The house has it no more: so it ends here, whoever has moved it meanwhile. */
  async #strike(device: Device, { row, advisorId }: Asked): Promise<Changed> {
    let now: SaleStepRow | undefined = row;
    while (now?.state === 'booked') {
      const body = bodyOf(AppointmentBody, now);
      const struck = await this.#change({ row: now, advisorId }, 'sale.appointment-cancelled', {
        state: 'cancelled',
        body: JSON.stringify({ ...body, sequence: body.sequence + 1 }),
        // What does not come keeps no visit from being forgotten.
        until_ms: this.#steps.clock.nowMs(),
      });
      now = struck ?? (await this.#steps.find(device, 'appointment', row.id));
    }
    return now ? await this.#answer(now) : changedMeanwhile();
  }

  /** Writes a change down, unless the appointment is another by now than it was seen. */
  async #change(
    { row, advisorId }: Asked,
    action: AuditAction,
    to: Parameters<SaleSteps['move']>[3],
  ): Promise<SaleStepRow | undefined> {
    const moved = await this.#steps.database.transact(async (tx) => {
      const now = await this.#steps.move(tx, row, ['booked'], to, { body: row.body });
      if (now) {
        const { maison_id: maisonId, store_id: storeId, id: subject } = row;
        await this.#audit.note(tx, {
          maisonId,
          storeId,
          actor: { kind: 'advisor', id: advisorId },
          action,
          subject,
        });
      }
      return now;
    });
    this.#steps.tell(row);
    return moved;
  }
}

function changedMeanwhile() {
  return refuse('conflict', 'The appointment was changed meanwhile.');
}
