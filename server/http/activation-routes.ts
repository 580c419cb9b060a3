import * as z from 'zod/mini';
import { ActivationId, ActivationRequest } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import { parseWith } from '../core/parse.ts';
import type { Activations } from '../devices/activations.ts';
import type { TokenKeys } from '../devices/token-keys.ts';
import type { Hints } from '../core/hints.ts';
import type { Http } from './create-http.ts';
import { scoped, type ScopeDeps } from './operator-scope.ts';

interface RightsDeps extends ScopeDeps {
  readonly activations: Activations;
  readonly tokenKeys: TokenKeys;
  readonly hints: Hints;
}

const ActivationParams = z.object({ id: ActivationId });
const RotateRequest = z.object({ atOnce: z.optional(z.boolean()) });

/** Who may speak to this server: agencies' activations, and the keys of tokens; for the operator and for consoles. */
export function activationRoutes(http: Http, deps: RightsDeps): void {
  const { activations, tokenKeys, hints } = deps;
  http.get(
    '/api/activations',
    scoped(deps, async ({ maisonId }) => done({ activations: await activations.list(maisonId) })),
  );
  http.post(
    '/api/activations',
    scoped(deps, async ({ maisonId, actor }, { body }) => {
      const parsed = parseWith(ActivationRequest, body, 'The activation');
      return parsed.ok ? await activations.make(maisonId, parsed.value, actor) : parsed;
    }),
  );
  http.post(
    '/api/activations/:id/revoke',
    scoped(deps, async ({ maisonId, actor }, { params }) => {
      const parsed = parseWith(ActivationParams, params, 'The address');
      return parsed.ok ? await activations.revoke(maisonId, parsed.value.id, actor) : parsed;
    }),
  );
  http.post(
    '/api/token-keys/rotate',
    scoped(deps, async ({ maisonId }, { body }) => {
      if (maisonId !== null) return refuse('forbidden', 'Only the operator may change the server’s keys.');
      const parsed = parseWith(RotateRequest, body ?? {}, 'The request');
      if (!parsed.ok) return parsed;
      const rotated = await tokenKeys.rotate({ atOnce: parsed.value.atOnce ?? false });
      hints.publish({ kind: 'standing' });
      return done(rotated);
    }),
  );
}
