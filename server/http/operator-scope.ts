import type { FastifyRequest } from 'fastify';
import { csrfHeader, type Answer, type AuditActor, type MaisonId } from '../../protocol/index.ts';
import { OmsFault } from '../../protocol/connector/index.ts';
import type { ConsoleSessions, OpenSession } from '../operators/console-sessions.ts';
import { done, refuse } from '../core/answers.ts';
import { atDoor, houseWide, inMaison } from '../core/scope.ts';
import { sameSecret } from '../devices/secrets.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import { readCookie, type ConsoleCookie } from './cookies.ts';

/** Whose affairs a caller may see and change: every Maison's (the operator), or one's (a console); and who it is. */
export interface Scope {
  readonly maisonId: MaisonId | null;
  readonly actor: AuditActor;
}

/** How a caller proves who they are: by a token of their own, or by the cookie of a session of the console. */
export interface ScopeDeps {
  readonly tokens: DeviceTokens;
  readonly operatorToken: string;
  readonly consoles: ConsoleSessions;
  readonly cookie: ConsoleCookie;
}

/** The operator's work is house-wide, a console's its own Maison's. */
export function within<Value>({ maisonId }: Scope, work: () => Value): Value {
  return maisonId === null ? houseWide('the operator', work) : inMaison(maisonId, work);
}

/** Does the work; a fault of the house's own system becomes a refusal. */
export async function orUnavailable<Value>(work: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof OmsFault)) throw fault;
    return refuse('oms-unavailable', fault.message);
  }
}

/** Whose affairs the caller of a request may see. */
export async function scopeOf(deps: ScopeDeps, request: FastifyRequest): Promise<Answer<Scope>> {
  const { authorization } = request.headers;
  if (authorization === undefined) return await cookieScope(deps, request);
  const token = /^Bearer ([\w.~+/-]+)$/.exec(authorization)?.[1];
  if (!token) return refuse('unauthenticated', 'This needs the operator token or a console token.');
  if (sameSecret(token, deps.operatorToken)) {
    return done({ maisonId: null, actor: { kind: 'operator', id: null } });
  }
  const verified = await atDoor('a token says who asks', () => deps.tokens.verify(token));
  if (!verified.ok) return verified;
  const { device } = verified.value;
  if (device.role !== 'console') return refuse('forbidden', 'Only the operator and a console may do this.');
  return done({ maisonId: device.maisonId, actor: { kind: 'device', id: device.id } });
}

async function cookieScope(deps: ScopeDeps, request: FastifyRequest): Promise<Answer<Scope>> {
  const opened = await atDoor('a cookie says who asks', () => sessionOf(deps, request));
  if (!opened.ok) return opened;
  const { user } = opened.value.session;
  const id = user.kind === 'device' ? user.deviceId : null;
  return done({ maisonId: user.maisonId, actor: { kind: user.kind, id } });
}

/** A request's session. One that changes something must carry its `csrfHeader`, and keeps the session from ending. */
export async function sessionOf(
  { consoles, cookie }: Pick<ScopeDeps, 'consoles' | 'cookie'>,
  request: FastifyRequest,
): Promise<Answer<{ session: OpenSession; secret: string }>> {
  const secret = readCookie(request.headers.cookie, cookie.name);
  const acts = request.method !== 'GET' && request.method !== 'HEAD';
  const session = secret ? await consoles.find(secret, { acts: false }) : null;
  if (!secret || !session) {
    return refuse('unauthenticated', 'This needs the operator token, a console token or an open session.');
  }
  if (!acts) return done({ session, secret });
  const csrf = request.headers[csrfHeader];
  if (typeof csrf !== 'string' || !sameSecret(csrf, session.csrf)) {
    return refuse('forbidden', `The request lacks the session’s ${csrfHeader}: load the page again.`);
  }
  return done({ session: (await consoles.find(secret, { acts: true })) ?? session, secret });
}
