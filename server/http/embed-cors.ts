import type { FastifyReply, FastifyRequest } from 'fastify';
import { houseWide } from '../core/scope.ts';
import type { Activations } from '../devices/activations.ts';
import type { Http } from './create-http.ts';

/**
 * Any page may read why it is not let in: whoever holds a key can learn as much by a program. Being let in is decided by the
 * origin all the same.
 */
const doorPath = '/api/devices/activate';

/** What a browser under an activation asks for over HTTP; everything else it does on the socket. */
const embedPaths = [
  doorPath,
  '/api/devices/challenge',
  '/api/devices/token',
  '/api/devices/rotate-key',
] as const;

/** How long a browser may remember the permission; an activation that ends is refused by its own doors all the same. */
const preflightSeconds = 60;

/** Lets pages of activations' origins, and but for the door no others, read the answers of these paths. Cookies are never part of it. */
export function embedCors(http: Http, activations: Activations): void {
  const allow = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const { origin } = request.headers;
    reply.header('vary', 'origin');
    if (origin === undefined) return false;
    const isOpen = pathOf(request.url) === doorPath;
    if (!isOpen && !(await houseWide('whose page it is', () => activations.knowsOrigin(origin))))
      return false;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', 'retry-after');
    return true;
  };
  http.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'OPTIONS' && isEmbedPath(request.url)) await allow(request, reply);
  });
  for (const path of embedPaths) {
    http.options(path, async (request, reply) => {
      if (!(await allow(request, reply))) return await reply.code(403).send();
      reply.header('access-control-allow-methods', 'POST');
      reply.header('access-control-allow-headers', 'content-type');
      reply.header('access-control-max-age', preflightSeconds);
      return await reply.code(204).send();
    });
  }
}

function isEmbedPath(url: string): boolean {
  return embedPaths.some((known) => known === pathOf(url));
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}
