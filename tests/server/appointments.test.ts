import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { TakeawayReply, type Locale } from '../../protocol/index.ts';
import { omsCapabilities } from '../../protocol/connector/index.ts';
import { inMaison } from '../../server/core/scope.ts';
import type { Database } from '../../server/persistence/database.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { openVisit, type Visit } from './support/known-visit.ts';
import { serverDatabases } from './support/server-databases.ts';
import type { TestDevice } from './support/test-device.ts';
import type { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const sku = 'fjord-51.tortoise';

describe.each(serverDatabases)('appointments, on $name,', ({ open }) => {
  let server: TestServer;
  let database: Database;
  let runner: TestDevice;
  let visit: Visit;
  beforeAll(async () => {
    ({ server, database } = await open());
    runner = await server.advisor('norde-marais', 'theo-vasseur');
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  afterEach(async () => {
    await visit.tablet.command('session.close', { sessionId: visit.sessionId, reason: 'advisor' });
  });

  const readingOf = async (device: TestDevice = visit.kiosk) =>
    valueOf(await device.command('sale.read', { sessionId: visit.sessionId }));
  const stateOf = async (appointmentId: string) =>
    (await readingOf()).appointments.find(({ id }) => id === appointmentId)?.state;

  it('an advisor keeps a time for the client, whose phone takes it', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    const advisorId = 'theo-vasseur';
    const { startsAtMs, durationMs } = valueOf(await tablet.command('appointment.slots', { advisorId }));
    const [first = 0, second = 0] = startsAtMs;
    const asked = { sessionId, advisorId, startsAtMs: first, skus: [sku] };
    const { appointment } = valueOf(await tablet.command('appointment.book', asked));
    expect(appointment).toMatchObject({ advisor: { id: advisorId }, startsAtMs: first, durationMs });
    expect(valueOf(await tablet.command('appointment.slots', { advisorId })).startsAtMs[0]).toBe(second);
    expect(codeOf(await tablet.command('appointment.book', asked))).toBe('conflict');
    // Whatever the house's own diary has is not offered twice either.
    await database.db
      .insertInto('oms_appointments')
      .values({
        maison_id: 'norde',
        id: 'by-telephone',
        advisor_id: advisorId,
        starts_at_ms: second,
        ends_at_ms: second + 1,
        body: '{}',
      })
      .execute();
    expect(codeOf(await tablet.command('appointment.book', { ...asked, startsAtMs: second }))).toBe(
      'conflict',
    );
    const slots = valueOf(await tablet.command('appointment.slots', { advisorId }));
    expect(slots.startsAtMs).not.toContain(second);
    const mark = valueOf(
      await kiosk.command('appointment.mark', { sessionId, appointmentId: appointment.id }),
    );
    const take = async (locale?: Locale) =>
      await fetch(`${server.url}/api/appointments/take`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: mark.secret, locale }),
      });
    const { ics, appointment: taken } = z.parse(TakeawayReply, await (await take()).json());
    expect(taken.id).toBe(appointment.id);
    const stamp = `${new Date(first).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    expect(ics).toContain(`DTSTART:${stamp}`);
    // In the boutique's language, unless the phone speaks another.
    const { ics: english } = z.parse(TakeawayReply, await (await take('en')).json());
    expect([ics, english].map((one) => /^SUMMARY:(.*?)\r?$/m.exec(one)?.[1])).toEqual([
      'Norde\\, avec Théo Vasseur',
      'Norde\\, with Théo Vasseur',
    ]);
    expect(ics).not.toContain('fjord');
    server.clock.advance(15 * 60_000);
    expect((await take()).status).toBe(404);
  });

  it('an appointment is moved and struck out, and the client’s calendar is told by the same name', async () => {
    visit = await openVisit(server);
    const { tablet, kiosk, sessionId } = visit;
    const advisorId = 'theo-vasseur';
    const slotsOf = async () => valueOf(await tablet.command('appointment.slots', { advisorId })).startsAtMs;
    const [first = 0, second = 0, third = 0] = await slotsOf();
    const booked = await tablet.command('appointment.book', {
      sessionId,
      advisorId,
      startsAtMs: first,
      skus: [],
    });
    const { appointment } = valueOf(booked);
    const ofIt = { sessionId, appointmentId: appointment.id };
    const mark = valueOf(await kiosk.command('appointment.mark', ofIt));
    const taken = async () => {
      const reply = await fetch(`${server.url}/api/appointments/take`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: mark.secret }),
      });
      return z.parse(TakeawayReply, await reply.json());
    };
    const wordOf = (ics: string, name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(ics)?.[1];
    const { ics: before } = await taken();
    expect([wordOf(before, 'SEQUENCE'), wordOf(before, 'METHOD')]).toEqual(['0', undefined]);

    // Somebody else of the house's has the third time, and none of it is known here.
    await database.db
      .insertInto('oms_appointments')
      .values({
        maison_id: 'norde',
        id: `by-telephone-${third}`,
        advisor_id: advisorId,
        starts_at_ms: third,
        ends_at_ms: third + 1,
        body: '{}',
      })
      .execute();
    const moveTo = (startsAtMs: number) => tablet.command('appointment.move', { ...ofIt, startsAtMs });
    expect(codeOf(await moveTo(third))).toBe('conflict');
    expect(await slotsOf()).not.toContain(third);
    expect(codeOf(await moveTo(first + 1))).toBe('conflict');
    const moved = valueOf(await moveTo(second)).appointment;
    expect(moved).toMatchObject({ id: appointment.id, startsAtMs: second, state: 'booked' });
    expect(valueOf(await moveTo(second)).appointment).toEqual(moved);
    await kiosk.next('sale.changed');
    expect((await readingOf()).appointments).toEqual([moved]);
    expect(await slotsOf()).toContain(first);
    expect(await slotsOf()).not.toContain(second);
    const { ics: after } = await taken();
    const stamp = `${new Date(second).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    expect(wordOf(after, 'DTSTART')).toBe(stamp);
    expect(wordOf(after, 'UID')).toBe(wordOf(before, 'UID'));
    expect(wordOf(after, 'SEQUENCE')).toBe('1');

    const asked = [1, 2].map(() => tablet.command('appointment.cancel', ofIt));
    for (const answer of await Promise.all(asked))
      expect(valueOf(answer).appointment).toMatchObject({ id: appointment.id, state: 'cancelled' });
    expect(codeOf(await moveTo(first))).toBe('conflict');
    expect(await slotsOf()).toContain(second);
    const inDiary = await database.db
      .selectFrom('oms_appointments')
      .select('id')
      .where('advisor_id', '=', advisorId)
      .where('starts_at_ms', '=', second)
      .execute();
    expect(inDiary).toEqual([]);
    const { ics: last, appointment: told } = await taken();
    expect(told.state).toBe('cancelled');
    expect(['METHOD', 'STATUS', 'SEQUENCE'].map((name) => wordOf(last, name))).toEqual([
      'CANCEL',
      'CANCELLED',
      '2',
    ]);
    expect(wordOf(last, 'UID')).toBe(wordOf(before, 'UID'));
    expect(codeOf(await runner.command('appointment.cancel', ofIt))).toBe('forbidden');
  });

  it('an appointment that has begun, or that the house struck out itself, is not moved', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const advisorId = 'noemie-caron';
    const [first = 0, second = 0, third = 0] = valueOf(
      await tablet.command('appointment.slots', { advisorId }),
    ).startsAtMs;
    const bookAt = async (startsAtMs: number) =>
      valueOf(await tablet.command('appointment.book', { sessionId, advisorId, startsAtMs, skus: [] }))
        .appointment;
    const [begun, struck] = [await bookAt(first), await bookAt(second)];
    await database.db
      .deleteFrom('oms_appointments')
      .where('advisor_id', '=', advisorId)
      .where('starts_at_ms', '=', second)
      .execute();
    const move = { sessionId, appointmentId: struck.id, startsAtMs: third };
    expect(codeOf(await tablet.command('appointment.move', move))).toBe('conflict');
    expect(await stateOf(struck.id)).toBe('cancelled');
    await database.db
      .updateTable('sale_steps')
      .set({ body: JSON.stringify({ startsAtMs: 1, durationMs: 60_000, skus: [], omsId: 'gone' }) })
      .where('id', '=', begun.id)
      .execute();
    const cancel = { sessionId, appointmentId: begun.id };
    expect(codeOf(await tablet.command('appointment.cancel', cancel))).toBe('conflict');
    expect(await stateOf(begun.id)).toBe('booked');
  });

  it('are told in the Maison’s trail, each with what became of it', async () => {
    visit = await openVisit(server);
    const trail = await inMaison('norde', () =>
      database.db.selectFrom('audit_entries').select('action').distinct().orderBy('action').execute(),
    );
    expect(trail.map(({ action }) => action).filter((action) => action.startsWith('sale.'))).toEqual([
      'sale.appointment-booked',
      'sale.appointment-cancelled',
      'sale.appointment-moved',
    ]);
  });
});

describe('a house whose system books appointments, and lets nobody change one', () => {
  let connected: ConnectedServer;
  beforeAll(async () => {
    const capabilities = omsCapabilities.filter((name) => name !== 'appointment-changes');
    connected = await ConnectedServer.start({ capabilities });
  });
  afterAll(async () => {
    await connected.stop();
  });

  it('says so before anybody tries, and refuses whoever tries all the same', async () => {
    const { tablet, sessionId } = await openVisit(connected.server);
    const advisorId = 'noemie-caron';
    const { startsAtMs } = valueOf(await tablet.command('appointment.slots', { advisorId }));
    const [first = 0, second = 0] = startsAtMs;
    const asked = { sessionId, advisorId, startsAtMs: first, skus: [] };
    const { appointment } = valueOf(await tablet.command('appointment.book', asked));
    const reading = valueOf(await tablet.command('sale.read', { sessionId }));
    expect(reading.offered).toMatchObject({ appointments: true, appointmentChanges: false });
    const ofIt = { sessionId, appointmentId: appointment.id };
    const move = await tablet.command('appointment.move', { ...ofIt, startsAtMs: second });
    expect(codeOf(move)).toBe('not-offered');
    expect(codeOf(await tablet.command('appointment.cancel', ofIt))).toBe('not-offered');
    const after = valueOf(await tablet.command('sale.read', { sessionId }));
    expect(after.appointments).toEqual([appointment]);
  });
});
