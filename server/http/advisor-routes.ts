import type { AdvisorBook } from '../advisors/advisor-book.ts';
import type { AdvisorEraser } from '../advisors/advisor-eraser.ts';
import { done } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Routes } from './serve-routes.ts';

/** The console's part in an advisor's time in the house. Their PIN is theirs: no route tells one, or takes one. */
export function advisorRoutes(
  routes: Routes,
  {
    advisorBook: book,
    advisorEraser,
    clock,
  }: { readonly advisorBook: AdvisorBook; readonly advisorEraser: AdvisorEraser; readonly clock: Clock },
): void {
  routes.serve('advisor.board', async ({ scope, query }) => {
    const advisors = await book.board(scope, query.store);
    return advisors.ok ? done({ serverTimeMs: clock.nowMs(), advisors: advisors.value }) : advisors;
  });
  routes.serve('advisor.add', ({ scope, body }) => book.add(scope, body));
  routes.serve('advisor.change', ({ scope, params, body }) => book.change(scope, params, body));
  routes.serve('advisor.start-code', ({ scope, params }) => book.makeCode(scope, params));
  routes.serve('advisor.lock-out', ({ scope, params }) => book.lockOut(scope, params));
  routes.serve('advisor.remove', ({ scope, params }) => book.remove(scope, params));
  routes.serve('advisor.erase', ({ scope, params }) => advisorEraser.erase(scope, params));
}
