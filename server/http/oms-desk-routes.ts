import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import {
  StockRule,
  type MaisonId,
  type OmsDeadLettersReply,
  type StockFeedsReply,
  type StockRulesReply,
} from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import { parseWith } from '../core/parse.ts';
import type { Houses } from '../houses/houses.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { StockRules } from '../stock/stock-rules.ts';
import type { StockWatch } from '../stock/stock-watch.ts';
import type { Http } from './create-http.ts';
import { scoped, type Scope, type ScopeDeps } from './operator-scope.ts';

interface DeskDeps extends ScopeDeps {
  readonly houses: Houses;
  readonly rules: StockRules;
  readonly letters: LetterBox;
  readonly watch: (maisonId: MaisonId) => StockWatch;
}

const LetterParams = z.object({ id: z.string().check(z.regex(/^[\w-]{8,64}$/)) });

/** How the stock feeds fare, what each boutique keeps back, and what could not be delivered. */
export function omsDeskRoutes(http: Http, deps: DeskDeps): void {
  const { rules, letters } = deps;
  http.get(
    '/api/oms/feeds',
    scoped(deps, async (scope) => done(await feeds(deps, scope))),
  );
  http.get(
    '/api/oms/rules',
    scoped(deps, async ({ maisonId }) => done<StockRulesReply>({ rules: await rules.read(maisonId) })),
  );
  http.post(
    '/api/oms/rules',
    scoped(deps, async ({ maisonId }, { body }) => {
      const parsed = parseWith(StockRule, body, 'The rule');
      return parsed.ok ? await rules.set(maisonId, parsed.value) : parsed;
    }),
  );
  http.get(
    '/api/oms/dead-letters',
    scoped(deps, async ({ maisonId }) =>
      done<OmsDeadLettersReply>({ letters: await letters.dead(maisonId) }),
    ),
  );
  http.post(
    '/api/oms/dead-letters/:id/replay',
    scoped(deps, async ({ maisonId }, request) => {
      const id = letterOf(request);
      return id.ok ? await letters.replay(maisonId, id.value.id) : id;
    }),
  );
  http.delete(
    '/api/oms/dead-letters/:id',
    scoped(deps, async ({ maisonId }, request) => {
      const id = letterOf(request);
      return id.ok ? await letters.discard(maisonId, id.value.id) : id;
    }),
  );
}

function letterOf(request: FastifyRequest) {
  return parseWith(LetterParams, request.params, 'The address');
}

async function feeds({ houses, watch }: DeskDeps, { maisonId }: Scope): Promise<StockFeedsReply> {
  const maisons = await houses.maisons();
  const seen = maisons.filter(({ id }) => maisonId === null || id === maisonId);
  return { feeds: seen.map(({ id }) => watch(id).feed()) };
}
