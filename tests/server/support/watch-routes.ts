import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** Every route that a server registers while `start` runs, as `GET /api/config`, by Fastify's own word. */
export async function watchRoutes<Value>(
  start: () => Promise<Value>,
): Promise<{ readonly started: Value; readonly registered: readonly string[] }> {
  const registered: string[] = [];
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      // Fastify answers HEAD wherever it answers GET.
      for (const one of [method].flat()) if (one !== 'HEAD') registered.push(`${one} ${url}`);
    });
  };
  subscribe('fastify.initialization', watch);
  try {
    return { started: await start(), registered };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}
