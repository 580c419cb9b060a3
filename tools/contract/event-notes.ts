import type { ServerEvent, ServerEventName } from '../../protocol/index.ts';
import { call, claim, exampleNowMs, kept, offerId, sessionId, stockFrame, store } from './examples.ts';

/** An example of every event that the server emits. */
export const eventExamples: { readonly [Name in ServerEventName]: ServerEvent<Name> } = {
  'stock.changed': stockFrame,
  'session.events': { sessionId, fromSeq: 2, toSeq: 2, events: [kept] },
  'offer.claimed': claim,
  'offer.ended': { offerId, reason: 'confirmed' },
  'calls.changed': { calls: [call] },
  'client.changed': { sessionId },
  'sale.changed': { sessionId },
  'board.changed': { storeId: store.id },
  'client.asked': {
    sessionId,
    advisor: claim.advisor,
    reference: null,
    expiresAtMs: exampleNowMs + 120_000,
  },
  'client.declined': { sessionId },
  'server.closing': { reason: 'shutdown', reconnectAfterMs: 2_000 },
};
