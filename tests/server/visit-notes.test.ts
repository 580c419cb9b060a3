import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, dayIn, type FollowUpChange, type VisitNote } from '../../protocol/index.ts';
import { NoteRecord, omsCapabilities } from '../../protocol/connector/index.ts';
import type { Database } from '../../server/persistence/database.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { bastien, consentTo, openVisit, readingOf, type Visit } from './support/known-visit.ts';
import { serverDatabases } from './support/server-databases.ts';
import type { TestDevice } from './support/test-device.ts';
import type { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const dayMs = 24 * 3_600_000;
const zone = 'Europe/Paris';
const sku = 'fjord-51.tortoise';
const line = 'When the green one has come';
const remember = [{ purpose: 'remember', term: 'month' }] as const;

/** A note that promises a call in three days. */
function noteAt(nowMs: number, changes: Partial<NonNullable<VisitNote['next']>> = {}): VisitNote {
  const dueOn = dayAfter(dayIn(nowMs, zone), 3);
  return {
    occasion: 'anniversary',
    decision: 'thinking',
    next: { step: 'call', dueOn, sku, line, ...changes },
  };
}

/** A client lets themselves be remembered, on the mirror. */
async function letRemember({ kiosk, sessionId }: Visit): Promise<void> {
  valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo([...remember]) }));
}

async function promisesOf(tablet: TestDevice) {
  return valueOf(await tablet.command('follow-up.list', {})).followUps;
}

describe.each(serverDatabases)('a visit that ends with a note, on $name,', ({ open }) => {
  let server: TestServer;
  let database: Database;
  let visit: Visit;
  beforeAll(async () => {
    ({ server, database } = await open());
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  afterEach(async () => {
    // Everybody who was remembered is forgotten with the test.
    const after = await openVisit(server, 'theo-vasseur');
    await letRemember(after);
    const { kiosk, tablet, sessionId } = after;
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: 'remember' }));
    await tablet.command('session.close', { sessionId, reason: 'advisor' });
    await expect.poll(notes).toEqual([]);
  });

  const note = (changes: Parameters<typeof noteAt>[1] = {}) => noteAt(server.clock.nowMs(), changes);
  const notes = async () => {
    const rows = await database.db.selectFrom('oms_notes').selectAll().execute();
    return rows.map(({ record }) => NoteRecord.parse(JSON.parse(record)));
  };
  const steps = async () =>
    await database.db.selectFrom('sale_steps').selectAll().where('kind', '=', 'follow-up').execute();
  const conclude = async ({ tablet, sessionId }: Visit, given: VisitNote = note(), commandId?: string) =>
    await tablet.command('session.conclude', { sessionId, note: given }, commandId);
  const concluded = async (advisorId?: string): Promise<Visit> => {
    visit = await openVisit(server, advisorId);
    await letRemember(visit);
    valueOf(await conclude(visit));
    return visit;
  };

  it('has it in the client’s record with advisor, day, place and ground, and tells it at the next visit', async () => {
    visit = await openVisit(server);
    await letRemember(visit);
    const { tablet, kiosk, sessionId } = visit;
    expect(valueOf(await tablet.command('sale.read', { sessionId })).notes?.occasions).toContain(
      'anniversary',
    );
    const commandId = crypto.randomUUID();
    valueOf(await conclude(visit, note(), commandId));
    valueOf(await conclude(visit, note(), commandId));
    expect(codeOf(await conclude(visit))).toBe('session-ended');
    const closed = await kiosk.next('session.events', ({ events }) =>
      events.some(({ fact }) => fact.type === 'closed'),
    );
    expect(closed.events.at(-1)).toMatchObject({ actor: 'advisor', fact: { reason: 'advisor' } });
    await expect.poll(notes).toHaveLength(1);
    const atMs = server.clock.nowMs();
    expect((await notes())[0]).toMatchObject({
      clientId: bastien.id,
      storeId: 'norde-marais',
      advisorId: 'noemie-caron',
      sessionId,
      atMs,
      endsAtMs: atMs + 30 * dayMs,
      note: note(),
    });
    expect(await steps()).toHaveLength(1);

    const next = await openVisit(server, 'theo-vasseur');
    await letRemember(next);
    const { known } = await readingOf(next.tablet, next.sessionId);
    expect(known?.facts).toEqual([
      {
        fact: { kind: 'visit-note', advisorId: 'noemie-caron', ...note() },
        source: 'Le Marais',
        asOfMs: atMs,
        reason: 'agreed-to-notes',
        purpose: 'remember',
      },
    ]);
    await next.tablet.command('session.close', { sessionId: next.sessionId, reason: 'advisor' });
    // What was agreed is in no log, and in no answer that is kept.
    expect(server.logLines.join('')).not.toContain(line);
    const answers = await database.db.selectFrom('command_answers').select('answer').execute();
    expect(JSON.stringify(answers)).not.toContain(line);
  });

  it('writes nothing, and stays open, without a yes or when it was taken back a moment before', async () => {
    visit = await openVisit(server);
    expect(codeOf(await conclude(visit))).toBe('consent-missing');
    const others = consentTo([{ purpose: 'greet', term: 'visit' }]);
    const { kiosk, sessionId } = visit;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: others }));
    expect(codeOf(await conclude(visit))).toBe('consent-missing');
    // Whom the visit knows already says yes to more without their card.
    const more = { ...consentTo([...remember]), reference: null };
    valueOf(await kiosk.command('client.consent', { sessionId, consent: more }));
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: 'remember' }));
    expect(codeOf(await conclude(visit))).toBe('consent-missing');
    expect([await steps(), await notes()]).toEqual([[], []]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: more }));
    valueOf(await conclude(visit));
    expect(await steps()).toHaveLength(1);
    const stranger = await openVisit(server, 'theo-vasseur');
    const asked = { sessionId: stranger.sessionId, consent: more };
    expect(codeOf(await stranger.kiosk.command('client.consent', asked))).toBe('client-unknown');
    await stranger.tablet.command('session.close', { sessionId: stranger.sessionId, reason: 'advisor' });
  });

  it('takes a line about the next step only, a day that is to come, and a piece that there is', async () => {
    visit = await openVisit(server);
    await letRemember(visit);
    const today = dayIn(server.clock.nowMs(), zone);
    const refusals = [
      [{ line: 'She has lovely Eyes' }, 'line-refused'],
      [{ line: 'Rappeler au 06 12 34 56 78' }, 'line-refused'],
      [{ line: 'x'.repeat(121) }, 'bad-request'],
      [{ line: 'two\nlines' }, 'bad-request'],
      [{ line: '' }, 'bad-request'],
      [{ sku: 'halo-54.rose-gold' }, 'unknown-sku'],
      [{ dueOn: dayAfter(today, -1) }, 'bad-request'],
      [{ dueOn: dayAfter(today, 31) }, 'bad-request'],
    ] as const;
    for (const [changes, code] of refusals) expect(codeOf(await conclude(visit, note(changes)))).toBe(code);
    expect(await steps()).toEqual([]);
    valueOf(await conclude(visit, { ...note(), next: null }));
    await expect.poll(notes).toHaveLength(1);
    expect(await steps()).toEqual([]);
  });

  it('is its own advisor’s to write, in no other house and by no colleague', async () => {
    visit = await openVisit(server);
    await letRemember(visit);
    const { sessionId } = visit;
    const theo = await server.advisor('norde-marais', 'theo-vasseur');
    const camille = await server.advisor('aurelle-vendome', 'camille-laurent');
    const given = { sessionId, note: note() };
    expect(codeOf(await theo.command('session.conclude', given))).toBe('forbidden');
    expect(codeOf(await camille.command('session.conclude', given))).toBe('not-found');
    expect(codeOf(await visit.kiosk.command('session.conclude', given))).toBe('forbidden');
    valueOf(await conclude(visit));
  });

  it('leaves a task: done and taken back, put off, handed on, and nobody else’s', async () => {
    const { tablet } = await concluded();
    const [task] = await promisesOf(tablet);
    const today = dayIn(server.clock.nowMs(), zone);
    const followUpId = task?.id ?? '';
    expect(task).toMatchObject({
      state: 'open',
      step: 'call',
      dueOn: dayAfter(today, 3),
      lastDay: dayAfter(today, 30),
      owner: { id: 'noemie-caron' },
      notedBy: { id: 'noemie-caron' },
      occasion: 'anniversary',
      sku,
      line,
    });
    const change = async (device: TestDevice, to: FollowUpChange) =>
      await device.command('follow-up.change', { followUpId, change: to });
    valueOf(await change(tablet, { kind: 'done' }));
    valueOf(await change(tablet, { kind: 'done' }));
    expect((await promisesOf(tablet))[0]).toMatchObject({ state: 'done' });
    expect(codeOf(await change(tablet, { kind: 'move', dueOn: today }))).toBe('conflict');
    valueOf(await change(tablet, { kind: 'reopen' }));
    valueOf(await change(tablet, { kind: 'move', dueOn: today }));
    expect((await promisesOf(tablet))[0]).toMatchObject({ state: 'open', dueOn: today });
    for (const dueOn of [dayAfter(today, -1), dayAfter(today, 31)])
      expect(codeOf(await change(tablet, { kind: 'move', dueOn }))).toBe('bad-request');

    const theo = await server.advisor('norde-marais', 'theo-vasseur');
    const mayfair = await server.advisor('norde-mayfair', 'imogen-clarke');
    const aurelle = await server.advisor('aurelle-vendome', 'camille-laurent');
    expect(await promisesOf(theo)).toEqual([]);
    expect(codeOf(await change(theo, { kind: 'done' }))).toBe('forbidden');
    expect(codeOf(await theo.command('follow-up.client', { followUpId }))).toBe('forbidden');
    for (const other of [mayfair, aurelle]) {
      expect(await promisesOf(other)).toEqual([]);
      expect(codeOf(await change(other, { kind: 'done' }))).toBe('not-found');
      expect(codeOf(await other.command('follow-up.client', { followUpId }))).toBe('not-found');
    }
    expect(codeOf(await change(tablet, { kind: 'hand', advisorId: 'imogen-clarke' }))).toBe('not-found');
    valueOf(await change(tablet, { kind: 'hand', advisorId: 'theo-vasseur' }));
    await theo.next('board.changed');
    expect(await promisesOf(theo)).toMatchObject([{ id: followUpId, owner: { id: 'theo-vasseur' } }]);
    expect(await promisesOf(tablet)).toEqual([]);
    expect(codeOf(await change(tablet, { kind: 'done' }))).toBe('forbidden');
    valueOf(await change(theo, { kind: 'hand', advisorId: null }));
    expect(await promisesOf(tablet)).toMatchObject([{ id: followUpId, owner: null }]);
    expect(await promisesOf(mayfair)).toEqual([]);
    // Whose advisor has left the boutique is everybody's.
    valueOf(await change(tablet, { kind: 'hand', advisorId: 'theo-vasseur' }));
    await database.db
      .updateTable('sale_steps')
      .set({ other_id: 'gone-away' })
      .where('id', '=', followUpId)
      .execute();
    expect(await promisesOf(tablet)).toMatchObject([{ id: followUpId, owner: { id: 'gone-away' } }]);
  });

  it('tells who the client of a task is, asked of the house and written in the trail', async () => {
    const { tablet } = await concluded();
    const [task] = await promisesOf(tablet);
    const asked = { followUpId: task?.id ?? '' };
    const told = valueOf(await tablet.command('follow-up.client', asked));
    expect(told).toEqual({ name: `${bastien.name} ${bastien.surname}`, locale: 'fr' });
    const reads = await database.db
      .selectFrom('audit_entries')
      .select(['action', 'actor_id', 'reason'])
      .where('action', 'in', ['client.noted', 'client.read'])
      .orderBy('seq', 'desc')
      .limit(2)
      .execute();
    expect(reads).toEqual([
      { action: 'client.read', actor_id: 'noemie-caron', reason: 'remember' },
      { action: 'client.noted', actor_id: 'noemie-caron', reason: 'remember' },
    ]);
    expect(JSON.stringify(await promisesOf(tablet))).not.toContain(bastien.surname);
  });

  it('is forgotten with the yes: of every visit, here and in the house, and on the boards at once', async () => {
    const { tablet } = await concluded();
    const theo = await concluded('theo-vasseur');
    await expect.poll(notes).toHaveLength(2);
    const third = await openVisit(server, 'theo-vasseur');
    await letRemember(third);
    expect(await promisesOf(tablet)).toHaveLength(1);
    const { kiosk, sessionId } = third;
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: null }));
    await expect.poll(() => promisesOf(tablet)).toEqual([]);
    expect(await promisesOf(theo.tablet)).toEqual([]);
    await expect.poll(notes).toEqual([]);
    expect(await steps()).toEqual([]);
    expect(await database.db.selectFrom('client_grants').selectAll().execute()).toEqual([]);
    await third.tablet.command('session.close', { sessionId, reason: 'advisor' });
  });

  it('survives a restart, and ends with its thirty days; what was done goes a day later', async () => {
    const { tablet } = await concluded();
    const second = await concluded('theo-vasseur');
    await server.restart();
    await tablet.connect();
    await second.tablet.connect();
    expect(await promisesOf(tablet)).toHaveLength(1);
    const [theirs] = await promisesOf(second.tablet);
    const done = { followUpId: theirs?.id ?? '', change: { kind: 'done' } } as const;
    valueOf(await second.tablet.command('follow-up.change', done));
    const states = async () => {
      server.clock.advance(defaultTimings.tidyEveryMs);
      return (await steps()).map(({ state }) => state);
    };
    await expect.poll(states, { timeout: 20_000 }).toEqual(['open']);
    server.clock.advance(29 * dayMs);
    await expect.poll(states, { timeout: 20_000 }).toEqual([]);
    // The task went with the client's yes; the house's record waits for the next tidying.
    const kept = async () => {
      server.clock.advance(defaultTimings.tidyEveryMs);
      return await notes();
    };
    await expect.poll(kept, { timeout: 20_000 }).toEqual([]);
  });
});

describe('a note on its way to a house of its own', () => {
  let connected: ConnectedServer;
  let visit: Visit;
  const noteLetters = async () =>
    await connected.server.inDatabase(
      async (db) =>
        await db
          .selectFrom('oms_letters')
          .select(['subject', 'body'])
          .where('subject', 'like', 'client-note%')
          .execute(),
    );
  const heard = (call: 'recordNote' | 'forgetNotes' | 'eraseClient') =>
    connected.house.heard.filter((one) => one.call === call);
  const begin = async (capabilities: readonly string[] = omsCapabilities) => {
    connected = await ConnectedServer.start({ capabilities });
    visit = await openVisit(connected.server);
  };
  const conclude = async () =>
    await visit.tablet.command('session.conclude', {
      sessionId: visit.sessionId,
      note: { ...noteAt(connected.server.clock.nowMs()), occasion: 'gift' },
    });
  afterEach(() => connected.stop());

  it('waits while the house is away, is signed once, and tells the house’s own names', async () => {
    await begin();
    await letRemember(visit);
    connected.house.isDown = true;
    valueOf(await conclude());
    await expect.poll(() => heard('recordNote').length).toBeGreaterThan(0);
    expect(await noteLetters()).toHaveLength(1);
    connected.house.isDown = false;
    connected.server.clock.advance(60_000);
    await expect.poll(noteLetters).toEqual([]);
    const told = JSON.parse(heard('recordNote').at(-1)?.body ?? '') as object;
    expect(told).toMatchObject({ storeId: 'PAR 04', note: { next: { sku: 'NRD/FJ51/TRT', line } } });
  });

  it('is never told of a client who is erased meanwhile, and lies in no letter', async () => {
    await begin();
    await letRemember(visit);
    const { kiosk, tablet } = visit;
    const other = await openVisit(connected.server, 'theo-vasseur');
    await letRemember(other);
    connected.house.isDown = true;
    valueOf(await conclude());
    expect(await promisesOf(tablet)).toHaveLength(1);
    const { sessionId } = other;
    valueOf(await other.kiosk.command('client.erase', { sessionId }));
    expect(await promisesOf(tablet)).toEqual([]);
    expect(await noteLetters()).toEqual([]);
    const before = heard('recordNote').length;
    connected.house.isDown = false;
    connected.server.clock.advance(60_000);
    await expect.poll(async () => (await readingOf(other.tablet, sessionId)).erasure?.state).toBe('done');
    expect(heard('recordNote')).toHaveLength(before);
    expect(kiosk.isConnected).toBe(true);
  });

  it('is forgotten again where the yes was taken back while it was under way', async () => {
    await begin();
    await letRemember(visit);
    // Everything that was said before has arrived.
    await expect.poll(async () => (await connected.server.inDatabase(waiting)).length).toBe(0);
    const other = await openVisit(connected.server, 'theo-vasseur');
    await letRemember(other);
    await expect.poll(async () => (await connected.server.inDatabase(waiting)).length).toBe(0);
    let answer = (): void => undefined;
    const underWay = new Promise<void>((arrived) => {
      connected.house.mischief.push((_request, response) => {
        answer = () => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ kind: 'noted' }));
        };
        arrived();
      });
    });
    valueOf(await conclude());
    await underWay;
    const { sessionId } = other;
    valueOf(await other.kiosk.command('client.withdraw', { sessionId, purpose: 'remember' }));
    answer();
    await expect.poll(() => heard('forgetNotes').length).toBe(2);
    await expect.poll(noteLetters).toEqual([]);
    expect(heard('recordNote')).toHaveLength(1);
  });

  it('is not offered where the house keeps none: nothing is asked for, and nothing waits', async () => {
    await begin(omsCapabilities.filter((one) => one !== 'notes'));
    const { kiosk, tablet, sessionId } = visit;
    expect(valueOf(await tablet.command('sale.read', { sessionId })).notes).toBeNull();
    expect((await readingOf(kiosk, sessionId)).purposes).toEqual(['greet', 'advise', 'after-sale']);
    const consent = consentTo([...remember]);
    expect(codeOf(await kiosk.command('client.consent', { sessionId, consent }))).toBe('not-offered');
    expect(codeOf(await conclude())).toBe('not-offered');
    expect(await noteLetters()).toEqual([]);
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
  });

  it('is not offered either where the house could not show it to its client', async () => {
    await begin(omsCapabilities.filter((one) => one !== 'context'));
    const { kiosk, sessionId } = visit;
    expect((await readingOf(kiosk, sessionId)).purposes).not.toContain('remember');
    expect(codeOf(await conclude())).toBe('not-offered');
  });
});

async function waiting(db: Database['db']) {
  return await db.selectFrom('oms_letters').select('id').execute();
}
