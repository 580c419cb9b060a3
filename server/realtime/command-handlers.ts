import type { Answer, CommandId, CommandName, CommandPayload, CommandReply } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { DevicePresence } from '../devices/device-presence.ts';
import type { Clock } from '../core/clock.ts';
import type { SaleServices } from '../sale/create-sale.ts';
import { saleHandlers } from './sale-handlers.ts';
import type { ClientServices } from '../clients/create-clients.ts';
import type { Activations } from '../devices/activations.ts';
import { seesStore, type Device } from '../devices/device-rows.ts';
import type { CallBoard } from '../handoff/call-board.ts';
import type { ClaimDesk } from '../handoff/claim-desk.ts';
import type { OfferBook } from '../handoff/offer-book.ts';
import type { HoldBook } from '../holds/hold-book.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { PinDesk } from '../houses/pin-desk.ts';
import type { Houses } from '../houses/houses.ts';
import type { PasskeyBook } from '../passkeys/passkey-book.ts';
import type { PasskeyDesk } from '../passkeys/passkey-desk.ts';
import type { Company } from '../sessions/company.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StockLog } from '../stock/stock-log.ts';
import type { StockNetwork } from '../stock/stock-network.ts';

/** Who sends, and under which id. */
export interface Sender {
  readonly device: Device;
  readonly commandId: CommandId;
}

/** What each command does, once its role and payload are known to be good. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    sender: Sender,
    payload: CommandPayload<Name>,
  ) => Promise<Answer<CommandReply<Name>>>;
};

/** Ties every command to the part of the server that answers it. */
export function commandHandlers(deps: {
  activations: Activations;
  stock: StockLog;
  network: StockNetwork;
  houses: Houses;
  presence: DevicePresence;
  desk: AdvisorDesk;
  pins: PinDesk;
  sessions: Sessions;
  company: Company;
  offers: OfferBook;
  callBoard: CallBoard;
  claims: ClaimDesk;
  holds: HoldBook;
  clients: ClientServices;
  passkeys: PasskeyDesk;
  passkeyBook: PasskeyBook;
  sale: SaleServices;
  clock: Clock;
}): CommandHandlers {
  const { activations, stock, network, houses, presence, desk, pins, sessions, company } = deps;
  const { offers, callBoard, claims, holds, clients, passkeys, passkeyBook } = deps;
  return {
    'stock.read': async ({ device }, { storeId, cursor }) => {
      const store = await houses.store(device.maisonId, storeId);
      const isSeen = device.activation === null || seesStore(device, storeId);
      return store && isSeen
        ? done(await stock.catchUp(storeId, cursor))
        : refuse('not-found', `There is no boutique ${storeId}.`);
    },
    'stock.elsewhere': async ({ device }, { sku }) =>
      done({ places: await network.elsewhere(device.maisonId, device.storeId, sku) }),
    'session.read': ({ device }, { sessionId, seq }) => sessions.read(device, sessionId, seq),
    'session.wear': ({ device }, { sessionId, ...wish }) => sessions.wear(device, sessionId, wish),
    'session.keep': ({ device }, { sessionId, sku, kept }) => sessions.keep(device, sessionId, sku, kept),
    'session.lead': ({ device }, { sessionId, leadSeq }) => company.lead(device, sessionId, leadSeq),
    'session.tell': ({ device }, { sessionId, page, leadSeq }) =>
      company.tell(device, sessionId, page, leadSeq),
    'session.point': ({ device }, { sessionId, point }) => company.point(device, sessionId, point),
    'session.propose': ({ device, commandId }, { sessionId, look }) =>
      company.propose(device, sessionId, commandId, look),
    'session.answer': ({ device }, { sessionId, proposalId, answer }) =>
      company.answer(device, sessionId, proposalId, answer),
    'session.share-measure': ({ device }, { sessionId, measure }) =>
      sessions.shareMeasure(device, sessionId, measure),
    'session.close': ({ device }, { sessionId, reason }) => sessions.close(device, sessionId, reason),
    'offer.open': async ({ device }, told) => {
      const retryAfterMs = activations.callWaitMs(device);
      return retryAfterMs > 0
        ? refuse('rate-limited', 'Too many calls from this activation.', { retryAfterMs })
        : await offers.open(device, told);
    },
    'call.go': ({ device }, { callId }) => callBoard.go(device, callId),
    'call.leave': ({ device }, { callId }) => callBoard.leave(device, callId),
    'call.pass': ({ device }, { callId, advisorId }) => callBoard.pass(device, callId, advisorId),
    'offer.cancel': ({ device }, { offerId }) => offers.cancel(device, offerId),
    'offer.decline': ({ device }, { offerId }) => offers.decline(device, offerId),
    'offer.confirm': ({ device }, { offerId, summary }) => offers.confirm(device, offerId, summary),
    'offer.claim': ({ device }, given) => claims.claim(device, given),
    'advisor.list': async ({ device }) =>
      done({
        advisors: await houses.advisors(device.maisonId, device.storeId),
        present: await desk.present(device),
      }),
    'advisor.sign-in': ({ device }, { advisorId, pin }) => pins.signIn(device, advisorId, pin),
    'advisor.start': ({ device }, { advisorId, ...chosen }) => pins.start(device, advisorId, chosen),
    'advisor.change-pin': ({ device }, chosen) => pins.change(device, chosen),
    'advisor.sign-out': async ({ device }) => {
      await desk.signOut(device);
      return done({});
    },
    'passkey.ask': ({ device }) => passkeys.ask(device),
    'passkey.sign-in': ({ device }, { proof }) => passkeys.signIn(device, proof),
    'passkey.list': ({ device }) => passkeyBook.list(device),
    'passkey.invite': ({ device }) => passkeys.invite(device),
    'passkey.make': ({ device }, { introduction }) => passkeys.make(device, introduction),
    'passkey.remove': ({ device }, { passkeyId }) => passkeyBook.remove(device, passkeyId),
    'advisor.visits': ({ device }) => sessions.visits(device),
    'device.report': async ({ device }, report) => presence.report(device.id, report),
    'hold.place': ({ device, commandId }, { sessionId, sku }) =>
      holds.place(device, commandId, sessionId, sku),
    'client.read': ({ device }, { sessionId }) => clients.desk.read(device, sessionId),
    'client.ask': ({ device }, { sessionId, reference }) => clients.desk.ask(device, sessionId, reference),
    'client.decline': ({ device }, { sessionId }) => clients.desk.decline(device, sessionId),
    'client.consent': ({ device }, { sessionId, consent }) =>
      clients.desk.consent(device, sessionId, consent),
    'client.withdraw': ({ device }, { sessionId, purpose }) =>
      clients.desk.withdraw(device, sessionId, purpose),
    'client.erase': ({ device }, { sessionId }) => clients.desk.erase(device, sessionId),
    'client.invite': ({ device }, { sessionId }) => clients.phones.invite(device, sessionId),
    'hold.release': ({ device }, { holdId }) => holds.release(device, holdId),
    ...saleHandlers(deps.sale, deps.clock),
  };
}
