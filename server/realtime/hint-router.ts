import type { OfferEnd, OfferId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import type { Hint } from '../core/hints.ts';
import type { OfferBook } from '../handoff/offer-book.ts';
import type { OfferState } from '../persistence/tables.ts';
import { deviceRoom, tabletsRoom, type Gateway } from './gateway.ts';
import type { SessionFeed } from './session-feed.ts';
import type { StockFeed } from './stock-feed.ts';

/** Turns every hint into what the sockets hear, by reading what was committed. */
export function createHintRouter(deps: {
  gateway: Gateway;
  offers: OfferBook;
  stockFeed: StockFeed;
  sessionFeed: SessionFeed;
  background: Background;
}): (hint: Hint) => void {
  const { gateway, offers, stockFeed, sessionFeed, background } = deps;

  const tellOffer = async (offerId: OfferId) => {
    const row = await offers.find(offerId);
    if (!row) return;
    const parties = [row.kiosk_id, ...(row.claimed_by_device_id ? [row.claimed_by_device_id] : [])];
    const reason = endOf(row.state);
    if (reason) {
      for (const party of parties) gateway.emit(deviceRoom(party), 'offer.ended', { offerId, reason });
    } else if (row.state === 'claimed') {
      const claim = await offers.claimOf(row);
      if (claim) gateway.emit(deviceRoom(row.kiosk_id), 'offer.claimed', claim);
    }
    gateway.emit(tabletsRoom(row.store_id), 'calls.changed', { calls: await offers.calls(row.store_id) });
  };

  return (hint) => {
    switch (hint.kind) {
      case 'stock':
        stockFeed.hint(hint.storeId);
        return;
      case 'session':
        sessionFeed.hint(hint.sessionId, hint.fromSeq);
        return;
      case 'offer':
        background.run('offer-told', () => tellOffer(hint.offerId));
        return;
      case 'device-revoked':
        gateway.dismiss(hint.deviceId, 'revoked');
        return;
      case 'standing':
        background.run('sockets-rechecked', () => gateway.recheck());
        return;
    }
  };
}

function endOf(state: OfferState): OfferEnd['reason'] | null {
  switch (state) {
    case 'open':
    case 'claimed':
      return null;
    case 'confirmed':
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'replaced':
      return state;
  }
}
