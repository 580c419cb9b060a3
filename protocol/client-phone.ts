import * as z from 'zod/mini';
import { ClientConsent, ClientPurpose, ClientReading } from './client-context.ts';
import { EpochMs, Locale, MaisonId } from './ids.ts';

/** Where a client's own phone goes. What it carries stands behind the `#`, which browsers send to nobody. */
export const phonePath = '/me/';

/** A secret of a phone: the one-time one in the mark, or the one that its page keeps. */
const secret = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/));

/** What the screen shows as a mark, once. It may be read until then, by one phone. */
export const PhoneInvitation = z.object({ secret, expiresAtMs: EpochMs });
export type PhoneInvitation = z.infer<typeof PhoneInvitation>;

/** Whose page it is and until when it can be opened again. */
export const PhonePlace = z.object({
  /** Whose look the page takes on. */
  maisonId: MaisonId,
  maisonName: z.string(),
  storeName: z.string(),
  locale: Locale,
  timeZone: z.string(),
  expiresAtMs: EpochMs,
});
export type PhonePlace = z.infer<typeof PhonePlace>;

/** `POST /api/clients/phone/open`: the secret of the mark against the page's own, which is the client's to keep. */
export const PhoneOpenRequest = z.object({ secret });
export const PhoneOpenReply = z.object({ key: secret, place: PhonePlace });
export type PhoneOpenReply = z.infer<typeof PhoneOpenReply>;

/** `POST /api/clients/phone/read`, and the answer to every other one below. */
export const PhoneRequest = z.object({ key: secret });
export const PhoneReply = z.object({ place: PhonePlace, reading: ClientReading, visitIsOpen: z.boolean() });
export type PhoneReply = z.infer<typeof PhoneReply>;

/** `POST /api/clients/phone/consent`. */
export const PhoneConsentRequest = z.object({ key: secret, consent: ClientConsent });

/** `POST /api/clients/phone/withdraw`: one purpose, or all. `POST /api/clients/phone/erase` takes the key alone. */
export const PhoneWithdrawRequest = z.object({ key: secret, purpose: z.nullable(ClientPurpose) });
