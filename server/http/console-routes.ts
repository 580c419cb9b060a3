import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleSignInRequest, type Answer, type ConsoleSession } from '../../protocol/index.ts';
import { longestMs, type OpenSession } from '../operators/console-sessions.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Houses } from '../houses/houses.ts';
import { readCookie } from './cookies.ts';
import { httpAnswer, type Http } from './create-http.ts';
import { sessionOf, type ScopeDeps } from './operator-scope.ts';

/** Sign-ins from one address: people who mistype are below it. */
const perAddress = { burst: 10, perSecond: 0.2 };

interface ConsoleDeps extends ScopeDeps {
  readonly houses: Houses;
  readonly clock: Clock;
}

/** The console's session: opened by a proof, read, kept from ending, and closed. */
export function consoleRoutes(http: Http, deps: ConsoleDeps): void {
  const { consoles, cookie, operatorToken, clock } = deps;
  const addresses = new TokenBuckets(clock, perAddress);

  http.get('/api/console/session', async (request, reply) => {
    const opened = await sessionOf(deps, request);
    const session = opened.ok ? await asTold(deps, opened.value.session) : null;
    await send(reply, done({ session }));
  });
  http.post('/api/console/touch', async (request, reply) => {
    const opened = await sessionOf(deps, request);
    await send(reply, opened.ok ? done({ session: await asTold(deps, opened.value.session) }) : opened);
  });
  http.post('/api/console/sign-in', async (request, reply) => {
    const waitMs = addresses.take(request.ip);
    if (waitMs > 0) {
      return await send(reply, refuse('rate-limited', 'Too many requests.', { retryAfterMs: waitMs }));
    }
    const parsed = parseWith(ConsoleSignInRequest, request.body, 'The sign-in');
    if (!parsed.ok) return await send(reply, parsed);
    const opened = await consoles.signIn(parsed.value, operatorToken, request.ip);
    if (!opened.ok) return await send(reply, opened);
    // Whoever signs in anew leaves no other session behind in this browser.
    await closeOld(deps, request);
    reply.header('set-cookie', cookie.set(opened.value.secret, longestMs));
    await send(reply, done({ session: await asTold(deps, opened.value.session) }));
  });
  http.post('/api/console/sign-out', async (request, reply) => {
    const opened = await sessionOf(deps, request);
    // Without a session there is nothing to protect, and the cookie goes in any case.
    if (!opened.ok && opened.error.code !== 'unauthenticated') return await send(reply, opened);
    if (opened.ok) await consoles.signOut(opened.value.secret);
    reply.header('set-cookie', cookie.set(null, 0));
    await send(reply, done({ session: null }));
  });
}

async function closeOld({ consoles, cookie }: ConsoleDeps, request: FastifyRequest): Promise<void> {
  const secret = readCookie(request.headers.cookie, cookie.name);
  if (secret) await consoles.signOut(secret);
}

async function asTold({ houses, clock }: ConsoleDeps, opened: OpenSession): Promise<ConsoleSession> {
  const { user, csrf, idleEndsAtMs, endsAtMs } = opened;
  const seen = (await houses.maisons()).filter(({ id }) => user.maisonId === null || id === user.maisonId);
  const maisons = await Promise.all(
    seen.map(async ({ id, name }) => ({
      id,
      name,
      stores: (await houses.stores(id)).map((store) => ({
        id: store.id,
        name: store.name,
        city: store.city,
        timeZone: store.timeZone,
      })),
    })),
  );
  return {
    actor: { kind: user.kind, name: user.kind === 'device' ? user.name : null },
    maisonId: user.maisonId,
    maisons,
    csrf,
    idleEndsAtMs,
    endsAtMs,
    serverTimeMs: clock.nowMs(),
  };
}

async function send(reply: FastifyReply, answer: Answer<unknown>): Promise<void> {
  const { status, body } = httpAnswer(answer);
  if (!answer.ok && answer.error.retryAfterMs !== undefined) {
    reply.header('retry-after', Math.ceil(answer.error.retryAfterMs / 1_000));
  }
  await reply.header('cache-control', 'no-store').code(status).send(body);
}
