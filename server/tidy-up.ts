import type { Background } from './core/background.ts';
import type { Clock } from './core/clock.ts';
import { forgetBrowsers } from './devices/forget-browsers.ts';
import type { CaptureDesk } from './oms/epcis/capture-desk.ts';
import type { Inbox } from './oms/inbox.ts';
import type { Database } from './persistence/database.ts';
import type { AnswerBook } from './realtime/answer-book.ts';
import type { Services } from './services.ts';

/** Log rows kept per boutique: a device that was away longer gets a snapshot. */
const keptLogRows = 5_000;

/**
 * Clears away what nobody asks for any more, of every Maison: old log rows, answers, questions and what has ended. A part that fails is
 * told, and keeps no other from being forgotten.
 */
export async function tidyUp(
  deps: Services & {
    readonly database: Database;
    readonly clock: Clock;
    readonly inbox: Inbox;
    readonly captures: CaptureDesk;
    readonly answers: AnswerBook;
    readonly background: Pick<Background, 'report'>;
  },
): Promise<void> {
  const parts: readonly (() => Promise<void> | void)[] = [
    () => deps.stock.prune(keptLogRows),
    () => deps.oms.prune(),
    () => deps.inbox.prune(),
    () => deps.letters.prune(),
    () => deps.captures.prune(),
    () => deps.answers.prune(),
    () => deps.retention.tidy(),
    () => deps.offers.prune(),
    () => deps.enrolments.prune(),
    () => deps.tokenKeys.prune(),
    () => deps.pins.prune(),
    () => deps.passkeyChallenges.prune(),
    () => forgetBrowsers(deps.database, deps.clock.nowMs()),
    () => deps.sessions.closeForgotten(),
    () => deps.consoles.prune(),
    () => deps.operatorPasskeys.prune(),
    () => deps.clients.sweeper.prune(),
    () => deps.sale.takeaways.prune(),
    () => deps.sale.wishLists.prune(),
    () => deps.sale.followUps.prune(),
  ];
  for (const part of parts) {
    try {
      await part();
    } catch (fault) {
      deps.background.report('tidy', fault);
    }
  }
}
