import type { Database } from '../persistence/database.ts';
import { houseWide } from '../core/scope.ts';
import type { Http } from './create-http.ts';

/** `/livez`: the process answers. `/readyz`: its database answers too. */
export function healthRoutes(http: Http, database: Database): void {
  http.get('/livez', async (_request, reply) => {
    await reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
  http.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await houseWide('readiness', () =>
        database.db.selectFrom('schema_migrations').select('version').limit(1).execute(),
      );
      await reply.send({ status: 'ok' });
    } catch (fault) {
      request.log.error({ err: fault }, 'the database does not answer');
      await reply.code(503).send({ status: 'database-unavailable' });
    }
  });
}
