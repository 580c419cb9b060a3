import type { FastifyRequest } from 'fastify';
import type { ConsoleSession } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { houseWide } from '../core/scope.ts';
import type { Houses } from '../houses/houses.ts';
import { longestMs, type OpenSession } from '../operators/console-sessions.ts';
import { readCookie } from './cookies.ts';
import { sessionOf, type ScopeDeps } from './operator-scope.ts';
import type { Routes } from './serve-routes.ts';

interface ConsoleDeps extends ScopeDeps {
  readonly houses: Houses;
  readonly clock: Clock;
}

/** The console's session: opened by a proof, read, kept from ending, and closed. Whose it is, the cookie says. */
export function consoleRoutes(routes: Routes, deps: ConsoleDeps): void {
  const { consoles, cookie, operatorToken } = deps;
  const atDoor = <Value>(work: () => Value): Value => houseWide('a session of the console', work);

  routes.serve('console.session', ({ request }) =>
    atDoor(async () => {
      const opened = await sessionOf(deps, request);
      return done({ session: opened.ok ? await asTold(deps, opened.value.session) : null });
    }),
  );
  routes.serve('console.touch', ({ request }) =>
    atDoor(async () => {
      const opened = await sessionOf(deps, request);
      return opened.ok ? done({ session: await asTold(deps, opened.value.session) }) : opened;
    }),
  );
  routes.serve('console.sign-in', ({ body, request, reply }) =>
    atDoor(async () => {
      const opened = await consoles.signIn(body, operatorToken, request.ip);
      if (!opened.ok) return opened;
      // Whoever signs in anew leaves no other session behind in this browser.
      await closeOld(deps, request);
      reply.header('set-cookie', cookie.set(opened.value.secret, longestMs));
      return done({ session: await asTold(deps, opened.value.session) });
    }),
  );
  routes.serve('console.sign-out', ({ request, reply }) =>
    atDoor(async () => {
      const opened = await sessionOf(deps, request);
      // Without a session there is nothing to protect, and the cookie goes in any case.
      if (!opened.ok && opened.error.code !== 'unauthenticated')
        return refuse('forbidden', opened.error.message);
      if (opened.ok) await consoles.signOut(opened.value.secret);
      reply.header('set-cookie', cookie.set(null, 0));
      return done({ session: null });
    }),
  );
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
        locale: store.locale,
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
