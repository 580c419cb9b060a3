import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import {
  takeawayMs,
  type Answer,
  type Appointment,
  type Locale,
  type MaisonId,
  type SaleStepId,
  type SessionId,
  type TakeawayMark,
  type TakeawayReply,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SaleReader } from './sale-reader.ts';
import type { SaleSteps } from './sale-steps.ts';
import { AppointmentBody, bodyOf } from './step-bodies.ts';

/** Appointments that clients take with their own phones: a mark on the screen, good for a quarter of an hour. */
export class Takeaways {
  readonly #database: Database;
  readonly #steps: SaleSteps;
  readonly #sessions: Sessions;
  readonly #reader: SaleReader;
  readonly #houses: Houses;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    steps: SaleSteps;
    sessions: Sessions;
    reader: SaleReader;
    houses: Houses;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#steps = deps.steps;
    this.#sessions = deps.sessions;
    this.#reader = deps.reader;
    this.#houses = deps.houses;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  async mark(device: Device, sessionId: SessionId, stepId: SaleStepId): Promise<Answer<TakeawayMark>> {
    const session = await this.#sessions.inTouch(device, sessionId);
    if (!session.ok) return session;
    const row = await this.#steps.find(device, 'appointment', stepId);
    if (row?.session_id !== sessionId || !['booked', 'cancelled'].includes(row.state))
      return refuse('not-found', 'There is no such appointment in this visit.');
    const secret = newSecret(this.#random);
    const expiresAtMs = this.#clock.nowMs() + takeawayMs;
    await this.#database.db
      .insertInto('sale_takeaways')
      .values({
        hash: this.#hash(secret),
        maison_id: device.maisonId,
        step_id: stepId,
        expires_at_ms: expiresAtMs,
      })
      .execute();
    return done({ secret, expiresAtMs });
  }

  /** Whose mark it is; null where there is none. */
  async maisonOf(secret: string): Promise<MaisonId | null> {
    const row = await this.#database.db
      .selectFrom('sale_takeaways')
      .select('maison_id')
      .where('hash', '=', this.#hash(secret))
      .executeTakeFirst();
    return row?.maison_id ?? null;
  }

  /** `asked`: the language that the phone speaks. */
  async take(secret: string, asked?: Locale): Promise<Answer<TakeawayReply>> {
    const row = await this.#database.db
      .selectFrom('sale_takeaways')
      .innerJoin('sale_steps', 'sale_steps.id', 'sale_takeaways.step_id')
      .selectAll('sale_steps')
      .where('sale_takeaways.hash', '=', this.#hash(secret))
      .where('sale_takeaways.expires_at_ms', '>', this.#clock.nowMs())
      .executeTakeFirst();
    if (!row) return refuse('code-unknown', 'This mark has run out. Ask for a new one.');
    const appointment = await this.#reader.appointment(row);
    const maisonName = await this.#houses.maisonName(row.maison_id);
    const store = await this.#houses.store(row.maison_id, row.store_id);
    const locale = asked ?? store?.locale ?? 'en';
    const { sequence } = bodyOf(AppointmentBody, row);
    const ics = calendarOf({ ...appointment, sequence }, maisonName, locale, this.#clock.nowMs());
    return done({ maisonId: row.maison_id, maisonName, appointment, ics });
  }

  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('sale_takeaways')
      .where('expires_at_ms', '<=', this.#clock.nowMs())
      .execute();
  }

  #hash(secret: string): string {
    return this.#secrets.ownHash('sale-takeaway', secret);
  }
}

/**
 * An appointment as iCalendar: whom the client meets, where and when, and nothing of the client or of what they look at. The same `UID`
 * with a higher `SEQUENCE` is a newer word on the same appointment; one that is cancelled is told as RFC 5546 does.
 */
export function calendarOf(
  { id, at, advisor, startsAtMs, durationMs, state, sequence }: Appointment & { readonly sequence: number },
  maisonName: string,
  locale: Locale,
  nowMs: number,
): string {
  const calendar = ical({ prodId: { company: 'Vitrine', product: 'Appointments', language: 'EN' } });
  const isCancelled = state === 'cancelled';
  if (isCancelled) calendar.method(ICalCalendarMethod.CANCEL);
  calendar.createEvent({
    id: `${id}@vitrine`,
    sequence,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(nowMs),
    start: new Date(startsAtMs),
    end: new Date(startsAtMs + durationMs),
    summary: locale === 'fr' ? `${maisonName}, avec ${advisor.name}` : `${maisonName}, with ${advisor.name}`,
    location: `${maisonName} ${at.name}, ${at.city}`,
  });
  return calendar.toString();
}
