import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../server/core/random.ts';
import { houseWide, inMaison } from '../../server/core/scope.ts';
import { readSecrets } from '../../server/devices/secrets.ts';
import { openDatabase, type Database } from '../../server/persistence/database.ts';
import { openPostgres } from '../../server/persistence/postgres.ts';
import { openSqlite } from '../../server/persistence/sqlite.ts';
import { AuditLog } from '../../server/audit/audit-log.ts';
import { freshSchema, testPostgresUrl } from './support/databases.ts';
import { TestServer } from './support/test-server.ts';
import { handOff, valueOf } from './support/visit.ts';

const collections = resolve(import.meta.dirname, '../../assets/collections');
const dayMs = 24 * 3_600_000;
const openingHours = {
  week: { monday: [{ from: '10:00', to: '19:00' }] },
  days: { '2027-12-25': [] },
};
const norde = {
  locales: ['en'],
  collectionDir: 'norde-collection',
  retention: { sessionDays: 10, auditDays: 30, answerHours: 1 },
  boutiques: { 'norde-marais': { season: 'winter', openingHours } },
};

const places = [
  { name: 'SQLite', postgresUrl: null },
  ...(testPostgresUrl === null ? [] : [{ name: 'PostgreSQL', postgresUrl: testPostgresUrl }]),
];

describe.each(places)('what a Maison has settled, on $name,', ({ postgresUrl }) => {
  let server: TestServer;
  let database: Database;
  let dataDir: string;
  const settle = (maisons: object) =>
    writeFile(join(dataDir, 'houses.json'), JSON.stringify({ schemaVersion: 1, maisons }));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vitrine-settled-'));
    const folder = join(dataDir, 'norde-collection');
    await cp(join(collections, 'norde/catalogue.json'), join(folder, 'catalogue.json'));
    const theme = await readFile(join(collections, 'norde/theme.json'), 'utf8');
    await writeFile(join(folder, 'theme.json'), `${theme}\n\n`);
    await settle({ norde });
    const schema = postgresUrl === null ? null : await freshSchema(postgresUrl);
    server = await TestServer.start({ dataDir, databaseUrl: schema?.url }, schema?.drop);
    database = schema
      ? await openDatabase(await openPostgres(schema.url), 'postgres', 1)
      : await openDatabase(await openSqlite(join(dataDir, 'vitrine.sqlite')), 'sqlite', 1);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('is told to the devices of its boutiques, and to nobody else’s', async () => {
    const marais = await server.enrol('kiosk', 'norde-marais');
    expect(marais.identity.store).toMatchObject({ id: 'norde-marais', locale: 'en' });
    expect(marais.identity.boutique).toEqual({ locales: ['en'], season: 'winter', openingHours });
    const mayfair = await server.enrol('tablet', 'norde-mayfair');
    expect(mayfair.identity.boutique).toEqual({ locales: ['en'] });
    const vendome = await server.enrol('kiosk', 'aurelle-vendome');
    expect(vendome.identity.store.locale).toBe('fr');
    expect(vendome.identity.boutique).toEqual({ locales: ['en', 'fr'] });
  });

  it('has its collection served from its own folder, and from no other one there', async () => {
    const get = async (path: string) => await fetch(`${server.url}/collections/${path}`);
    expect(await (await get('norde/theme.json')).text()).toMatch(/\n\n$/);
    expect(await (await get('aurelle/theme.json')).text()).not.toMatch(/\n\n$/);
    expect((await get('aurelle/catalogue.json')).status).toBe(200);
    for (const path of [
      'norde/../operator-token',
      'norde/..%2fhouses.json',
      'norde/oms-seed.json',
      'norde/no.glb',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('signs its tokens by a key of its own, which opens nothing of another Maison', async () => {
    const kiosk = await server.enrol('kiosk', 'norde-marais');
    const keys = await readSecrets(database, systemRandom, () => 1);
    const { value } = await houseWide('the test', () =>
      database.db
        .selectFrom('token_keys')
        .select('value')
        .where('id', '=', 'first')
        .executeTakeFirstOrThrow(),
    );
    const root = Buffer.from(value, 'base64url');
    const nowMs = server.clock.nowMs();
    const signed = async (key: Uint8Array, audience: string) =>
      await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer('vitrine')
        .setAudience(audience)
        .setSubject(kiosk.id)
        .setIssuedAt(Math.floor(nowMs / 1_000))
        .setExpirationTime(Math.floor(nowMs / 1_000) + 600)
        .sign(key);
    const own = await kiosk.open(await signed(keys.tokenKey(root, 'norde'), 'norde'));
    expect(own.connected).toBe(true);
    kiosk.disconnect();
    for (const [key, audience] of [
      ['aurelle', 'norde'],
      ['aurelle', 'aurelle'],
      ['norde', 'aurelle'],
    ] as const) {
      const token = await signed(keys.tokenKey(root, key), audience);
      await expect(kiosk.open(token)).rejects.toThrow('unauthenticated');
    }
  });

  it('ends all its tokens and codes at once when it raises its keys’ generation, and no other Maison’s', async () => {
    const kiosk = await server.connect('kiosk', 'norde-marais');
    const neighbour = await server.connect('kiosk', 'aurelle-vendome');
    const { secret } = valueOf(await kiosk.command('offer.open', {}));
    const { token } = await kiosk.token();
    const { token: other } = await neighbour.token();
    kiosk.disconnect();
    neighbour.disconnect();
    await settle({ norde: { ...norde, keyGeneration: 2 } });
    await server.restart();
    await expect(kiosk.open(token)).rejects.toThrow('unauthenticated');
    expect((await neighbour.open(other)).connected).toBe(true);
    // A device proves its own key again, and goes on.
    await kiosk.connect();
    const tablet = await server.advisor('norde-marais', 'noemie-caron');
    expect(await tablet.command('offer.claim', { secret })).toMatchObject({
      error: { code: 'code-unknown' },
    });
  });

  it('is forgotten when its time is over, and what another Maison keeps longer stays', async () => {
    const visit = async (storeId: string, advisorId: string) => {
      const kiosk = await server.connect('kiosk', storeId);
      const tablet = await server.advisor(storeId, advisorId);
      return { kiosk, tablet };
    };
    const marais = await visit('norde-marais', 'theo-vasseur');
    const sessionId = await handOff(marais.kiosk, marais.tablet);
    const sku = 'fjord-51.tortoise';
    valueOf(await marais.tablet.command('hold.place', { sessionId, sku }));
    valueOf(await marais.kiosk.command('session.close', { sessionId, reason: 'farewell' }));
    // The same rows for the neighbour, whose settings are the usual ones.
    const closedAtMs = server.clock.nowMs();
    const audit = new AuditLog(database, server.clock);
    const revoked = { actor: { kind: 'operator', id: null }, action: 'device.revoked' } as const;
    const neighbour = await server.enrol('kiosk', 'aurelle-vendome');
    await inMaison('aurelle', () =>
      database.transact(async (tx) => {
        const place = { maison_id: 'aurelle', store_id: 'aurelle-vendome', kiosk_id: neighbour.id };
        await tx
          .insertInto('sessions')
          .values({
            ...place,
            id: 'session-of-aurelle',
            advisor_id: 'camille-laurent',
            head_seq: 0,
            started_at_ms: closedAtMs,
            closed_at_ms: closedAtMs,
          })
          .execute();
        await audit.note(tx, { ...revoked, maisonId: 'aurelle' });
      }),
    );
    await inMaison('norde', () =>
      database.transact((tx) => audit.note(tx, { ...revoked, maisonId: 'norde' })),
    );
    const left = async () => {
      const { db } = database;
      return await houseWide('the test', async () => ({
        sessions: (await db.selectFrom('sessions').select('id').execute()).map(({ id }) => id),
        events: await db
          .selectFrom('session_events')
          .where('session_id', '=', sessionId)
          .selectAll()
          .execute(),
        holds: await db.selectFrom('holds').where('session_id', '=', sessionId).selectAll().execute(),
        audits: (
          await db
            .selectFrom('audit_entries')
            .select('maison_id')
            .where('action', '=', revoked.action)
            .execute()
        ).map((row) => row.maison_id),
        answers: (
          await db
            .selectFrom('command_answers')
            .innerJoin('devices', 'devices.id', 'command_answers.device_id')
            .select('devices.maison_id')
            .execute()
        ).length,
      }));
    };
    const patience = { timeout: 15_000, interval: 1_000 };
    // A visit whose hold runs out at this very moment is forgotten by the next tidying, an hour later.
    const later = async () => {
      const now = await left();
      server.clock.advance(3_600_000);
      return now;
    };
    const tidied = async (byMs: number) => {
      // In steps of the tidying, as days pass.
      server.clock.advance(byMs);
      await expect.poll(async () => (await later()).answers, patience).toBe(0);
      return await left();
    };
    const early = await left();
    expect(early.answers).toBeGreaterThan(3);
    expect(early.sessions).toEqual(expect.arrayContaining([sessionId, 'session-of-aurelle']));
    const nineDays = await tidied(9 * dayMs);
    expect(nineDays.sessions).toContain(sessionId);
    expect(nineDays.audits.toSorted()).toEqual(['aurelle', 'norde']);
    server.clock.advance(2 * dayMs);
    await expect.poll(async () => (await later()).sessions, patience).not.toContain(sessionId);
    const elevenDays = await left();
    expect(elevenDays).toMatchObject({ events: [], holds: [] });
    expect(elevenDays.sessions).toContain('session-of-aurelle');
    server.clock.advance(20 * dayMs);
    await expect.poll(async () => (await later()).audits, patience).toEqual(['aurelle']);
  });

  it('is refused by the name of its key when it cannot be read, and nothing is touched', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'vitrine-broken-'));
    await writeFile(
      join(broken, 'houses.json'),
      '{"schemaVersion":1,"maisons":{"norde":{"retention":{"sessionDays":0}}}}',
    );
    await expect(TestServer.start({ dataDir: broken })).rejects.toMatchObject({
      code: 'houses-invalid',
      message: expect.stringContaining('maisons.norde.retention.sessionDays') as unknown,
    });
  });
});
