import * as z from 'zod/mini';

/** By what a client asks to be known: the card they hold out, or the OMS's own number. Never a face, never a guess. */
export const ClientReference = z.object({
  kind: z.enum(['loyalty-card', 'client-id']),
  value: z.string().check(z.minLength(1), z.maxLength(128)),
});
export type ClientReference = z.infer<typeof ClientReference>;

/** Reads a card's number as people type it and scanners send it: no spaces around or within. Null if there is none. */
export function readCard(typed: string): string | null {
  const card = typed.replaceAll(/\s/gu, '');
  return card.length >= 1 && card.length <= 128 ? card : null;
}
