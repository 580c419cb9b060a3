import { expect, it } from 'vitest';
import { LocalHints } from '../../server/core/hints.ts';
import { presentScope } from '../../server/core/scope.ts';
import { AdvisorDesk } from '../../server/houses/advisor-desk.ts';
import { Pieces } from '../../server/houses/pieces.ts';
import { longestSessionMs, Sessions } from '../../server/sessions/sessions.ts';
import { openVisit } from './support/known-visit.ts';
import { TestServer } from './support/test-server.ts';

it('a visit that nobody ended is ended within its Maison, so that the second wall stands behind it', async () => {
  const server = await TestServer.start();
  const { sessionId } = await openVisit(server);
  await server.inDatabase(async (db, database) => {
    const scopes: unknown[] = [];
    const watched: typeof database = {
      ...database,
      transact: (work) => {
        scopes.push(presentScope());
        return database.transact(work);
      },
    };
    const laterMs = server.clock.nowMs() + longestSessionMs;
    const clock = { nowMs: () => laterMs, monotonicMs: () => 0, after: () => () => undefined };
    const sessions = new Sessions({
      database: watched,
      desk: new AdvisorDesk(watched, clock, 1),
      pieces: new Pieces(watched.db, new Map()),
      clock,
      hints: new LocalHints(),
    });
    await sessions.closeForgotten();
    const row = await db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirst();
    expect(row?.closed_at_ms).toBe(laterMs);
    expect(scopes).toEqual([{ kind: 'maison', maisonId: 'norde' }]);
  });
  await server.stop();
});
