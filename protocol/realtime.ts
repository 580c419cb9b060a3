import * as z from 'zod/mini';
import { ClientAsked, ClientConsent, ClientPurpose, ClientReading } from './client-context.ts';
import { PhoneInvitation } from './client-phone.ts';
import { ClientReference } from './client-reference.ts';
import { Advisor, DeviceIdentity } from './device.ts';
import { DeviceReport } from './device-report.ts';
import { Call, Claim, KeptVisit, Offer, OfferEnd } from './handoff.ts';
import { AdvisorId, CommandId, EpochMs, HoldId, Locale, OfferId, SessionId, Sku, StoreId } from './ids.ts';
import { nothing } from './nothing.ts';
import { SharedMeasure } from './measure.ts';
import {
  Passkey,
  PasskeyId,
  PasskeyIntroduction,
  PasskeyInvitation,
  PasskeyProof,
  PasskeyQuestion,
} from './passkey.ts';
import { Pin, StartCode } from './pin.ts';
import { ClosedReason, Look, SessionEvent, SessionFrame, VisitSummary, Worn } from './session.ts';
import { Pointed, ProposalAnswer, ProposedLook, StoryPage } from './together.ts';
import { Hold, StockElsewhere, StockFrame, StockSnapshot } from './stock.ts';
import { answerOf } from './errors.ts';
import { saleCommands } from './sale-commands.ts';

/** The socket's path. WebSocket transport only; the device token travels in the handshake's `auth.token`. */
export const realtimePath = '/realtime';

/** Largest message either side accepts, in bytes. */
export const maxMessageBytes = 64 * 1024;

const cursor = z.int().check(z.nonnegative());

/** The first message on every connection: which version, and how far the client has read. */
export const Hello = z.object({
  protocolVersion: z.int(),
  clientVersion: z.string().check(z.maxLength(64)),
  /** Last sequence known, by boutique; empty for "send me everything". */
  stockCursors: z.record(StoreId, cursor),
  /** The assisted session this device is in, as far as it knows. */
  session: z.nullable(z.object({ sessionId: SessionId, seq: cursor })),
});
export type Hello = z.infer<typeof Hello>;

/** For each boutique the device follows: the changes it missed, or the whole where the log no longer reaches back. */
export const StockCatchUp = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tail'), storeId: StoreId, frames: z.array(StockFrame) }),
  z.object({ kind: z.literal('snapshot'), snapshot: StockSnapshot }),
]);
export type StockCatchUp = z.infer<typeof StockCatchUp>;

export const Welcome = z.object({
  serverTimeMs: EpochMs,
  identity: DeviceIdentity,
  stock: z.array(StockCatchUp),
  /** The open session of this device, with the events it has missed (all of them where it knew none). */
  session: z.nullable(z.object({ sessionId: SessionId, events: z.array(SessionEvent) })),
  /** Tablets: who is signed in here, and which mirrors call. */
  advisor: z.nullable(Advisor),
  calls: z.array(Call),
  /** A claim that waits for the client's answer: on this kiosk, or made on this tablet by the advisor signed in there. */
  claim: z.nullable(Claim),
});
export type Welcome = z.infer<typeof Welcome>;

/**
 * Since which event of the session the present lead is held, as far as the sender has heard: an advisor who has not heard yet that the
 * client took it back is refused as `conflict`. Left out by peers from before there was a lead.
 */
const knownLead = z.optional(z.int().check(z.positive()));

/**
 * Every command: what it takes, what it gives, and which roles may send it. A command is sent once per intention with a
 * `commandId`, lives in an outbox until it is answered, and is answered the same however often it arrives.
 */
export const commands = {
  'stock.read': {
    roles: ['kiosk', 'tablet', 'console'],
    payload: z.object({ storeId: StoreId, cursor }),
    reply: StockCatchUp,
  },
  /** The piece in the Maison's other boutiques, the soonest to be had first. */
  'stock.elsewhere': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sku: Sku }),
    reply: z.object({ places: z.array(StockElsewhere) }),
  },
  'session.read': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, seq: cursor }),
    reply: z.object({ events: z.array(SessionEvent) }),
  },
  /** Calls an advisor; tells in which language, and what the mirror shows on the client, as the calling screen says. */
  'offer.open': {
    roles: ['kiosk'],
    payload: z.object({ locale: z.optional(Locale), worn: z.optional(z.nullable(Worn)) }),
    reply: Offer,
  },
  'offer.cancel': { roles: ['kiosk'], payload: z.object({ offerId: OfferId }), reply: nothing },
  'offer.confirm': {
    roles: ['kiosk'],
    payload: z.object({ offerId: OfferId, summary: VisitSummary }),
    reply: z.object({ sessionId: SessionId }),
  },
  'offer.decline': { roles: ['kiosk'], payload: z.object({ offerId: OfferId }), reply: nothing },
  'offer.claim': {
    roles: ['tablet'],
    payload: z.union([
      z.object({ secret: z.string().check(z.minLength(22), z.maxLength(64)) }),
      z.object({ code: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/)) }),
    ]),
    reply: Claim,
  },
  /** "I am going": the boutique's other tablets fall quiet for a while. It opens nothing: the mirror's mark must still be read there. */
  'call.go': {
    roles: ['tablet'],
    payload: z.object({ callId: OfferId }),
    reply: z.object({ untilMs: EpochMs }),
  },
  /** Gives a call back to everybody. */
  'call.leave': { roles: ['tablet'], payload: z.object({ callId: OfferId }), reply: nothing },
  /** Asks a colleague to go, who is signed in on a tablet of this boutique. */
  'call.pass': {
    roles: ['tablet'],
    payload: z.object({ callId: OfferId, advisorId: AdvisorId }),
    reply: nothing,
  },
  'advisor.list': {
    roles: ['tablet'],
    payload: nothing,
    reply: z.object({
      advisors: z.array(Advisor),
      /** Those of them who are signed in on a tablet here. */
      present: z.optional(z.array(AdvisorId)),
    }),
  },
  'advisor.sign-in': {
    roles: ['tablet'],
    payload: z.object({ advisorId: AdvisorId, pin: Pin }),
    reply: z.object({ advisor: Advisor }),
  },
  /** Uses a start code up: signs its advisor in, with the PIN that they choose. */
  'advisor.start': {
    roles: ['tablet'],
    payload: z.object({ advisorId: AdvisorId, code: StartCode, pin: Pin }),
    reply: z.object({ advisor: Advisor }),
  },
  /** The advisor who is signed in chooses another PIN. */
  'advisor.change-pin': {
    roles: ['tablet'],
    payload: z.object({ oldPin: Pin, pin: Pin }),
    reply: nothing,
  },
  'advisor.sign-out': { roles: ['tablet'], payload: nothing, reply: nothing },
  /** Signs an advisor in by a passkey of theirs, in answer to a `PasskeyQuestion`. */
  'passkey.ask': { roles: ['tablet'], payload: nothing, reply: PasskeyQuestion },
  'passkey.sign-in': {
    roles: ['tablet'],
    payload: z.object({ proof: PasskeyProof }),
    reply: z.object({ advisor: Advisor }),
  },
  /** The passkeys of the advisor who is signed in; a new one soon after their PIN. */
  'passkey.list': { roles: ['tablet'], payload: nothing, reply: z.object({ passkeys: z.array(Passkey) }) },
  'passkey.invite': { roles: ['tablet'], payload: nothing, reply: PasskeyInvitation },
  'passkey.make': {
    roles: ['tablet'],
    payload: z.object({ introduction: PasskeyIntroduction }),
    reply: z.object({ passkey: Passkey }),
  },
  'passkey.remove': { roles: ['tablet'], payload: z.object({ passkeyId: PasskeyId }), reply: nothing },
  'advisor.visits': { roles: ['tablet'], payload: nothing, reply: z.object({ visits: z.array(KeptVisit) }) },
  'session.wear': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, worn: Worn, look: Look, leadSeq: knownLead }),
    reply: nothing,
  },
  'session.keep': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, sku: Sku, kept: z.boolean() }),
    reply: nothing,
  },
  /** Takes the lead, by a touch that does nothing else. */
  'session.lead': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, leadSeq: knownLead }),
    reply: nothing,
  },
  /** Opens a story on the mirror, turns its page, or closes it. */
  'session.tell': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, page: z.nullable(StoryPage), leadSeq: knownLead }),
    reply: nothing,
  },
  /** A light on the mirror, for a moment, at a spot of a piece that is worn. */
  'session.point': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, point: Pointed }),
    reply: nothing,
  },
  /** Proposes a whole look; the client sees it on themselves, or not, by their touch. */
  'session.propose': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, look: ProposedLook }),
    reply: z.object({ proposalId: CommandId }),
  },
  'session.answer': {
    roles: ['kiosk'],
    payload: z.object({ sessionId: SessionId, proposalId: CommandId, answer: ProposalAnswer }),
    reply: nothing,
  },
  'session.share-measure': {
    roles: ['kiosk'],
    payload: z.object({ sessionId: SessionId, measure: SharedMeasure }),
    reply: nothing,
  },
  'session.close': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, reason: ClosedReason }),
    reply: nothing,
  },
  'hold.place': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, sku: Sku }),
    reply: z.object({ hold: Hold }),
  },
  'hold.release': {
    roles: ['tablet'],
    payload: z.object({ holdId: HoldId }),
    reply: z.object({ hold: Hold }),
  },
  ...saleCommands,
  /** How the device fares: the latest only is kept. */
  'device.report': { roles: ['kiosk', 'tablet'], payload: DeviceReport, reply: nothing },
  /** What the client of this session has let be known, read from the house now. */
  'client.read': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId }),
    reply: ClientReading,
  },
  /** Asks on the mirror whether the client wishes to be known. Nobody is looked for before they have said yes there. */
  'client.ask': {
    roles: ['tablet'],
    payload: z.object({ sessionId: SessionId, reference: z.nullable(ClientReference) }),
    reply: z.object({ expiresAtMs: EpochMs }),
  },
  /** The client says no; the advisor is told, and nothing else happens. */
  'client.decline': { roles: ['kiosk'], payload: z.object({ sessionId: SessionId }), reply: nothing },
  /** Said on the mirror, or on the client's own phone by `client.invite`: a tablet says yes for nobody. */
  'client.consent': {
    roles: ['kiosk'],
    payload: z.object({ sessionId: SessionId, consent: ClientConsent }),
    reply: nothing,
  },
  /** Takes back one purpose, or all of them. */
  'client.withdraw': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId, purpose: z.nullable(ClientPurpose) }),
    reply: nothing,
  },
  /** Forgets the client here at once, and has the house forget them. */
  'client.erase': {
    roles: ['kiosk', 'tablet'],
    payload: z.object({ sessionId: SessionId }),
    reply: nothing,
  },
  /** A mark for the client's own phone, on the mirror before them: by it their phone says yes. */
  'client.invite': {
    roles: ['kiosk'],
    payload: z.object({ sessionId: SessionId }),
    reply: PhoneInvitation,
  },
} as const;

export type CommandName = keyof typeof commands;
export type CommandPayload<Name extends CommandName> = z.infer<(typeof commands)[Name]['payload']>;
export type CommandReply<Name extends CommandName> = z.infer<(typeof commands)[Name]['reply']>;

/** How a command travels: event `command`, acknowledged with an answer. */
export const CommandEnvelope = z.object({
  commandId: CommandId,
  name: z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]),
  payload: z.unknown(),
});
export type CommandEnvelope = z.infer<typeof CommandEnvelope>;

/** Socket event names that the client emits, each acknowledged. */
export const clientEvents = { hello: 'hello', command: 'command' } as const;

/** The answer to `hello`. */
export const HelloAnswer = answerOf(Welcome);

/** Every event that the server emits, with its schema. */
export const serverEvents = {
  /** Changes of a boutique's stock, in order. */
  'stock.changed': StockFrame,
  /** Events of the session this device is in. */
  'session.events': SessionFrame,
  /** Kiosk: an advisor claimed the offer. */
  'offer.claimed': Claim,
  /** Kiosk and claiming tablet: the offer came to its end. */
  'offer.ended': OfferEnd,
  /** Tablets: the boutique's calls, the whole list each time. */
  'calls.changed': z.object({ calls: z.array(Call) }),
  /** What is known of the session's client is another than before, or nothing any more: read it again. */
  'client.changed': z.object({ sessionId: SessionId }),
  /** Something on the way to a sale is another than before: read it again. */
  'sale.changed': z.object({ sessionId: SessionId }),
  /** Tablets: what is to be brought or waits in this boutique is another than before: read it again. */
  'board.changed': z.object({ storeId: StoreId }),
  /** Kiosk: the advisor asks whether the client wishes to be known. */
  'client.asked': ClientAsked,
  /** Tablets of the session: the client said no. */
  'client.declined': z.object({ sessionId: SessionId }),
  /** The socket will be closed by the server: reconnect after this time (shutdown), or enrol again (revoked). */
  'server.closing': z.object({
    reason: z.enum(['shutdown', 'revoked', 'token-expired']),
    reconnectAfterMs: z.int(),
  }),
} as const;

export type ServerEventName = keyof typeof serverEvents;
export type ServerEvent<Name extends ServerEventName> = z.infer<(typeof serverEvents)[Name]>;
