import * as z from 'zod/mini';
import { PublicKeyJwk } from './device.ts';
import { EpochMs, MaisonId, StoreId } from './ids.ts';
import type { CommandName } from './realtime.ts';

/**
 * What an agency's page may do: read the boutique's own stock, read the Maison's other boutiques', call an advisor. Nothing
 * of a client is ever within reach.
 */
export const activationScopes = ['stock', 'nearby-stock', 'hand-off'] as const;
export const ActivationScope = z.enum(activationScopes);
export type ActivationScope = z.infer<typeof ActivationScope>;

export const ActivationId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
export type ActivationId = z.infer<typeof ActivationId>;

/** What stands in the agency's page. Everybody can read it there: it opens little, and only while the activation lasts. */
export const ActivationKey = z.string().check(z.regex(/^vpk_[A-Za-z0-9_-]{32}$/));
export type ActivationKey = z.infer<typeof ActivationKey>;

/** Reads an exact origin: `https://…` without a path, or `http://localhost` with any port for tests. Null if it is none. */
export function readEmbedOrigin(text: string): string | null {
  const parts = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/.exec(text);
  if (!parts) return null;
  const [, scheme, host, port] = parts;
  const isLocal = host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
  if (scheme === 'http' && !isLocal) return null;
  // A browser leaves the usual port out, so an origin that names it would never be met.
  if ((scheme === 'https' && port === '443') || (scheme === 'http' && port === '80')) return null;
  return text;
}

export const EmbedOrigin = z.string().check(
  z.maxLength(255),
  z.refine((text) => readEmbedOrigin(text) !== null, 'An exact origin, like https://agency.example'),
);

const agency = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** `POST /api/activations`: an agency's activation for one boutique. */
export const ActivationRequest = z
  .object({
    storeId: StoreId,
    agency,
    origins: z.array(EmbedOrigin).check(z.minLength(1), z.maxLength(20)),
    scope: z.array(ActivationScope).check(z.minLength(1), z.maxLength(activationScopes.length)),
    startsAtMs: EpochMs,
    endsAtMs: EpochMs,
    /** Browsers at once. */
    mostDevices: z.int().check(z.minimum(1), z.maximum(5_000)),
  })
  .check(z.refine(({ startsAtMs, endsAtMs }) => startsAtMs < endsAtMs, { path: ['endsAtMs'] }));
export type ActivationRequest = z.infer<typeof ActivationRequest>;

/** An activation as the operator and the house's console see it. */
export const Activation = z.object({
  id: ActivationId,
  maisonId: MaisonId,
  storeId: StoreId,
  agency: z.string(),
  key: ActivationKey,
  origins: z.array(z.string()),
  scope: z.array(ActivationScope),
  startsAtMs: EpochMs,
  endsAtMs: EpochMs,
  mostDevices: z.int(),
  madeAtMs: EpochMs,
  revokedAtMs: z.nullable(EpochMs),
  /** Browsers that enrolled so far, and those that are there now. */
  enrolled: z.int(),
  present: z.int(),
  /** When the line of one of its browsers was last known to be open; null: never. */
  lastSeenAtMs: z.nullable(EpochMs),
});
export type Activation = z.infer<typeof Activation>;
export const ActivationReply = z.object({ activation: Activation });
export type ActivationReply = z.infer<typeof ActivationReply>;
export const ActivationsReply = z.object({ activations: z.array(Activation) });
export type ActivationsReply = z.infer<typeof ActivationsReply>;

/** `POST /api/devices/activate`, from a page of one of the activation's origins: a browser's own key under the page's key. */
export const ActivateRequest = z.object({ activationKey: ActivationKey, publicKey: PublicKeyJwk });
export type ActivateRequest = z.infer<typeof ActivateRequest>;

/** What each command needs of an activation's scope. Whatever is not named here, no agency's page may send. */
const neededScope: Partial<Record<CommandName, ActivationScope>> = {
  'stock.read': 'stock',
  'stock.elsewhere': 'nearby-stock',
  'offer.open': 'hand-off',
  'offer.cancel': 'hand-off',
  'offer.confirm': 'hand-off',
  'offer.decline': 'hand-off',
  'session.close': 'hand-off',
};

/** Whether a page under this scope may send the command. */
export function scopeAllows(scope: readonly ActivationScope[], name: CommandName): boolean {
  const needed = neededScope[name];
  return needed !== undefined && scope.includes(needed);
}
