import * as z from 'zod/mini';
import { Advisor } from './device.ts';
import { EpochMs, Locale, OfferId, SessionId, Sku } from './ids.ts';
import { Worn } from './session.ts';
import { Hold } from './stock.ts';

/** How long an offer's secrets live. The kiosk asks for new ones before that. */
export const offerLifetimeMs = 120_000;

/** How long an advisor who said that they are going keeps a call to themselves. */
export const goingLastsMs = 120_000;

/** Wrong typed codes that one tablet may try before it must wait for a new offer. */
export const typedCodeTries = 5;

/** Crockford base 32 without the letters that people misread; eight of them hold 40 bits. */
export const typedCodeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Reads a typed code as people write it: any case, spaces and every kind of dash ignored, O as 0, I and L as 1. Null if it is none. */
export function readTypedCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Dash_Punctuation}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : null;
}

/** What the kiosk shows: both secrets, once; the server keeps only their hashes. No personal data is in either. */
export const Offer = z.object({
  offerId: OfferId,
  /** At least 128 bits, base64url: goes into the QR code's address as `/advisor/?maison=<id>#claim=<secret>`. */
  secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/)),
  /** Eight letters of `typedCodeAlphabet`. */
  code: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/)),
  expiresAtMs: EpochMs,
});
export type Offer = z.infer<typeof Offer>;

/** The same two digits on both screens. */
export const MatchDigits = z.string().check(z.regex(/^\d\d$/));

/** An offer that an advisor has claimed: the client compares the digits and the name, and confirms or declines. */
export const Claim = z.object({
  offerId: OfferId,
  advisor: Advisor,
  digits: MatchDigits,
  kioskName: z.string(),
  expiresAtMs: EpochMs,
});
export type Claim = z.infer<typeof Claim>;

/** A mirror that calls, as the tablets of its boutique see it. Without the code: that is read off the mirror itself. */
export const Call = z.object({
  offerId: OfferId,
  /** Stays the same while the mirror renews its codes. */
  callId: OfferId,
  kioskName: z.string(),
  /** When the client called, however often the codes were renewed since. */
  sinceMs: EpochMs,
  claimedBy: z.nullable(Advisor),
  /** The language that the client chose on the mirror; null from a mirror that does not say. */
  locale: z.nullable(Locale),
  /** What the mirror shows on the client. */
  worn: z.nullable(Worn),
  /** Who said that they are going, and until when that counts. */
  going: z.nullable(
    z.object({
      advisor: Advisor,
      untilMs: EpochMs,
      /** The colleague who asked them to. */
      passedBy: z.nullable(Advisor),
    }),
  ),
  /** The agency's activation from whose page the client calls; absent for the house's own mirrors. */
  activation: z.optional(z.object({ id: z.string(), agency: z.string() })),
});
export type Call = z.infer<typeof Call>;

/** Why an offer came to its end, told to the side that waits. */
export const OfferEnd = z.object({
  offerId: OfferId,
  reason: z.enum(['declined', 'cancelled', 'expired', 'replaced', 'confirmed']),
});
export type OfferEnd = z.infer<typeof OfferEnd>;

/** What stays with the advisor after a session has closed. */
export const KeptVisit = z.object({
  sessionId: SessionId,
  kioskName: z.string(),
  closedAtMs: EpochMs,
  kept: z.array(Sku),
  holds: z.array(Hold),
});
export type KeptVisit = z.infer<typeof KeptVisit>;
