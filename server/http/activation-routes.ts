import type { Hints } from '../core/hints.ts';
import { done, refuse } from '../core/answers.ts';
import type { Activations } from '../devices/activations.ts';
import type { TokenKeys } from '../devices/token-keys.ts';
import type { Routes } from './serve-routes.ts';

interface RightsDeps {
  readonly activations: Activations;
  readonly tokenKeys: TokenKeys;
  readonly hints: Hints;
}

/** Who may speak to this server: agencies' activations, and the keys of tokens; for the operator and for consoles. */
export function activationRoutes(routes: Routes, { activations, tokenKeys, hints }: RightsDeps): void {
  routes.serve('activation.list', async ({ scope }) =>
    done({ activations: await activations.list(scope.maisonId) }),
  );
  routes.serve('activation.make', ({ scope: { maisonId, actor }, body }) =>
    activations.make(maisonId, body, actor),
  );
  routes.serve('activation.revoke', ({ scope: { maisonId, actor }, params }) =>
    activations.revoke(maisonId, params.id, actor),
  );
  routes.serve('token-key.rotate', async ({ scope, body }) => {
    if (scope.maisonId !== null)
      return refuse('forbidden', 'Only the operator may change the server’s keys.');
    const rotated = await tokenKeys.rotate({ atOnce: body.atOnce ?? false });
    hints.publish({ kind: 'standing' });
    return done(rotated);
  });
}
