import * as z from 'zod/mini';
import { AuditAction, AuditEntry } from './audit.ts';
import { DeviceReport } from './device-report.ts';
import { DeviceRole } from './device.ts';
import { DeviceId, EpochMs, Locale, MaisonId, StoreId } from './ids.ts';
import { StockFeed } from './oms.ts';
import { Passkey, PasskeyProof } from './passkey.ts';

/** The cookie's partner: sent with every request that changes something, so that no other page can make one. */
export const csrfHeader = 'x-vitrine-csrf';

/** `POST /api/console/sign-in`: a proof, exchanged for a session in a cookie that no script can read. */
export const ConsoleSignInRequest = z.discriminatedUnion('by', [
  z.object({ by: z.literal('operator-token'), token: z.string().check(z.minLength(1), z.maxLength(256)) }),
  z.object({ by: z.literal('device-token'), token: z.string().check(z.minLength(1), z.maxLength(4_096)) }),
  z.object({ by: z.literal('passkey'), proof: PasskeyProof }),
]);
export type ConsoleSignInRequest = z.infer<typeof ConsoleSignInRequest>;

/** A Maison and its boutiques, as far as whoever is signed in may see. */
export const ConsoleMaison = z.object({
  id: MaisonId,
  name: z.string(),
  stores: z.array(
    z.object({ id: StoreId, name: z.string(), city: z.string(), locale: Locale, timeZone: z.string() }),
  ),
});
export type ConsoleMaison = z.infer<typeof ConsoleMaison>;

/** Who is signed in, and to what end. */
export const ConsoleSession = z.object({
  actor: z.object({ kind: z.enum(['operator', 'device']), name: z.nullable(z.string()) }),
  /** Null: every Maison. */
  maisonId: z.nullable(MaisonId),
  maisons: z.array(ConsoleMaison),
  /** To be sent as `csrfHeader`. */
  csrf: z.string(),
  serverTimeMs: EpochMs,
  /** When it ends if nobody does anything; and when it ends in any case. */
  idleEndsAtMs: EpochMs,
  endsAtMs: EpochMs,
});
export type ConsoleSession = z.infer<typeof ConsoleSession>;

/** `GET /api/console/session` and the answer to a sign-in and to `POST /api/console/touch`; null: nobody is signed in. */
export const ConsoleSessionReply = z.object({ session: z.nullable(ConsoleSession) });
export type ConsoleSessionReply = z.infer<typeof ConsoleSessionReply>;

/** One device with what is known of its health. */
export const BoardDevice = z.object({
  id: DeviceId,
  maisonId: MaisonId,
  storeId: StoreId,
  role: DeviceRole,
  name: z.string(),
  enrolledAtMs: EpochMs,
  revokedAtMs: z.nullable(EpochMs),
  online: z.boolean(),
  /** When its line was last known to be open; null: never. */
  seenAtMs: z.nullable(EpochMs),
  version: z.nullable(z.string()),
  report: z.nullable(DeviceReport),
  reportedAtMs: z.nullable(EpochMs),
});
export type BoardDevice = z.infer<typeof BoardDevice>;

/** `GET /api/devices`. A device is revoked by `POST /api/devices/<id>/revoke`. */
export const DeviceBoardReply = z.object({ serverTimeMs: EpochMs, devices: z.array(BoardDevice) });
export type DeviceBoardReply = z.infer<typeof DeviceBoardReply>;

/** A passkey with whose it is. */
export const BoardPasskey = z.extend(Passkey, {
  maisonId: MaisonId,
  storeId: StoreId,
  advisorName: z.string(),
});
export type BoardPasskey = z.infer<typeof BoardPasskey>;
/** `GET /api/passkeys`. */
export const PasskeyBoardReply = z.object({ passkeys: z.array(BoardPasskey) });
export type PasskeyBoardReply = z.infer<typeof PasskeyBoardReply>;

/** `POST /api/devices/enrolments`: a one-time link for a new device of a boutique. */
export const EnrolmentRequest = z.object({
  maisonId: MaisonId,
  storeId: StoreId,
  role: z.enum(['kiosk', 'tablet', 'console']),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60), z.regex(/^\P{Cc}*$/u)),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;
export const EnrolmentReply = z.object({ url: z.string(), code: z.string(), expiresAtMs: EpochMs });
export type EnrolmentReply = z.infer<typeof EnrolmentReply>;

/** A link for a new device that nobody has used yet. Its code is kept nowhere, and is not told again. */
export const OpenEnrolment = z.object({
  id: z.string(),
  maisonId: MaisonId,
  storeId: StoreId,
  role: DeviceRole,
  name: z.string(),
  expiresAtMs: EpochMs,
});
export type OpenEnrolment = z.infer<typeof OpenEnrolment>;

/** `GET /api/devices/enrolments`. One is withdrawn by `POST /api/devices/enrolments/<id>/withdraw`. */
export const OpenEnrolmentsReply = z.object({ enrolments: z.array(OpenEnrolment) });
export type OpenEnrolmentsReply = z.infer<typeof OpenEnrolmentsReply>;

/** One boutique's levels, as the kit last knew them. */
export const BoutiqueStock = z.object({
  storeId: StoreId,
  skus: z.int().check(z.nonnegative()),
  /** When the least and the most recently confirmed level was true; null where none is known. */
  oldestAsOfMs: z.nullable(EpochMs),
  newestAsOfMs: z.nullable(EpochMs),
});
export type BoutiqueStock = z.infer<typeof BoutiqueStock>;

/** `GET /api/stock/board`: per Maison its connector and letters, per boutique the age of its levels. */
export const StockBoardReply = z.object({
  serverTimeMs: EpochMs,
  maisons: z.array(
    z.object({
      maisonId: MaisonId,
      feed: StockFeed,
      stores: z.array(BoutiqueStock),
      waitingLetters: z.int().check(z.nonnegative()),
      deadLetters: z.int().check(z.nonnegative()),
    }),
  ),
});
export type StockBoardReply = z.infer<typeof StockBoardReply>;

/** `GET /api/audit?before=&action=&store=`: at most 50 lines, the newest first. */
export const AuditQuery = z.object({
  before: z.optional(z.string().check(z.regex(/^\d{1,16}~[a-z0-9-]{1,80}~\d{1,16}$/))),
  action: z.optional(AuditAction),
  store: z.optional(StoreId),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** A line with the names of devices, which are no person's; whoever is one keeps their pseudonym. */
export const NamedAuditEntry = z.extend(AuditEntry, {
  actorName: z.nullable(z.string()),
  subjectName: z.nullable(z.string()),
});
export type NamedAuditEntry = z.infer<typeof NamedAuditEntry>;

/** `next` is the `before` of the following page; null: there is none. */
export const AuditReply = z.object({ entries: z.array(NamedAuditEntry), next: z.nullable(z.string()) });
export type AuditReply = z.infer<typeof AuditReply>;
