import type { Clock } from '../core/clock.ts';
import { houseWide } from '../core/scope.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { OfferBook } from '../handoff/offer-book.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { LetterBox } from '../oms/letters/letter-box.ts';
import type { AskFeed } from './ask-feed.ts';
import type { ClientFeed } from './client-feed.ts';
import type { Gateway } from './gateway.ts';
import type { OfferFeed } from './offer-feed.ts';
import type { SaleFeed } from './sale-feed.ts';
import type { SessionFeed } from './session-feed.ts';
import type { StockFeed } from './stock-feed.ts';

/** How far the clocks of two nodes may differ without a revocation being overlooked. */
const clockSkewMs = 5 * 60_000;

/**
 * Reads the heads of everything that hints tell of, and sends what was not hinted at: a hint is lost with Redis, with the
 * node that owed it, or with the database that could not be read when it came. Also takes up the dates and letters of a
 * node that has ended. So the age of what screens show is bounded by the schedule on which this runs, and by nothing else.
 */
export function createCatchUp(deps: {
  stockFeed: StockFeed;
  sessionFeed: SessionFeed;
  offerFeed: OfferFeed;
  askFeed: AskFeed;
  clientFeed: ClientFeed;
  saleFeed: SaleFeed;
  gateway: Pick<Gateway, 'dismiss'>;
  registry: DeviceRegistry;
  holds: HoldBook;
  offers: OfferBook;
  letters: LetterBox;
  clock: Clock;
}): () => Promise<void> {
  const { stockFeed, sessionFeed, offerFeed, askFeed, clientFeed, saleFeed } = deps;
  const { gateway, registry, holds, offers, letters, clock } = deps;
  return async () => {
    await holds.start();
    await offers.start();
    await stockFeed.catchUp();
    await sessionFeed.catchUp();
    await offerFeed.catchUp();
    await askFeed.catchUp();
    await clientFeed.catchUp();
    await saleFeed.catchUp();
    const sinceMs = clock.nowMs() - clockSkewMs;
    for (const deviceId of await houseWide('revoked devices', () => registry.revokedSince(sinceMs))) {
      gateway.dismiss(deviceId, 'revoked');
    }
    await houseWide('letters of a node that ended', () => letters.adopt());
  };
}
