import type { Background } from '../core/background.ts';
import type { Hint } from '../core/hints.ts';
import type { AskFeed } from './ask-feed.ts';
import type { ClientFeed } from './client-feed.ts';
import type { Gateway } from './gateway.ts';
import type { OfferFeed } from './offer-feed.ts';
import type { SaleFeed } from './sale-feed.ts';
import type { SessionFeed } from './session-feed.ts';
import type { StockFeed } from './stock-feed.ts';

/** Turns every hint into what the sockets hear, by reading what was committed. */
export function createHintRouter(deps: {
  gateway: Gateway;
  offerFeed: OfferFeed;
  stockFeed: StockFeed;
  sessionFeed: SessionFeed;
  clientFeed: ClientFeed;
  askFeed: AskFeed;
  saleFeed: SaleFeed;
  background: Background;
}): (hint: Hint) => void {
  const { gateway, offerFeed, stockFeed, sessionFeed, clientFeed, askFeed, saleFeed, background } = deps;

  return (hint) => {
    switch (hint.kind) {
      case 'stock':
        stockFeed.hint(hint.storeId);
        return;
      case 'session':
        sessionFeed.hint(hint.sessionId, hint.fromSeq);
        return;
      case 'client':
        clientFeed.hint(hint.sessionId);
        return;
      case 'client-ask':
        askFeed.hint(hint.sessionId);
        return;
      case 'sale':
        saleFeed.hint(hint.sessionId, hint.storeId);
        return;
      case 'offer':
        offerFeed.hint(hint.offerId);
        return;
      case 'device-revoked':
        gateway.dismiss(hint.deviceId, 'revoked');
        return;
      case 'signed-out':
        gateway.renew(hint.deviceId);
        return;
      case 'standing':
        background.run('sockets-rechecked', () => gateway.recheck());
        return;
    }
  };
}
