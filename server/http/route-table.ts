import * as z from 'zod/mini';
import {
  ActivateRequest,
  ActivationId,
  ActivationReply,
  ActivationRequest,
  ActivationsReply,
  AuditQuery,
  AttributionKeys,
  AuditReply,
  ChallengeReply,
  ChallengeRequest,
  ConsoleSessionReply,
  ConsoleSignInRequest,
  DeviceBoardReply,
  DeviceId,
  EnrolmentReply,
  EnrolmentRequest,
  EnrolReply,
  EnrolRequest,
  EpochMs,
  type ErrorCode,
  MaisonId,
  OmsDeadLettersReply,
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
  PasskeyBoardReply,
  PasskeyId,
  PhoneConsentRequest,
  PhoneOpenReply,
  PhoneOpenRequest,
  PhoneReply,
  PhoneRequest,
  PhoneWithdrawRequest,
  RotateKeyReply,
  RotateKeyRequest,
  RuntimeConfig,
  StockBoardReply,
  StockFeedsReply,
  StockRule,
  StockRulesReply,
  TakeawayReply,
  TakeawayRequest,
  TokenReply,
  TokenRequest,
} from '../../protocol/index.ts';
import type { BucketSize } from '../core/token-bucket.ts';
import { CaptureJob } from '../oms/epcis/capture-desk.ts';
import { EpcisDocument } from '../oms/epcis/epcis-document.ts';
import { ClosingBody, ClosingReply } from '../sale/attribution-desk.ts';
import { WebhookBody, WebhookReply } from '../oms/inbox.ts';

/**
 * Who may call a route. `anyone`: nobody is signed in. `operator`: the operator by their token, or a console by its own for
 * its Maison alone. `house`: a Maison's own system, by its signature over the body's bytes.
 */
export type Caller = 'anyone' | 'operator' | 'house';

/** One thing that can be asked over HTTP. Whatever is not in a row is refused, and whatever is published of it is read here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A part that varies is written `:name`, and is in `params`. */
  readonly path: string;
  /** One sentence for whoever writes a client. */
  readonly summary: string;
  readonly caller: Caller;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  /** Parsed before the route's own work, but for a house: its bytes are signed, and it is told what was wrong with them. */
  readonly body?: z.ZodMiniType;
  readonly reply: z.ZodMiniType;
  /** Of the good answer; 200 where none is given. */
  readonly status?: number;
  /** Headers of the good answer that say something. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it refuses beside what every route of its kind does (`refusalsOf`). */
  readonly refusals: readonly ErrorCode[];
  /** How often it may be called from one address; of a house's route, without a good signature. */
  readonly perAddress?: BucketSize;
  /** How often by one Maison's own systems, from all their addresses. */
  readonly perHouse?: BucketSize;
  /** How often by one device, where the body names it. */
  readonly perDevice?: BucketSize;
  /** Largest body in bytes; the server's own bound where none is given. */
  readonly maxBodyBytes?: number;
}

/** A boutique's devices share one address, so an address may do more than a device. */
const devicesOfAnAddress: BucketSize = { burst: 60, perSecond: 2 };
const oneDevice: BucketSize = { burst: 12, perSecond: 0.5 };

/** People who mistype are below it. */
const signInsOfAnAddress: BucketSize = { burst: 10, perSecond: 0.2 };

/** What one house's systems may send together, from wherever they send it. */
const oneHouse: BucketSize = { burst: 200, perSecond: 20 };
/** What may be tried from one address without a good signature. A house behind the same proxy is not held up by it. */
const oneStranger: BucketSize = { burst: 50, perSecond: 1 };

/** Largest webhook or EPCIS document, in bytes. */
const largestMessage = 2 * 1024 * 1024;

const nothing = z.object({});
const Document = z.record(z.string(), z.unknown());
const ActivationParams = z.object({ id: ActivationId });
const RotateTokenKeyRequest = z.object({ atOnce: z.optional(z.boolean()) });
const RotateTokenKeyReply = z.object({ oldGoodUntilMs: EpochMs });
const DeviceParams = z.object({ id: DeviceId });
const PasskeyParams = z.object({ id: PasskeyId });
const LetterParams = z.object({ id: z.string().check(z.regex(/^[\w-]{8,64}$/)) });

/** A Maison is not parsed here: who names one that is not is told no more than who signs wrongly. */
const HouseParams = z.object({ maisonId: z.string() });
const CaptureParams = z.object({ maisonId: z.string(), captureId: z.string() });

/** Every route of the HTTP API. A change is a change of the contract: `npm run contract` publishes it. */
export const routes = {
  'config.read': {
    method: 'GET',
    path: '/api/config',
    summary: 'What a screen needs before it is enrolled. Any origin may read it; it holds nothing secret.',
    caller: 'anyone',
    reply: RuntimeConfig,
    refusals: [],
  },
  'contract.openapi': {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document.',
    caller: 'anyone',
    reply: Document,
    refusals: ['not-found'],
  },
  'contract.asyncapi': {
    method: 'GET',
    path: '/api/asyncapi.json',
    summary: 'The contract of the socket, as AsyncAPI.',
    caller: 'anyone',
    reply: Document,
    refusals: ['not-found'],
  },
  'device.enrol': {
    method: 'POST',
    path: '/api/devices/enrol',
    summary: 'Turns a one-time code and a public key into a device of a boutique.',
    caller: 'anyone',
    body: EnrolRequest,
    reply: EnrolReply,
    refusals: ['code-unknown', 'code-expired', 'code-used', 'forbidden'],
    perAddress: devicesOfAnAddress,
  },
  'device.challenge': {
    method: 'POST',
    path: '/api/devices/challenge',
    summary: 'Gives a nonce for the device to sign, good once and for a short time.',
    caller: 'anyone',
    body: ChallengeRequest,
    reply: ChallengeReply,
    refusals: ['unauthenticated', 'forbidden'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
  'device.token': {
    method: 'POST',
    path: '/api/devices/token',
    summary:
      'Takes the signed nonce for a short-lived token: for the socket, and for a console’s calls here.',
    caller: 'anyone',
    body: TokenRequest,
    reply: TokenReply,
    refusals: ['unauthenticated', 'forbidden'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
  'device.activate': {
    method: 'POST',
    path: '/api/devices/activate',
    summary: 'Gives a browser on a page of an activation’s origins a key of its own under the page’s key.',
    caller: 'anyone',
    body: ActivateRequest,
    reply: EnrolReply,
    refusals: ['code-unknown', 'code-expired', 'forbidden', 'not-found'],
    perAddress: devicesOfAnAddress,
  },
  'device.rotate-key': {
    method: 'POST',
    path: '/api/devices/rotate-key',
    summary:
      'Changes a device’s key, signed by the old and by the new one; the old one is dead from then on.',
    caller: 'anyone',
    body: RotateKeyRequest,
    reply: RotateKeyReply,
    refusals: ['unauthenticated', 'forbidden', 'conflict'],
    perAddress: devicesOfAnAddress,
    perDevice: oneDevice,
  },
  'activation.list': {
    method: 'GET',
    path: '/api/activations',
    summary: 'Agencies’ activations, with how many browsers are there.',
    caller: 'operator',
    reply: ActivationsReply,
    refusals: [],
  },
  'activation.make': {
    method: 'POST',
    path: '/api/activations',
    summary:
      'Makes an agency’s activation for one boutique: its origins, its time, its scope and its places.',
    caller: 'operator',
    body: ActivationRequest,
    reply: ActivationReply,
    refusals: ['not-found', 'conflict'],
  },
  'activation.revoke': {
    method: 'POST',
    path: '/api/activations/:id/revoke',
    summary: 'Ends an activation; its browsers are sent away within seconds.',
    caller: 'operator',
    params: ActivationParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'token-key.rotate': {
    method: 'POST',
    path: '/api/token-keys/rotate',
    summary: 'Signs tokens with a new key; old tokens live out their time, unless `atOnce`.',
    caller: 'operator',
    body: RotateTokenKeyRequest,
    reply: RotateTokenKeyReply,
    refusals: [],
  },
  'console.session': {
    method: 'GET',
    path: '/api/console/session',
    summary: 'Who is signed in by the cookie of the console; null: nobody.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    refusals: [],
  },
  'console.touch': {
    method: 'POST',
    path: '/api/console/touch',
    summary: 'Keeps a session from ending: somebody did something. Carries the session’s CSRF header.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    refusals: ['unauthenticated', 'forbidden'],
  },
  'console.sign-in': {
    method: 'POST',
    path: '/api/console/sign-in',
    summary: 'Exchanges a proof for a session in a cookie that no script can read.',
    caller: 'anyone',
    body: ConsoleSignInRequest,
    reply: ConsoleSessionReply,
    headers: { 'set-cookie': 'The session’s secret: HttpOnly, SameSite=Strict, Secure over HTTPS.' },
    refusals: ['unauthenticated', 'forbidden', 'code-locked'],
    perAddress: signInsOfAnAddress,
  },
  'console.sign-out': {
    method: 'POST',
    path: '/api/console/sign-out',
    summary: 'Ends the session and takes its cookie back. Carries the session’s CSRF header.',
    caller: 'anyone',
    reply: ConsoleSessionReply,
    headers: { 'set-cookie': 'An empty cookie.' },
    refusals: ['forbidden'],
  },
  'device.list': {
    method: 'GET',
    path: '/api/devices',
    summary: 'Every device with what is known of its health.',
    caller: 'operator',
    reply: DeviceBoardReply,
    refusals: [],
  },
  'device.make-enrolment': {
    method: 'POST',
    path: '/api/devices/enrolments',
    summary: 'Makes a one-time link for a new device of a boutique.',
    caller: 'operator',
    body: EnrolmentRequest,
    reply: EnrolmentReply,
    refusals: ['not-found'],
  },
  'device.revoke': {
    method: 'POST',
    path: '/api/devices/:id/revoke',
    summary: 'Sends a device away for good and ends its connections.',
    caller: 'operator',
    params: DeviceParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'passkey.board': {
    method: 'GET',
    path: '/api/passkeys',
    summary: 'Advisors’ passkeys, with whose they are and when they were used.',
    caller: 'operator',
    reply: PasskeyBoardReply,
    refusals: [],
  },
  'passkey.revoke': {
    method: 'POST',
    path: '/api/passkeys/:id/revoke',
    summary: 'Takes a passkey back for good; whoever it signed in is signed out at once.',
    caller: 'operator',
    params: PasskeyParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'stock.board': {
    method: 'GET',
    path: '/api/stock/board',
    summary: 'Each Maison’s connector and letters, and the age of each boutique’s levels.',
    caller: 'operator',
    reply: StockBoardReply,
    refusals: [],
  },
  'audit.read': {
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail, the newest first, at most 50 lines at a time.',
    caller: 'operator',
    query: AuditQuery,
    reply: AuditReply,
    refusals: [],
  },
  'phone.open': {
    method: 'POST',
    path: '/api/clients/phone/open',
    summary: 'Trades the one-time secret of a mark for the page’s own.',
    caller: 'anyone',
    body: PhoneOpenRequest,
    reply: PhoneOpenReply,
    refusals: ['code-unknown'],
    perAddress: devicesOfAnAddress,
  },
  'phone.read': {
    method: 'POST',
    path: '/api/clients/phone/read',
    summary: 'What the client of this page has let be known, read from the house now.',
    caller: 'anyone',
    body: PhoneRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
  'phone.consent': {
    method: 'POST',
    path: '/api/clients/phone/consent',
    summary: 'The client says yes, purpose by purpose.',
    caller: 'anyone',
    body: PhoneConsentRequest,
    reply: PhoneReply,
    refusals: [
      'code-expired',
      'client-unknown',
      'session-ended',
      'oms-unavailable',
      'rate-limited',
      'conflict',
    ],
    perAddress: devicesOfAnAddress,
  },
  'phone.withdraw': {
    method: 'POST',
    path: '/api/clients/phone/withdraw',
    summary: 'The client takes one purpose back, or all of them.',
    caller: 'anyone',
    body: PhoneWithdrawRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'client-unknown', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
  'phone.erase': {
    method: 'POST',
    path: '/api/clients/phone/erase',
    summary: 'Forgets the client here at once, and has the house forget them.',
    caller: 'anyone',
    body: PhoneRequest,
    reply: PhoneReply,
    refusals: ['code-expired', 'client-unknown', 'oms-unavailable'],
    perAddress: devicesOfAnAddress,
  },
  'oms.levels': {
    method: 'GET',
    path: '/api/oms/levels',
    summary: 'What each Maison’s order-management system counts, as it was read last.',
    caller: 'operator',
    reply: OmsLevelsReply,
    refusals: [],
  },
  'oms.set-level': {
    method: 'POST',
    path: '/api/oms/levels',
    summary: 'Sets what the embedded order-management system counts; a house’s own is set in the house.',
    caller: 'operator',
    body: OmsSetLevelRequest,
    reply: OmsSetLevelReply,
    refusals: ['not-found', 'unknown-sku'],
  },
  'oms.feeds': {
    method: 'GET',
    path: '/api/oms/feeds',
    summary: 'How each Maison’s stock feed fares.',
    caller: 'operator',
    reply: StockFeedsReply,
    refusals: [],
  },
  'oms.rules': {
    method: 'GET',
    path: '/api/oms/rules',
    summary: 'What each boutique keeps back from what is offered.',
    caller: 'operator',
    reply: StockRulesReply,
    refusals: [],
  },
  'oms.set-rule': {
    method: 'POST',
    path: '/api/oms/rules',
    summary: 'Sets what a boutique keeps back, of one SKU or of each that has no rule of its own.',
    caller: 'operator',
    body: StockRule,
    reply: StockRule,
    refusals: ['not-found', 'unknown-sku'],
  },
  'oms.dead-letters': {
    method: 'GET',
    path: '/api/oms/dead-letters',
    summary: 'What could not be delivered to a house’s system or could not be read from one, the oldest 200.',
    caller: 'operator',
    reply: OmsDeadLettersReply,
    refusals: [],
  },
  'oms.replay-letter': {
    method: 'POST',
    path: '/api/oms/dead-letters/:id/replay',
    summary: 'Tries a dead letter again.',
    caller: 'operator',
    params: LetterParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'oms.discard-letter': {
    method: 'DELETE',
    path: '/api/oms/dead-letters/:id',
    summary: 'Forgets a dead letter.',
    caller: 'operator',
    params: LetterParams,
    reply: nothing,
    refusals: ['not-found'],
  },
  'oms.webhook': {
    method: 'POST',
    path: '/api/oms/webhooks/:maisonId',
    summary:
      'A house’s system tells where something may have changed; what it counts there is then read again.',
    caller: 'house',
    params: HouseParams,
    body: WebhookBody,
    reply: WebhookReply,
    status: 202,
    refusals: ['not-found'],
    perAddress: oneStranger,
    perHouse: oneHouse,
    maxBodyBytes: largestMessage,
  },
  'attribution.keys': {
    method: 'GET',
    path: '/api/attributions/:maisonId/keys.json',
    summary: 'The public keys of a house’s attribution records, as a JSON Web Key Set (RFC 7517).',
    caller: 'anyone',
    params: z.object({ maisonId: MaisonId }),
    reply: AttributionKeys,
    refusals: ['not-found'],
    perAddress: devicesOfAnAddress,
  },
  'attribution.close': {
    method: 'POST',
    path: '/api/attributions/:maisonId',
    summary:
      'A house’s system tells of an order that closed elsewhere, online included; its signed attribution is given.',
    caller: 'house',
    params: HouseParams,
    body: ClosingBody,
    reply: ClosingReply,
    refusals: ['not-found', 'conflict'],
    perAddress: oneStranger,
    perHouse: oneHouse,
  },
  'appointment.take': {
    method: 'POST',
    path: '/api/appointments/take',
    summary: 'A client’s phone takes an appointment by the mark on the screen, as iCalendar (RFC 5545).',
    caller: 'anyone',
    body: TakeawayRequest,
    reply: TakeawayReply,
    refusals: ['code-unknown'],
    perAddress: devicesOfAnAddress,
  },
  'epcis.capture': {
    method: 'POST',
    path: '/api/epcis/:maisonId/capture',
    summary: 'Takes RFID reads as an EPCIS 2.0 document in JSON-LD; each read is a hint and never a number.',
    caller: 'house',
    params: HouseParams,
    body: EpcisDocument,
    reply: CaptureJob,
    status: 202,
    headers: {
      location: 'Where the capture job can be read.',
      'gs1-epcis-version': 'The version of EPCIS that is spoken.',
    },
    refusals: [],
    perAddress: oneStranger,
    perHouse: oneHouse,
    maxBodyBytes: largestMessage,
  },
  'epcis.job': {
    method: 'GET',
    path: '/api/epcis/:maisonId/capture/:captureId',
    summary: 'What came of a capture, for a week.',
    caller: 'house',
    params: CaptureParams,
    reply: CaptureJob,
    refusals: ['not-found'],
    perAddress: oneStranger,
    perHouse: oneHouse,
  },
} as const satisfies Readonly<Record<string, Route>>;

export type RouteName = keyof typeof routes;

/** A row of the table, with all that a row may have. */
export function routeOf(name: RouteName): Route {
  return routes[name];
}

/** Everything a route may refuse with: its own, and what comes with who may call it and what it takes. */
export function refusalsOf(route: Route): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>([...ofCaller[route.caller], ...route.refusals]);
  if (route.params ?? route.query ?? route.body) codes.add('bad-request');
  if (route.body) codes.add('too-large');
  if (route.perAddress ?? route.perDevice) codes.add('rate-limited');
  return [...codes, 'internal'];
}

const ofCaller: Readonly<Record<Caller, readonly ErrorCode[]>> = {
  anyone: [],
  operator: ['unauthenticated', 'forbidden', 'oms-unavailable'],
  house: ['unauthenticated'],
};

/** What is served beside the API, each with why it is no part of the contract. */
export const plainRoutes: Readonly<Record<string, string>> = {
  '/': 'a page',
  '/advisor': 'a page',
  '/advisor/': 'a page',
  '/embed': 'a page',
  '/embed/': 'a page',
  '/gallery': 'a page',
  '/gallery/': 'a page',
  '/oms': 'a page',
  '/oms/': 'a page',
  'OPTIONS /api/devices/activate': 'asked by a browser: whether a page may call',
  'OPTIONS /api/devices/challenge': 'the same',
  'OPTIONS /api/devices/token': 'the same',
  'OPTIONS /api/devices/rotate-key': 'the same',
  '/console': 'a page',
  '/console/': 'a page',
  '/console/calibrate': 'a page',
  '/me': 'a page',
  '/me/': 'a page',
  '/console/calibrate/': 'a page',
  '/service-worker.js': 'a file of the kiosk',
  '/assets/*': 'files of the pages',
  '/collections/*': 'files of the collections',
  '/models/:sha256/:name': 'files of the tracker',
  '/vitrine-root.crt': 'a file that devices trust once',
  '/*': 'files of the pages',

  '/livez': 'asked by whatever keeps the process running (docs/operations.md)',
  '/readyz': 'asked by whatever keeps the process running (docs/operations.md)',
};
