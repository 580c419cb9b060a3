import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientAskMs, type ClientChoice } from '../../protocol/index.ts';
import { defaultTimings } from '../../server/server-config.ts';
import type { Database } from '../../server/persistence/database.ts';
import { AuditLog } from '../../server/audit/audit-log.ts';
import { omsCapabilities } from '../../protocol/connector/index.ts';
import { ConnectedServer } from './support/connected-server.ts';
import { all, bastien, consentTo, openVisit, readingOf, type Visit } from './support/known-visit.ts';
import { serverDatabases } from './support/server-databases.ts';
import type { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const hourMs = 3_600_000;

describe.each(serverDatabases)('a client who asks to be known, on $name', ({ open }) => {
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
    if (!visit.tablet.isConnected) return;
    await visit.tablet.command('session.close', { sessionId: visit.sessionId, reason: 'advisor' });
  });

  const trail = async () =>
    (await new AuditLog(database, server.clock).read('norde')).filter(({ action }) =>
      action.startsWith('client.'),
    );
  const rowsOf = async (table: 'client_links' | 'client_grants' | 'client_phones') =>
    await database.db.selectFrom(table).selectAll().execute();

  it('is nobody until they say yes, and then known for what they said yes to, with reasons', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    const purposes = ['greet', 'advise', 'after-sale', 'remember'];
    const nobody = { offered: true, purposes, known: null, erasure: null };
    expect(await readingOf(tablet, sessionId)).toEqual(nobody);
    const reference = { kind: 'loyalty-card', value: bastien.card } as const;
    valueOf(await tablet.command('client.ask', { sessionId, reference }));
    const asked = await kiosk.next('client.asked');
    expect(asked).toMatchObject({ sessionId, reference, advisor: { id: 'noemie-caron' } });
    expect(await readingOf(tablet, sessionId)).toEqual(nobody);
    expect(await trail()).toEqual([]);

    const consent = consentTo([{ purpose: 'greet', term: 'visit' }]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    await tablet.next('client.changed');
    const { known } = await readingOf(tablet, sessionId);
    expect(known?.grants.map(({ purpose }) => purpose)).toEqual(['greet']);
    expect(known?.facts.map(({ fact }) => fact.kind).sort()).toEqual(['advisor', 'language', 'name']);
    expect(known?.facts[0]).toEqual({
      fact: { kind: 'name', name: bastien.name },
      source: 'Le Marais',
      asOfMs: Date.parse('2025-01-25'),
      reason: 'told-us',
      purpose: 'greet',
    });
    // Whom the facts name is called as the house calls them, whatever the id says.
    expect(known?.advisors).toEqual([{ id: 'noemie-caron', name: 'Noémie Caron' }]);
    // The mirror shows what the boutique knows as well.
    expect((await readingOf(kiosk, sessionId)).known?.facts).toEqual(known?.facts);
  });

  it('is known by their card however it is typed', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    const consent = consentTo([{ purpose: 'greet', term: 'visit' }], 'nrd 4401 772519');
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    expect((await readingOf(tablet, sessionId)).known?.facts[0]?.fact).toEqual({
      kind: 'name',
      name: bastien.name,
    });
  });

  it('who says no is known to nobody, and the advisor is told', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    valueOf(await tablet.command('client.ask', { sessionId, reference: null }));
    await kiosk.next('client.asked');
    valueOf(await kiosk.command('client.decline', { sessionId }));
    expect(await tablet.next('client.declined')).toEqual({ sessionId });
    // Nobody is pressed: for a while they are not asked again.
    const again = await tablet.command('client.ask', { sessionId, reference: null });
    expect(again).toMatchObject({ error: { code: 'consent-missing', retryAfterMs: clientAskMs } });
    server.clock.advance(clientAskMs);
    valueOf(await tablet.command('client.ask', { sessionId, reference: null }));
    await kiosk.next('client.asked');
    expect((await readingOf(tablet, sessionId)).known).toBeNull();
  });

  it('says yes themselves: the advisor’s tablet says it for nobody, whatever card it was given', async () => {
    visit = await openVisit(server);
    const { tablet, sessionId } = visit;
    const consent = consentTo(all);
    expect(codeOf(await tablet.command('client.consent', { sessionId, consent }))).toBe('forbidden');
    const unknown = consentTo(all, 'NRD-0000-0000-00');
    // Nor does it tell whether there is such a card.
    expect(codeOf(await tablet.command('client.consent', { sessionId, consent: unknown }))).toBe('forbidden');
    // Nor has it a mark by which a phone of the advisor's own would say it.
    expect(codeOf(await tablet.command('client.invite', { sessionId }))).toBe('forbidden');
    expect((await readingOf(tablet, sessionId)).known).toBeNull();
  });

  it('may add and take back a purpose, and the other screen hears of it', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    const said = async () => await database.db.selectFrom('oms_consents').select('record').execute();
    const before = (await said()).length;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    const kinds = async () =>
      (await readingOf(tablet, sessionId)).known?.facts.map(({ fact }) => fact.kind) ?? [];
    expect(await kinds()).toEqual(expect.arrayContaining(['name', 'size', 'owned', 'wished', 'care']));
    await tablet.next('client.changed');
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: 'advise' }));
    await tablet.next('client.changed');
    expect(await kinds()).toEqual(expect.arrayContaining(['name', 'care']));
    expect(await kinds()).not.toContain('owned');
    // Heard by its hint, it is not told again when the heads are read: each reading is a line in the trail.
    server.clock.advance(defaultTimings.catchUpEveryMs);
    await kinds();
    expect(tablet.untaken('client.changed')).toEqual([]);
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: null }));
    expect((await readingOf(tablet, sessionId)).known).toBeNull();
    expect(await rowsOf('client_links')).toEqual([]);
    // The house has every yes and every no.
    await expect.poll(said).toHaveLength(before + 6);
    const no = (await said()).map(({ record }) => JSON.parse(record) as object);
    expect(no.filter((one) => 'granted' in one && one.granted === false)).toHaveLength(3);
    expect(no.every((one) => 'clientId' in one && one.clientId === bastien.id)).toBe(true);
  });

  it('is known no longer than the visit lasts, nor than twelve hours', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    const consent = consentTo([
      { purpose: 'greet', term: 'visit' },
      { purpose: 'after-sale', term: 'month' },
    ]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    valueOf(await tablet.command('session.close', { sessionId, reason: 'advisor' }));
    // The care that was chosen for thirty days is all that is left; the mirror is none of it any more.
    const after = await readingOf(tablet, sessionId);
    expect(after.known?.facts.map(({ fact }) => fact.kind)).toEqual(['care']);
    expect(codeOf(await kiosk.command('client.read', { sessionId }))).toBe('session-ended');
    await expect.poll(async () => await rowsOf('client_grants')).toHaveLength(1);
    server.clock.advance(30 * 24 * hourMs);
    await expect.poll(async () => await rowsOf('client_links')).toEqual([]);
    expect((await trail()).filter(({ action }) => action === 'client.ended')).not.toEqual([]);

    visit = await openVisit(server);
    valueOf(
      await visit.kiosk.command('client.consent', { sessionId: visit.sessionId, consent: consentTo(all) }),
    );
    expect(await rowsOf('client_grants')).toHaveLength(3);
    server.clock.advance(12 * hourMs);
    await expect.poll(async () => await rowsOf('client_grants')).toEqual([]);
  });

  it('is not found by trying cards: five, then a pause; and a known one costs no try', async () => {
    visit = await openVisit(server);
    const { kiosk, sessionId } = visit;
    const tryCard = (card: string) =>
      kiosk.command('client.consent', { sessionId, consent: consentTo(all, card) });
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await tryCard(`NRD-0000-0000-0${triesLeft}`)).toMatchObject({
        ok: false,
        error: { code: 'client-unknown', triesLeft },
      });
    }
    expect(codeOf(await tryCard(bastien.card))).toBe('code-locked');
    server.clock.advance(120_000);
    valueOf(await tryCard(bastien.card));
    const other = await tryCard('AUR-7714-2093-58');
    expect(codeOf(other)).toBe('client-unknown');
    const stale = { ...consentTo(all), textVersion: '2019-01' };
    expect(codeOf(await kiosk.command('client.consent', { sessionId, consent: stale }))).toBe('conflict');
    // One visit knows one client.
    expect(codeOf(await tryCard('NRD-9083-2216-63'))).toBe('conflict');
  });

  it('is known to nobody but the two screens of the visit', async () => {
    visit = await openVisit(server);
    const { kiosk, sessionId } = visit;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    const colleague = await server.advisor('norde-marais', 'theo-vasseur');
    const mirror = await server.connect('kiosk', 'norde-marais', 'Mirror of others');
    const abroad = await server.connect('kiosk', 'aurelle-vendome');
    for (const [device, code] of [
      [colleague, 'forbidden'],
      [mirror, 'forbidden'],
      [abroad, 'not-found'],
    ] as const) {
      expect(codeOf(await device.command('client.read', { sessionId }))).toBe(code);
      expect(codeOf(await device.command('client.erase', { sessionId }))).toBe(code);
      expect(codeOf(await device.command('client.withdraw', { sessionId, purpose: null }))).toBe(code);
      expect(codeOf(await device.command('client.invite', { sessionId }))).toBe(code);
      const consent = consentTo(all);
      expect(codeOf(await device.command('client.consent', { sessionId, consent }))).toBe(code);
      expect(device.untaken('client.changed')).toEqual([]);
    }
    // The card of one Maison is none of another's.
    expect((await readingOf(kiosk, sessionId)).known).not.toBeNull();
  });

  it('who is forgotten is gone here at once and in the house, also from what it keeps, and after a restart', async () => {
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
    valueOf(await kiosk.command('client.erase', { sessionId }));
    expect((await readingOf(tablet, sessionId)).known).toBeNull();
    await expect
      .poll(async () => (await readingOf(tablet, sessionId)).erasure)
      .toMatchObject({ state: 'done' });
    expect(codeOf(await kiosk.command('client.erase', { sessionId }))).toBe('client-unknown');
    expect(await rowsOf('client_links')).toEqual([]);
    const clients = await database.db.selectFrom('oms_clients').select('id').execute();
    expect(clients.map(({ id }) => id)).not.toContain(bastien.id);
    expect(await database.db.selectFrom('oms_consents').selectAll().execute()).toEqual([]);
    expect(await database.db.selectFrom('oms_letters').selectAll().execute()).toEqual([]);
    await server.restart();
    const again = await database.db.selectFrom('oms_clients').select('id').execute();
    expect(again).toEqual(clients);
    await tablet.connect();
  });

  it('leaves a trail of pseudonyms, and no name, card or address in any log', async () => {
    // The whole of it once more, of somebody whom no test before has met.
    const other = 'NRD-9083-2216-63';
    visit = await openVisit(server);
    const { kiosk, tablet, sessionId } = visit;
    const say = async (of: Visit, choices: ClientChoice[]) => {
      const consent = consentTo(choices, other);
      valueOf(await of.kiosk.command('client.consent', { sessionId: of.sessionId, consent }));
    };
    await say(visit, all);
    await readingOf(tablet, sessionId);
    valueOf(await kiosk.command('client.withdraw', { sessionId, purpose: 'advise' }));
    server.clock.advance(12 * hourMs);
    await expect.poll(async () => await rowsOf('client_grants')).toEqual([]);
    visit = await openVisit(server);
    await say(visit, all);
    valueOf(await visit.kiosk.command('client.erase', { sessionId: visit.sessionId }));
    const erased = async () => (await readingOf(visit.tablet, visit.sessionId)).erasure;
    await expect.poll(erased).toMatchObject({ state: 'done' });
    const lines = await trail();
    const actions = new Set(lines.map(({ action }) => action));
    for (const action of ['known', 'consented', 'read', 'withdrawn', 'ended', 'erased', 'erased-in-house']) {
      expect(actions).toContain(`client.${action}`);
    }
    const written = JSON.stringify(lines);
    const answers = await database.db.selectFrom('command_answers').select('answer').execute();
    const logged = server.logLines.join('\n');
    expect(logged.length).toBeGreaterThan(1_000);
    const { id, card, name, surname } = bastien;
    for (const secret of [id, card, name, surname, 'NRD-', '51 mm', 'n-2054', 'Priya', 'Raman']) {
      expect(written).not.toContain(secret);
      expect(JSON.stringify(answers)).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
  });
});

it('nobody is asked where the house’s system knows no clients', async () => {
  const connected = await ConnectedServer.start({
    capabilities: omsCapabilities.filter((name) => name !== 'clients'),
  });
  const { kiosk, tablet, sessionId } = await openVisit(connected.server);
  expect((await readingOf(tablet, sessionId)).offered).toBe(false);
  expect(codeOf(await tablet.command('client.ask', { sessionId, reference: null }))).toBe('not-offered');
  const consent = consentTo(all);
  expect(codeOf(await kiosk.command('client.consent', { sessionId, consent }))).toBe('not-offered');
  await connected.stop();
});
