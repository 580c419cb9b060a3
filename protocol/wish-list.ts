import * as z from 'zod/mini';
import { EpochMs, Sku, StoreId } from './ids.ts';
import { ChapterPiece } from './story.ts';

/** As many pieces as one evening has room for. */
export const mostWished = 12;

/** The longest time that a list may be good for: thirty days. */
const mostHours = 30 * 24;

const WishedSkus = z.array(Sku).check(
  z.minLength(1),
  z.maxLength(mostWished),
  z.refine((skus) => new Set(skus).size === skus.length, { error: 'each SKU once' }),
);

/** `POST /api/wishlists/<maison>`: what a client chose online or on their phone. Pieces, and nothing that names the client. */
export const WishListRequest = z.strictObject({
  skus: WishedSkus,
  /** The boutiques that may open it; every one of the Maison where it is left out. */
  storeIds: z.optional(z.array(StoreId).check(z.minLength(1), z.maxLength(200))),
  goodForHours: z.int().check(z.minimum(1), z.maximum(mostHours)),
});
export type WishListRequest = z.infer<typeof WishListRequest>;

/** How long a list is good for that a client makes on their own phone, in hours: a week. */
export const phoneListHours = 7 * 24;

/**
 * `POST /api/wishlists/<maison>/phone`: a client makes their list themselves, on their own phone. It opens in every boutique of the Maison
 * for `phoneListHours`.
 */
export const PhoneListRequest = z.strictObject({
  /** Chance, at least 128 bits: who asks again under the same name for the same pieces is given the same list. */
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/)),
  skus: WishedSkus,
});
export type PhoneListRequest = z.infer<typeof PhoneListRequest>;

/** What the house's page shows to its client as a QR code; known to nobody else, and kept by us as a hash. */
export const WishListReply = z.object({ text: z.string(), expiresAtMs: EpochMs });
export type WishListReply = z.infer<typeof WishListReply>;

/** `wish-list.open` and `wish-list.show`: in the order in which the client put them on their list. */
export const OpenedWishList = z.object({
  pieces: z.array(ChapterPiece),
  /** What the house does not have any more. */
  gone: z.array(Sku),
});
export type OpenedWishList = z.infer<typeof OpenedWishList>;

/** At least 128 bits, base64url. */
export const WishListSecret = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/));

const prefix = 'vitrine-list:';

/** The text of a list's QR code. */
export const wishListText = (secret: string): string => `${prefix}${secret}`;

/** The secret in a text that was read from a code; null where it is no list's. */
export function readWishList(text: string): string | null {
  const rest = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return WishListSecret.safeParse(rest).success ? rest : null;
}
