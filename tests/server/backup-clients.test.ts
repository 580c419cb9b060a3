import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backupsIn, makeBackup, type MadeBackup } from '../../server/backup/make-backup.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import { settleRestored } from '../../server/backup/settle-restored.ts';
import { markOf, readMarks } from '../../server/clients/erasure-marks.ts';
import { dayAfter, dayIn } from '../../protocol/index.ts';
import { systemRandom } from '../../server/core/random.ts';
import { readSecrets } from '../../server/devices/secrets.ts';
import { testPostgresUrl } from './support/databases.ts';
import { bastien, consentTo, openVisit } from './support/known-visit.ts';
import { TestServer } from './support/test-server.ts';
import { valueOf } from './support/visit.ts';

const minuteMs = 60_000;

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'vitrine-backup-clients-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const backUp = (server: TestServer, toDir: string) =>
  makeBackup({
    dataDir: server.dataDir,
    toDir,
    version: '0.0.0-test',
    nowMs: server.clock.nowMs(),
    keep: 99,
  });

/** Everything that leads to a client, as a hand in the database sees it. */
const leadsTo = (server: TestServer) =>
  server.inDatabase(async (db) => ({
    links: await db.selectFrom('client_links').select('client_id').orderBy('client_id').execute(),
    grants: await db.selectFrom('client_grants').select('purpose').execute(),
    phones: await db.selectFrom('client_phones').select('state').execute(),
    yeses: await db
      .selectFrom('oms_letters')
      .select('body')
      .where('subject', '=', 'client-consent')
      .execute(),
    embedded: (await db.selectFrom('oms_clients').select('id').where('maison_id', '=', 'norde').execute())
      .map(({ id }) => id)
      .toSorted(),
  }));
const ended = (server: TestServer) =>
  server.inDatabase(async (db) => {
    const lines = await db
      .selectFrom('audit_entries')
      .select(['action', 'reason', 'actor_kind'])
      .where('action', 'in', ['client.ended', 'client.erased'])
      .orderBy('seq')
      .execute();
    return lines.map((line) => `${line.action} ${line.reason} by ${line.actor_kind}`);
  });
/** Settles a database in place, as `npm run restore -- settle` does; `erased` is a client whom a mark names. */
const settle = (server: TestServer, erased: string | null) =>
  server.inDatabase(async (_db, database) => {
    const secrets = await readSecrets(database, systemRandom, () => 1);
    const askedAtMs = server.clock.nowMs();
    const mark = markOf(secrets, 'norde', erased ?? '');
    const marks = erased === null ? null : [{ id: 'erased-since', maisonId: 'norde', mark, askedAtMs }];
    return await settleRestored(database, server.clock, { createdAtMs: null, marks, random: systemRandom });
  });
const priya = 'NRD-9083-2216-63';
const month = { purpose: 'after-sale', term: 'month' } as const;

describe('clients in a backup', () => {
  let server: TestServer;
  let made: MadeBackup;
  const toDir = () => join(scratch, 'with-clients');

  beforeAll(async () => {
    server = await TestServer.start({ erasuresDir: join(toDir(), 'erasures') });
    const { kiosk, sessionId } = await openVisit(server, 'theo-vasseur');
    const visit = { purpose: 'greet', term: 'visit' } as const;
    const consent = consentTo([visit, month]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent }));
    valueOf(await kiosk.command('client.invite', { sessionId }));
    // Another client’s month goes on after their visit.
    const before = await openVisit(server);
    const yes = { sessionId: before.sessionId, consent: consentTo([month], priya) };
    valueOf(await before.kiosk.command('client.consent', yes));
    valueOf(await before.kiosk.command('session.close', { sessionId: before.sessionId, reason: 'farewell' }));
    made = await backUp(server, toDir());
    const held = await leadsTo(server);
    expect([held.links.length, held.grants.length, held.phones.length]).toEqual([2, 3, 1]);
    server.clock.advance(minuteMs);
    valueOf(await kiosk.command('client.erase', { sessionId }));
    const marks = async () => (await readMarks(join(toDir(), 'erasures')))?.length;
    await vi.waitUntil(async () => (await marks()) === 1);
    server.clock.advance(60 * minuteMs);
  });
  afterAll(async () => {
    await server.stop();
  });
  const restoreInto = async (name: string, fromDir: string) => {
    const dataDir = join(scratch, name);
    const { settled } = await restoreBackup({ fromDir, dataDir, clock: server.clock, random: systemRandom });
    return { settled, restored: await TestServer.start({ dataDir, clock: server.clock }) };
  };

  it('are known no more after a restore, and whoever was erased since stays erased, in the embedded OMS too', async () => {
    const { settled, restored } = await restoreInto('clients-settled', made.folder);
    expect(settled).toMatchObject({ clientsEnded: 1, erasedAgain: 1, erasedUnknown: 0 });
    const left = await leadsTo(restored);
    expect(left).toMatchObject({ links: [], grants: [], phones: [], yeses: [] });
    expect(left.embedded).toEqual(['n-2054', 'n-2099']);
    expect(await ended(restored)).toEqual([
      'client.erased again, after a restore by server',
      'client.ended after-sale by server',
    ]);
    // The house is told once more, in case that the first letter was lost with the machine.
    const told = () =>
      restored.inDatabase((db) => db.selectFrom('client_erasures').select('state').execute());
    await expect.poll(told).toEqual([{ state: 'done' }]);
    await restored.stop();
  });

  it('are known no more where no marks are to be had, and the moment is told from which erasures are lost', async () => {
    const alone = join(scratch, 'alone');
    await cp(made.folder, join(alone, 'copy'), { recursive: true });
    const { settled, restored } = await restoreInto('clients-unmarked', join(alone, 'copy'));
    expect(settled).toMatchObject({
      clientsEnded: 2,
      erasedAgain: null,
      unknownSinceMs: made.manifest.createdAtMs,
    });
    expect(await leadsTo(restored)).toMatchObject({ links: [], grants: [], phones: [], yeses: [] });
    expect((await ended(restored)).toSorted()).toEqual([
      'client.ended after-sale by server',
      'client.ended after-sale by server',
      'client.ended greet by server',
    ]);
    await restored.stop();
  });

  it('are remembered no more after a restore: no task, no note in the embedded OMS, and none on its way', async () => {
    const other = await TestServer.start();
    const { kiosk, tablet, sessionId } = await openVisit(other);
    const yes = consentTo([{ purpose: 'remember', term: 'month' }]);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: yes }));
    const dueOn = dayAfter(dayIn(other.clock.nowMs(), 'Europe/Paris'), 7);
    const next = { step: 'message', dueOn, sku: null, line: null } as const;
    const note = { occasion: 'business', decision: 'not-now', next } as const;
    valueOf(await tablet.command('session.conclude', { sessionId, note }));
    const left = () =>
      other.inDatabase(async (db) => ({
        notes: (await db.selectFrom('oms_notes').select('record').execute()).map(({ record }) => record),
        tasks: await db.selectFrom('sale_steps').select('id').where('kind', '=', 'follow-up').execute(),
        letters: (await db.selectFrom('oms_letters').select('subject').execute()).map((one) => one.subject),
      }));
    await expect.poll(async () => (await left()).notes.length).toBe(1);
    const [record = ''] = (await left()).notes;
    // Of somebody whom nothing else knows a note waits, since the house was away.
    const waits = { maison_id: 'norde', direction: 'out', subject: 'client-note', state: 'dead' } as const;
    const body = record.replace(bastien.id, 'n-2054');
    const times = { tries: 24, next_try_at_ms: 1, last_fault: null, created_at_ms: 1 };
    await other.inDatabase((db) =>
      db
        .insertInto('oms_letters')
        .values({ id: 'a-note', body, ...waits, ...times })
        .execute(),
    );
    const settled = await settle(other, 'n-2054');
    expect(settled).toMatchObject({ clientsEnded: 1, erasedAgain: 1 });
    await expect.poll(left).toEqual({ notes: [], tasks: [], letters: ['client-erase'] });
    await other.stop();
  });

  it('are told by marks that name nobody and hold no number', async () => {
    const folder = join(toDir(), 'erasures');
    const [name = ''] = await readdir(folder);
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).not.toContain(bastien.id);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    const broken = join(scratch, 'broken');
    await cp(toDir(), broken, { recursive: true });
    await writeFile(join(broken, 'erasures', name), text.slice(0, 20));
    const [copy = ''] = await backupsIn(broken);
    const restoring = restoreInto('not-restored', join(broken, copy));
    await expect(restoring).rejects.toMatchObject({ code: 'erasure-mark-broken' });
  });

  it('whose marks could not be written are marked when the folder can be written again', async () => {
    const folder = join(scratch, 'later');
    await writeFile(folder, 'a file where the folder should be');
    const other = await TestServer.start({ erasuresDir: folder });
    const { kiosk, sessionId } = await openVisit(other);
    valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo([month]) }));
    valueOf(await kiosk.command('client.erase', { sessionId }));
    await expect.poll(() => other.logLines.join('')).toContain('erasure-marks');
    await rm(folder);
    const marks = async () => {
      other.clock.advance(5 * minuteMs);
      return (await readMarks(folder))?.length ?? 0;
    };
    await expect.poll(marks).toBe(1);
    await other.stop();
  });

  it.skipIf(testPostgresUrl === null)(
    'are settled alike on PostgreSQL, which was restored by its own means (skipped without one)',
    async () => {
      const nodes = await TestServer.startOnPostgres(testPostgresUrl ?? '');
      const { kiosk, sessionId } = await openVisit(nodes, 'theo-vasseur');
      valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo([month]) }));
      const settled = await settle(nodes, null);
      expect(settled).toMatchObject({ clientsEnded: 1, erasedAgain: null });
      expect(settled.unknownSinceMs).toBe(nodes.clock.nowMs());
      expect(await leadsTo(nodes)).toMatchObject({ links: [], grants: [], phones: [], yeses: [] });
      expect(await ended(nodes)).toEqual(['client.ended after-sale by server']);
      // Everything anew: a client who was erased after the moment to which the database was brought back.
      await nodes.restart();
      const again = await openVisit(nodes);
      const yes = { sessionId: again.sessionId, consent: consentTo([month], priya) };
      valueOf(await again.kiosk.command('client.consent', yes));
      expect(await settle(nodes, 'n-2054')).toMatchObject({ clientsEnded: 0, erasedAgain: 1 });
      expect(await leadsTo(nodes)).toMatchObject({ links: [], yeses: [], embedded: ['n-2011', 'n-2099'] });
      await nodes.stop();
    },
  );
});
