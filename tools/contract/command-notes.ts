import type { CommandName, CommandPayload, CommandReply, ErrorCode } from '../../protocol/index.ts';
import {
  advisor,
  claim,
  clientConsent,
  clientReading,
  exampleNowMs,
  hold,
  kept,
  offer,
  offerId,
  sessionId,
  sku,
  started,
  stockFrame,
  store,
  summary,
  visit,
  worn,
} from './examples.ts';
import {
  passkey,
  passkeyIntroduction,
  passkeyInvitation,
  passkeyProof,
  passkeyQuestion,
} from './passkey-examples.ts';
import { saleNotes } from './sale-notes.ts';

/** What the contract says of a command beside its schemas. */
export interface CommandNote<Name extends CommandName> {
  readonly summary: string;
  /** What it refuses beside what every command does (`everyCommandRefuses`). */
  readonly refusals: readonly ErrorCode[];
  readonly payload: CommandPayload<Name>;
  readonly reply: CommandReply<Name>;
}

/** What any command may be refused with. */
export const everyCommandRefuses: readonly ErrorCode[] = [
  'bad-request',
  'too-large',
  'rate-limited',
  'unauthenticated',
  'forbidden',
  'conflict',
  'internal',
];

/** A proposal has the id of the command that made it. */
const proposalId = 'p4Kd8Rz1VtQe';

/** Who is no party to a session, or comes too late. */
const inSession = ['not-found', 'session-ended'] as const;

/** Every command in words, with an example of what it takes and gives. */
export const commandNotes: { readonly [Name in CommandName]: CommandNote<Name> } = {
  'stock.read': {
    summary: 'What a boutique of the Maison has, from a cursor on: the tail of its log, or a snapshot.',
    refusals: ['not-found'],
    payload: { storeId: store.id, cursor: 117 },
    reply: { kind: 'tail', storeId: store.id, frames: [stockFrame] },
  },
  'stock.elsewhere': {
    summary: 'The piece in the Maison’s other boutiques, the soonest to be had first.',
    refusals: [],
    payload: { sku },
    reply: {
      places: [
        {
          storeId: 'norde-mayfair',
          storeName: 'Mayfair',
          city: 'London',
          available: 1,
          asOfMs: exampleNowMs,
          source: 'embedded',
          transferMs: 172_800_000,
        },
      ],
    },
  },
  'device.report': {
    summary: 'How the device fares: numbers and closed words, nothing of a picture or of anybody.',
    refusals: [],
    payload: { upMs: 3_600_000, faults: 0, mirror: null },
    reply: {},
  },
  'client.read': {
    summary: 'What the client of this session has let be known, read from the house now; kept nowhere.',
    refusals: ['not-found', 'session-ended', 'oms-unavailable'],
    payload: { sessionId },
    reply: clientReading,
  },
  'client.ask': {
    summary:
      'Asks on the mirror whether the client wishes to be known. Nobody is looked for before their yes.',
    refusals: inSession,
    payload: { sessionId, reference: null },
    reply: { expiresAtMs: exampleNowMs + 120_000 },
  },
  'client.decline': {
    summary: 'The client says no; the advisor is told, and nothing else happens.',
    refusals: ['not-found'],
    payload: { sessionId },
    reply: {},
  },
  'client.consent': {
    summary: 'The client says yes by their own touch, purpose by purpose; only now are they looked for.',
    refusals: [...inSession, 'client-unknown', 'code-locked', 'oms-unavailable'],
    payload: { sessionId, consent: clientConsent },
    reply: {},
  },
  'client.withdraw': {
    summary: 'Takes one purpose back, or all of them; the house is told.',
    refusals: [...inSession, 'client-unknown', 'oms-unavailable'],
    payload: { sessionId, purpose: 'advise' },
    reply: {},
  },
  'client.erase': {
    summary: 'Forgets the client here at once, and has the house forget them.',
    refusals: [...inSession, 'client-unknown', 'oms-unavailable'],
    payload: { sessionId },
    reply: {},
  },
  'client.invite': {
    summary: 'A mark for the client’s own phone, good for two minutes and for one phone.',
    refusals: inSession,
    payload: { sessionId },
    reply: { secret: 'Zk3c9Xw0rT5vB8nM1qLpYs', expiresAtMs: exampleNowMs + 120_000 },
  },
  'session.read': {
    summary: 'The events of a session after `seq`, for whoever found a gap.',
    refusals: ['not-found'],
    payload: { sessionId, seq: 0 },
    reply: { events: [started, kept] },
  },
  'session.wear': {
    summary: 'Puts a piece on the client in the mirror, with everything that is worn beside it.',
    refusals: [...inSession, 'unknown-piece'],
    payload: { sessionId, worn, look: [worn], leadSeq: 1 },
    reply: {},
  },
  'session.keep': {
    summary: 'Puts a piece on the shortlist, or takes it off.',
    refusals: [...inSession, 'unknown-sku'],
    payload: { sessionId, sku, kept: true },
    reply: {},
  },
  'session.lead': {
    summary: 'Takes the lead by a touch that does nothing else.',
    refusals: inSession,
    payload: { sessionId, leadSeq: 1 },
    reply: {},
  },
  'session.tell': {
    summary: 'Opens a story on the mirror, turns its page, or closes it.',
    refusals: inSession,
    payload: { sessionId, page: { storyId: 'light-comes-in-low', chapter: 1 }, leadSeq: 1 },
    reply: {},
  },
  'session.point': {
    summary: 'Lights a spot of a worn piece on the mirror, for a moment.',
    refusals: inSession,
    payload: {
      sessionId,
      point: { pieceId: worn.pieceId, spot: { xMm: 31.5, yMm: -4.2, zMm: 2 } },
    },
    reply: {},
  },
  'session.propose': {
    summary: 'Proposes a whole look, which the client sees on themselves or not, by their touch.',
    refusals: [...inSession, 'unknown-piece'],
    payload: { sessionId, look: [worn] },
    reply: { proposalId },
  },
  'session.answer': {
    summary: 'The client’s answer to a proposed look; a yes puts it on, and the client leads.',
    refusals: inSession,
    payload: { sessionId, proposalId, answer: 'accepted' },
    reply: {},
  },
  'call.go': {
    summary: 'The advisor on this tablet is going to a mirror that calls; colleagues see it for two minutes.',
    refusals: ['not-found'],
    payload: { callId: offerId },
    reply: { untilMs: exampleNowMs + 120_000 },
  },
  'call.leave': {
    summary: 'Gives a call back to everybody.',
    refusals: [],
    payload: { callId: offerId },
    reply: {},
  },
  'call.pass': {
    summary: 'Asks a colleague to go, who is signed in on a tablet of this boutique.',
    refusals: ['not-found'],
    payload: { callId: offerId, advisorId: advisor.id },
    reply: {},
  },
  'session.share-measure': {
    summary: 'Hands one measured number to the advisor, by the client’s own touch.',
    refusals: inSession,
    payload: {
      sessionId,
      measure: { kind: 'ring-circumference', finger: 'ring', valueMm: 54.2, plusMinusMm: 0.8 },
    },
    reply: {},
  },
  'session.close': {
    summary: 'Ends the session; the mirror is wiped.',
    refusals: inSession,
    payload: { sessionId, reason: 'farewell' },
    reply: {},
  },
  'offer.open': {
    summary:
      'Calls an advisor: gives the two one-time secrets that the mirror shows. The one before ends, and the call goes on under the new one.',
    refusals: ['unknown-piece'],
    payload: { locale: 'fr', worn },
    reply: offer,
  },
  'offer.cancel': {
    summary: 'Takes the call back.',
    refusals: ['not-found', 'code-expired'],
    payload: { offerId },
    reply: {},
  },
  'offer.decline': {
    summary: 'The client does not know the advisor who claimed: the offer ends.',
    refusals: ['not-found', 'code-expired'],
    payload: { offerId },
    reply: {},
  },
  'offer.confirm': {
    summary: 'The client has compared digits and name and says yes: the session begins.',
    refusals: ['not-found', 'code-expired', 'unknown-piece', 'unknown-sku'],
    payload: { offerId, summary },
    reply: { sessionId },
  },
  'offer.claim': {
    summary: 'The advisor signed in on this tablet takes a mirror’s call, by its mark or its typed code.',
    refusals: ['code-unknown', 'code-expired', 'code-used', 'code-locked', 'wrong-store'],
    payload: { secret: offer.secret },
    reply: claim,
  },
  'advisor.list': {
    summary: 'The advisors of the boutique.',
    refusals: [],
    payload: {},
    reply: { advisors: [advisor], present: [advisor.id] },
  },
  'advisor.sign-in': {
    summary: 'Signs an advisor in on this tablet.',
    refusals: ['pin-wrong', 'pin-locked'],
    payload: { advisorId: advisor.id, pin: '1357' },
    reply: { advisor },
  },
  'advisor.start': {
    summary:
      'Uses a start code up: signs its advisor in on this tablet, with the PIN that they choose. A wrong code counts as a wrong PIN.',
    refusals: ['pin-easy', 'pin-wrong', 'pin-locked', 'code-expired'],
    payload: { advisorId: advisor.id, code: '40718256', pin: '7294' },
    reply: { advisor },
  },
  'advisor.change-pin': {
    summary:
      'The advisor signed in on this tablet chooses another PIN; where the old one signed them in elsewhere, that ends.',
    refusals: ['unauthenticated', 'pin-easy', 'pin-wrong', 'pin-locked'],
    payload: { oldPin: '7294', pin: '60815' },
    reply: {},
  },
  'advisor.sign-out': {
    summary: 'Signs out whoever is signed in on this tablet.',
    refusals: [],
    payload: {},
    reply: {},
  },
  'passkey.ask': {
    summary: 'Gives what a passkey is to sign: good once, for two minutes, on this tablet.',
    refusals: ['not-found'],
    payload: {},
    reply: passkeyQuestion,
  },
  'passkey.sign-in': {
    summary: 'Signs in on this tablet the advisor whose passkey answered.',
    refusals: ['not-found', 'passkey-refused'],
    payload: { proof: passkeyProof },
    reply: { advisor },
  },
  'passkey.list': {
    summary: 'The passkeys of the advisor who is signed in on this tablet.',
    refusals: [],
    payload: {},
    reply: { passkeys: [passkey] },
  },
  'passkey.invite': {
    summary: 'Gives what a passkey of this advisor is made from; for ten minutes after their PIN.',
    refusals: ['not-found'],
    payload: {},
    reply: passkeyInvitation,
  },
  'passkey.make': {
    summary: 'Keeps the public half of a new passkey.',
    refusals: ['not-found', 'passkey-refused'],
    payload: { introduction: passkeyIntroduction },
    reply: { passkey },
  },
  'passkey.remove': {
    summary: 'Takes one of the advisor’s passkeys back; where it signed them in elsewhere, that ends.',
    refusals: ['not-found'],
    payload: { passkeyId: passkey.id },
    reply: {},
  },
  'advisor.visits': {
    summary: 'What stays with the advisor of the day’s closed sessions.',
    refusals: [],
    payload: {},
    reply: { visits: [visit] },
  },
  'hold.place': {
    summary: 'Keeps one piece back for the client of this session.',
    refusals: [...inSession, 'unknown-sku', 'out-of-stock', 'hold-ended', 'oms-unavailable'],
    payload: { sessionId, sku },
    reply: { hold },
  },
  'hold.release': {
    summary: 'Gives a held piece back; also after the session has closed.',
    refusals: ['not-found', 'hold-ended'],
    payload: { holdId: hold.id },
    reply: { hold: { ...hold, state: 'released' } },
  },
  ...saleNotes,
};
