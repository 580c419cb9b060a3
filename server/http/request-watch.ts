import type { Meter } from '../ops/meter.ts';
import type { Http } from './create-http.ts';

/** Requests that change nothing may be cut off: whoever asked asks again. */
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Counts requests by the pattern of their address, and knows which that may change something are still being answered. */
export function watchRequests(
  http: Http,
  meter: Pick<Meter, 'requestAnswered'>,
): { readonly idle: () => Promise<void> } {
  let open = 0;
  let waiting: (() => void)[] = [];
  http.addHook('onRequest', async ({ method }) => {
    if (!readingMethods.has(method)) open += 1;
  });
  http.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    meter.requestAnswered({
      method,
      route: routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    });
    if (readingMethods.has(method)) return;
    open -= 1;
    if (open > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  return {
    idle: async () => {
      if (open > 0) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
  };
}
