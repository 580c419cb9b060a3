import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { ManualClock } from '../../sdk/core/clock.ts';
import { enrolmentKeptMs } from '../../server/devices/enrolments.ts';
import { repliesKeptMs } from '../../server/oms/embedded/embedded-replies.ts';
import { defaultTimings } from '../../server/server-config.ts';
import { freshDatabases } from './support/databases.ts';
import { EmbeddedHouse } from './support/embedded-house.ts';
import { serverDatabases } from './support/server-databases.ts';
import { TestServer } from './support/test-server.ts';

const hourMs = 3_600_000;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

it('what cannot be cleared away keeps nothing else from being forgotten, and is told', async () => {
  const lists = () => server.inDatabase((db) => db.selectFrom('wish_lists').selectAll().execute());
  await server.inDatabase(async (db) => {
    await db
      .insertInto('wish_lists')
      .values({ hash: 'of-old', maison_id: 'norde', store_ids: null, skus: '[]', expires_at_ms: 1 })
      .execute();
    await sql`drop table epcis_captures`.execute(db);
  });
  expect(await lists()).toHaveLength(1);
  server.clock.advance(defaultTimings.tidyEveryMs);
  await expect.poll(lists, { timeout: 20_000 }).toEqual([]);
  const told = server.logLines.filter((line) => line.includes('"work":"tidy"'));
  expect(told.join('\n')).toContain('epcis_captures');
});

describe.each(freshDatabases)('replies of the embedded house, on $name', ({ fresh }) => {
  const dayMs = 24 * hourMs;

  it('are given again for a month, and then forgotten, however many there are', async () => {
    const clock = new ManualClock();
    const { database, drop } = await fresh();
    const house = await EmbeddedHouse.open(async () => ({ database, drop }), clock);
    try {
      const ask = { key: 'key-of-a-hold', storeId: 'norde-marais', sku: 'fjord-51.tortoise' } as const;
      const hold = () => house.connector.hold({ ...ask, expiresAtMs: clock.nowMs() + 3_600_000 });
      const first = await hold();
      expect(first.kind).toBe('held');
      const old = Array.from({ length: 1_100 }, (_, index) => ({
        maison_id: 'norde',
        key: `key-of-old-${index}`,
        call: 'recordConsent',
        reply: '{"kind":"recorded"}',
        at_ms: index < 600 ? 0 : clock.nowMs(),
      }));
      for (let from = 0; from < old.length; from += 200)
        await database.db
          .insertInto('oms_replies')
          .values(old.slice(from, from + 200))
          .execute();
      clock.advance(7 * dayMs);
      await house.oms.prune();
      // Longer than any letter is tried, and than any answer may be asked for again: it is the same hold still.
      expect(await hold()).toMatchObject({ kind: 'held', hold: first.kind === 'held' ? first.hold : null });
      clock.advance(repliesKeptMs - 7 * dayMs);
      await house.oms.prune();
      expect(await house.replies()).toBe(1_101);
      clock.advance(1);
      await house.oms.prune();
      // Those from before replies had a date are as old as the first tidying that met them.
      expect(await house.replies()).toBe(600);
      clock.advance(7 * dayMs);
      await house.oms.prune();
      expect(await house.replies()).toBe(0);
    } finally {
      await house.close();
    }
  });
});

describe.each(serverDatabases)('enrolment codes, on $name', ({ open }) => {
  it('are known for a week after their end, and then forgotten; the device that came by one stays', async () => {
    const { server: house, database } = await open();
    try {
      const kiosk = await house.connect('kiosk', 'norde-marais');
      const lists = () => database.db.selectFrom('wish_lists').selectAll().execute();
      const codes = () => database.db.selectFrom('enrolments').select('expires_at_ms').execute();
      const [used] = await codes();
      if (!used) throw new Error('No code was used.');
      const unused = Array.from({ length: 1_200 }, (_, index) => ({
        code_hash: `hash-${index}`,
        maison_id: 'norde',
        store_id: 'norde-marais',
        role: 'kiosk' as const,
        name: 'Mirror',
        expires_at_ms: used.expires_at_ms,
        device_id: null,
      }));
      for (let from = 0; from < unused.length; from += 200)
        await database.db
          .insertInto('enrolments')
          .values(unused.slice(from, from + 200))
          .execute();
      const before = await codes();
      // A list of old shows when the tidying has been.
      const list = { hash: 'of-old', maison_id: 'norde', store_ids: null, skus: '[]', expires_at_ms: 1 };
      await database.db.insertInto('wish_lists').values(list).execute();
      house.clock.advance(used.expires_at_ms - house.clock.nowMs() + enrolmentKeptMs - hourMs);
      await expect.poll(lists, { timeout: 20_000 }).toEqual([]);
      expect(await codes()).toHaveLength(before.length);
      house.clock.advance(hourMs);
      house.clock.advance(defaultTimings.tidyEveryMs);
      await expect.poll(codes, { timeout: 20_000 }).toEqual([]);
      await kiosk.connect();
    } finally {
      await database.close();
      await house.stop();
    }
  });
});
