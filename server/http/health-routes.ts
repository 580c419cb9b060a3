import type { Health } from '../ops/health.ts';
import type { Http } from './create-http.ts';

/**
 * `/livez`: the process turns; where it does not, restart it. `/readyz`: work may be sent here; where not, the body says why.
 * Both are for supervisors and load balancers, and say nothing that is anybody's.
 */
export function healthRoutes(http: Http, health: Health): void {
  http.get('/livez', async (_request, reply) => {
    const liveness = health.liveness();
    await reply
      .header('cache-control', 'no-store')
      .code(liveness.status === 'ok' ? 200 : 503)
      .send(liveness);
  });
  http.get('/readyz', async (_request, reply) => {
    const status = await health.readiness();
    await reply
      .header('cache-control', 'no-store')
      .code(status === 'ok' ? 200 : 503)
      .send({ status });
  });
}
