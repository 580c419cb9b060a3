import { ok } from '../../sdk/core/result.ts';
import { freeSlots, usualAppointments, usualHours } from '../../protocol/appointment-slots.ts';
import type { Advisor } from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { AdvisorId, EpochMs, SaleStepId } from '../../protocol/ids.ts';
import type { CommandPayload } from '../../protocol/realtime.ts';
import type { Appointment, AppointmentSlots } from '../../protocol/sale.ts';
import { refused, type PracticeStage, type Plays } from './practice-stage.ts';

const minuteMs = 60_000;
const { daysAhead } = usualAppointments;
const slotMs = usualAppointments.minutes * minuteMs;
const leadMs = usualAppointments.leadMinutes * minuteMs;

/** An appointment by whose id it is known with whom: a colleague's name is the language's. */
type KnownAppointment = Omit<Appointment, 'advisor'> & { readonly advisorId: AdvisorId };

/** Appointments in no diary: free is every time in the boutique's hours that the rehearsal has not given away. */
export class PracticeAppointments {
  readonly plays: Plays;
  readonly #stage: PracticeStage;
  #appointments: readonly KnownAppointment[] = [];

  constructor(stage: PracticeStage) {
    this.#stage = stage;
    this.plays = {
      'appointment.slots': ({ advisorId }) =>
        this.#advisorOf(advisorId) ? ok(this.#free(advisorId)) : refused('not-found'),
      'appointment.book': (payload) => this.#book(payload),
      'appointment.move': ({ appointmentId, startsAtMs }) => this.#move(appointmentId, startsAtMs),
      'appointment.cancel': ({ appointmentId }) => this.#cancel(appointmentId),
    };
  }

  all(): Appointment[] {
    return this.#appointments.map((one) => this.#named(one));
  }

  /** `except`: the appointment that is to be moved stands in nobody's way. */
  #free(advisorId: AdvisorId, except: SaleStepId | null = null): AppointmentSlots {
    const { store, boutique } = this.#stage.house.identity;
    const plan = {
      hours: boutique?.openingHours ?? usualHours,
      timeZone: store.timeZone,
      slotMs,
      daysAhead,
      leadMs,
    };
    const busy = this.#appointments.filter(
      (one) => one.advisorId === advisorId && one.state === 'booked' && one.id !== except,
    );
    return { durationMs: slotMs, startsAtMs: freeSlots(plan, busy, this.#stage.nowMs) };
  }

  #book({
    advisorId,
    startsAtMs,
    skus,
  }: CommandPayload<'appointment.book'>): Answer<{ appointment: Appointment }> {
    const at = this.#stage.placeOf(this.#stage.house.identity.store.id);
    if (!this.#stage.openSession()) return refused('session-ended');
    if (!at || !this.#advisorOf(advisorId)) return refused('not-found');
    if (!this.#free(advisorId).startsAtMs.includes(startsAtMs)) return refused('conflict');
    const id = this.#stage.nextId('appointment');
    const booked: KnownAppointment = {
      id,
      at,
      advisorId,
      startsAtMs,
      durationMs: slotMs,
      skus: [...skus],
      state: 'booked',
    };
    this.#appointments = [...this.#appointments, booked];
    return ok({ appointment: this.#named(booked) });
  }

  #move(appointmentId: SaleStepId, startsAtMs: EpochMs): Answer<{ appointment: Appointment }> {
    const found = this.#appointments.find(({ id }) => id === appointmentId);
    if (!found) return refused('not-found');
    if (found.state !== 'booked' || found.startsAtMs <= this.#stage.nowMs) return refused('conflict');
    if (!this.#free(found.advisorId, found.id).startsAtMs.includes(startsAtMs)) return refused('conflict');
    return this.#keep({ ...found, startsAtMs });
  }

  #cancel(appointmentId: SaleStepId): Answer<{ appointment: Appointment }> {
    const found = this.#appointments.find(({ id }) => id === appointmentId);
    if (!found) return refused('not-found');
    if (found.state === 'booked' && found.startsAtMs <= this.#stage.nowMs) return refused('conflict');
    return this.#keep({ ...found, state: 'cancelled' });
  }

  #keep(changed: KnownAppointment): Answer<{ appointment: Appointment }> {
    this.#appointments = this.#appointments.map((one) => (one.id === changed.id ? changed : one));
    return ok({ appointment: this.#named(changed) });
  }

  #advisorOf(advisorId: AdvisorId): Advisor | null {
    const { colleague, house } = this.#stage;
    return [house.advisor, colleague].find(({ id }) => id === advisorId) ?? null;
  }

  #named({ advisorId, ...appointment }: KnownAppointment): Appointment {
    return { ...appointment, advisor: this.#advisorOf(advisorId) ?? this.#stage.house.advisor };
  }
}
