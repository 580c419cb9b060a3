import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AuditLog } from '../../server/audit/audit-log.ts';
import { ClientSweeper } from '../../server/clients/client-sweeper.ts';
import { Background } from '../../server/core/background.ts';
import { LocalHints } from '../../server/core/hints.ts';
import { presentScope } from '../../server/core/scope.ts';
import { all, consentTo, openVisit } from './support/known-visit.ts';
import { TestServer } from './support/test-server.ts';
import { valueOf } from './support/visit.ts';

it('ends and forgets clients of each Maison within that Maison, so that the second wall stands behind it', async () => {
  const server = await TestServer.start();
  const { kiosk, sessionId } = await openVisit(server);
  valueOf(await kiosk.command('client.consent', { sessionId, consent: consentTo(all) }));
  await server.inDatabase(async (db, database) => {
    const scopes: unknown[] = [];
    const watched: typeof database = {
      ...database,
      transact: (work) => {
        scopes.push(presentScope());
        return database.transact(work);
      },
    };
    const nextDayMs = server.clock.nowMs() + 24 * 3_600_000;
    const clock = { nowMs: () => nextDayMs, monotonicMs: () => 0, after: () => () => undefined };
    const sweeper = new ClientSweeper({
      database: watched,
      audit: new AuditLog(watched, clock),
      clock,
      hints: new LocalHints(),
      background: new Background(clock, pino({ level: 'silent' })),
      marks: { isKept: false },
    });
    await sweeper.prune();
    expect(await db.selectFrom('client_links').select('id').execute()).toEqual([]);
    const maisons = await db.selectFrom('maisons').select('id').orderBy('id').execute();
    const own = { kind: 'maison', maisonId: 'norde' };
    expect(scopes).toEqual([own, ...maisons.map(({ id }) => ({ kind: 'maison', maisonId: id }))]);
  });
  await server.stop();
});
