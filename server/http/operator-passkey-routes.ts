import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../protocol/index.ts';
import { done, refuse, type Refusal } from '../core/answers.ts';
import { houseWide } from '../core/scope.ts';
import type { MakingSession, OperatorPasskeys } from '../operators/operator-passkeys.ts';
import { sessionOf, type Scope, type ScopeDeps } from './operator-scope.ts';
import type { Routes } from './serve-routes.ts';

interface PasskeyDeps extends ScopeDeps {
  readonly operatorPasskeys: OperatorPasskeys;
}

/** The operator's own passkeys: whoever looks after one Maison's console has nothing to do with them. */
export function operatorPasskeyRoutes(routes: Routes, deps: PasskeyDeps): void {
  const { operatorPasskeys: passkeys } = deps;
  routes.serve('operator-passkey.question', () =>
    houseWide('a question to the operator’s passkey', () => passkeys.ask()),
  );
  routes.serve('operator-passkey.list', async ({ scope }) =>
    isOperator(scope) ? done({ passkeys: await passkeys.list() }) : notOperator(),
  );
  routes.serve('operator-passkey.invite', async ({ scope, request }) => {
    if (!isOperator(scope)) return notOperator();
    const session = await makingSession(deps, request);
    return session.ok ? await passkeys.invite(session.value) : session;
  });
  routes.serve('operator-passkey.make', async ({ scope, request, body: { name, introduction } }) => {
    if (!isOperator(scope)) return notOperator();
    const session = await makingSession(deps, request);
    return session.ok ? await passkeys.make(session.value, name, introduction) : session;
  });
  routes.serve('operator-passkey.revoke', async ({ scope, params }) =>
    isOperator(scope) ? await passkeys.revoke(params.id, scope.actor) : notOperator(),
  );
}

/** The browser's own session: a passkey is of a person who sits there, and not of a script that has the token. */
async function makingSession(deps: PasskeyDeps, request: FastifyRequest): Promise<Answer<MakingSession>> {
  const opened = await sessionOf(deps, request);
  if (!opened.ok) return refuse('forbidden', 'A passkey is made in a console that is open in a browser.');
  return done(deps.consoles.makingSession(opened.value));
}

function isOperator({ maisonId, actor }: Scope): boolean {
  return maisonId === null && actor.kind === 'operator';
}

function notOperator(): Refusal {
  return refuse('forbidden', 'Only the operator has these passkeys.');
}
