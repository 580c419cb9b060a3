import type { Clock } from './core/clock.ts';
import { forgetBrowsers } from './devices/forget-browsers.ts';
import type { CaptureDesk } from './oms/epcis/capture-desk.ts';
import type { Inbox } from './oms/inbox.ts';
import type { Database } from './persistence/database.ts';
import type { AnswerBook } from './realtime/answer-book.ts';
import type { Services } from './services.ts';

/** Log rows kept per boutique: a device that was away longer gets a snapshot. */
const keptLogRows = 5_000;

/** Clears away what nobody asks for any more, of every Maison: old log rows, answers, questions and what has ended. */
export async function tidyUp(
  deps: Services & {
    readonly database: Database;
    readonly clock: Clock;
    readonly inbox: Inbox;
    readonly captures: CaptureDesk;
    readonly answers: AnswerBook;
  },
): Promise<void> {
  await deps.stock.prune(keptLogRows);
  await deps.oms.prune();
  await deps.inbox.prune();
  await deps.letters.prune();
  await deps.captures.prune();
  deps.answers.prune();
  await deps.retention.tidy();
  await deps.offers.prune();
  await deps.tokenKeys.prune();
  await deps.desk.prune();
  await deps.passkeyChallenges.prune();
  await forgetBrowsers(deps.database, deps.clock.nowMs());
  await deps.sessions.closeForgotten();
  await deps.consoles.prune();
  await deps.operatorPasskeys.prune();
  await deps.clients.sweeper.prune();
  await deps.sale.takeaways.prune();
  await deps.sale.wishLists.prune();
  await deps.sale.followUps.prune();
}
