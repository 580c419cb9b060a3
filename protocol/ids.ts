import * as z from 'zod/mini';

const name = (pattern: RegExp) => z.string().check(z.regex(pattern));
const slug = /^[a-z0-9]+(?:-[a-z0-9]+){0,7}$/;
const opaque = /^[A-Za-z0-9_-]{8,64}$/;

/** A house: `aurelle`. Comes from the authenticated device, never from a request. */
export const MaisonId = name(slug);
export type MaisonId = z.infer<typeof MaisonId>;

/** A boutique: `aurelle-vendome`. */
export const StoreId = name(slug);
export type StoreId = z.infer<typeof StoreId>;

/** A piece of a collection: `fjord-51`. */
export const PieceId = name(slug);
export type PieceId = z.infer<typeof PieceId>;

/** One variant of a piece, within the piece: `tortoise`. */
export const VariantId = name(slug);
export type VariantId = z.infer<typeof VariantId>;

/** What the order-management system counts: `fjord-51.tortoise`. */
export const Sku = name(/^[a-z0-9]+(?:-[a-z0-9]+){0,7}(?:\.[a-z0-9]+(?:-[a-z0-9]+){0,7})?$/);
export type Sku = z.infer<typeof Sku>;

export const DeviceId = name(opaque);
export type DeviceId = z.infer<typeof DeviceId>;
export const AdvisorId = name(slug);
export type AdvisorId = z.infer<typeof AdvisorId>;
export const SessionId = name(opaque);
export type SessionId = z.infer<typeof SessionId>;
export const OfferId = name(opaque);
export type OfferId = z.infer<typeof OfferId>;
export const HoldId = name(opaque);
export type HoldId = z.infer<typeof HoldId>;
export const SaleStepId = name(opaque);
export type SaleStepId = z.infer<typeof SaleStepId>;

/** Made by the client once per intention; a repeated command gets the first answer again. */
export const CommandId = name(opaque);
export type CommandId = z.infer<typeof CommandId>;

/** The last millisecond that ISO 8601 writes with four digits of year: calendars, databases and people end there. */
const lastEpochMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since the epoch, to the end of the year 9999. */
export const EpochMs = z.int().check(z.nonnegative(), z.maximum(lastEpochMs));
export type EpochMs = z.infer<typeof EpochMs>;

/** BCP 47 languages the product speaks. */
export const Locale = z.enum(['en', 'fr']);
export type Locale = z.infer<typeof Locale>;

/** Words in every language the product speaks. */
export const Words = z.object({ en: z.string().check(z.minLength(1)), fr: z.string().check(z.minLength(1)) });
export type Words = z.infer<typeof Words>;
