import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, AuditActor, MaisonId } from '../../protocol/index.ts';
import { OmsFault } from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';
import { sameSecret } from '../devices/secrets.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import { httpAnswer } from './create-http.ts';

/** Whose affairs a caller may see and change: every Maison's (the operator), or one's (a console). */
export interface Scope {
  readonly maisonId: MaisonId | null;
  /** Who asks, for the audit trail. */
  readonly actor: AuditActor;
}

/** How a caller proves who they are. */
export interface ScopeDeps {
  readonly tokens: DeviceTokens;
  readonly operatorToken: string;
}

/** Answers one request of the operator or of a console; a fault of the house's system becomes a refusal. */
export function scoped(
  deps: ScopeDeps,
  answer: (scope: Scope, request: FastifyRequest) => Promise<Answer<unknown>>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const scope = await scopeOf(deps, request);
    const { status, body } = httpAnswer(
      scope.ok ? await orUnavailable(() => answer(scope.value, request)) : scope,
    );
    await reply.header('cache-control', 'no-store').code(status).send(body);
  };
}

async function orUnavailable(work: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof OmsFault)) throw fault;
    return refuse('oms-unavailable', fault.message);
  }
}

async function scopeOf(deps: ScopeDeps, request: FastifyRequest): Promise<Answer<Scope>> {
  const token = /^Bearer ([\w.~+/-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (!token) return refuse('unauthenticated', 'This needs the operator token or a console token.');
  if (sameSecret(token, deps.operatorToken))
    return done({ maisonId: null, actor: { kind: 'operator', id: null } });
  const verified = await deps.tokens.verify(token);
  if (!verified.ok) return verified;
  const { device } = verified.value;
  if (device.role !== 'console') return refuse('forbidden', 'Only the operator and a console may do this.');
  return done({ maisonId: device.maisonId, actor: { kind: 'device', id: device.id } });
}
