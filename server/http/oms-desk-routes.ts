import type { MaisonId, StockFeedsReply } from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import type { Houses } from '../houses/houses.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { StockRules } from '../stock/stock-rules.ts';
import type { StockWatch } from '../stock/stock-watch.ts';
import type { Scope } from './operator-scope.ts';
import type { Routes } from './serve-routes.ts';

interface DeskDeps {
  readonly houses: Houses;
  readonly rules: StockRules;
  readonly letters: LetterBox;
  readonly watch: (maisonId: MaisonId) => StockWatch;
}

/** How the stock feeds fare, what each boutique keeps back, and what could not be delivered. */
export function omsDeskRoutes(routes: Routes, deps: DeskDeps): void {
  const { rules, letters } = deps;
  routes.serve('oms.feeds', async ({ scope }) => done(await feeds(deps, scope)));
  routes.serve('oms.rules', async ({ scope }) => done({ rules: await rules.read(scope.maisonId) }));
  routes.serve('oms.set-rule', ({ scope, body }) => rules.set(scope.maisonId, body));
  routes.serve('oms.dead-letters', async ({ scope }) =>
    done({ letters: await letters.dead(scope.maisonId) }),
  );
  routes.serve('oms.replay-letter', ({ scope, params }) => letters.replay(scope, params.id));
  routes.serve('oms.discard-letter', ({ scope, params }) => letters.discard(scope, params.id));
}

async function feeds({ houses, watch }: DeskDeps, { maisonId }: Scope): Promise<StockFeedsReply> {
  const maisons = await houses.maisons();
  const seen = maisons.filter(({ id }) => maisonId === null || id === maisonId);
  return { feeds: seen.map(({ id }) => watch(id).feed()) };
}
