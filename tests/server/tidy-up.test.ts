import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { defaultTimings } from '../../server/server-config.ts';
import { TestServer } from './support/test-server.ts';

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
