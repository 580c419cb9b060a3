import * as z from 'zod/mini';
import { BoutiqueContent } from './boutique.ts';
import { AdvisorId, DeviceId, EpochMs, Locale, MaisonId, Words } from './ids.ts';
import { Store } from './product.ts';

/**
 * What a device may do: mirror, advisor's tablet, the house's own console (the OMS page among it), or a browser that shows
 * an agency's page (`embed`), whose rights are its activation's.
 */
export const DeviceRole = z.enum(['kiosk', 'tablet', 'console', 'embed']);
export type DeviceRole = z.infer<typeof DeviceRole>;

/** A public key on the curve P-256, as WebCrypto exports it. Its private half never leaves the device. */
export const PublicKeyJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  y: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type PublicKeyJwk = z.infer<typeof PublicKeyJwk>;

/** Who the device is, as the server knows it. */
export const DeviceIdentity = z.object({
  deviceId: DeviceId,
  role: DeviceRole,
  name: z.string(),
  maisonId: MaisonId,
  maisonName: z.string(),
  store: Store,
  /** Other boutiques of the same Maison whose stock this device sees as "nearby". */
  nearby: z.array(Store),
  /** What the house has chosen for this boutique; a server from before leaves it out. */
  boutique: z.optional(BoutiqueContent),
  /** The agency's activation of an `embed` device, and what it may do. */
  activation: z.optional(z.object({ id: z.string(), agency: z.string(), scope: z.array(z.string()) })),
});
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

/** `POST /api/devices/enrol`: a one-time code and the device's public key. */
export const EnrolRequest = z.object({
  code: z.string().check(z.minLength(8), z.maxLength(64)),
  role: DeviceRole,
  publicKey: PublicKeyJwk,
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;
export const EnrolReply = z.object({ identity: DeviceIdentity });
export type EnrolReply = z.infer<typeof EnrolReply>;

/** `POST /api/devices/challenge`: a nonce to sign, good once and for a short time. */
export const ChallengeRequest = z.object({ deviceId: DeviceId });
export type ChallengeRequest = z.infer<typeof ChallengeRequest>;
export const ChallengeReply = z.object({ nonce: z.string(), expiresAtMs: EpochMs });
export type ChallengeReply = z.infer<typeof ChallengeReply>;

/** What a device signs (ECDSA P-256, SHA-256, IEEE P1363, base64url): this text in UTF-8. */
export function challengeText(deviceId: DeviceId, nonce: string): string {
  return `vitrine-device-v1\n${deviceId}\n${nonce}`;
}

/** `POST /api/devices/token`: the signed challenge against a short-lived token for the socket and the API. */
export const TokenRequest = z.object({ deviceId: DeviceId, nonce: z.string(), signature: z.string() });
export type TokenRequest = z.infer<typeof TokenRequest>;
export const TokenReply = z.object({ token: z.string(), expiresAtMs: EpochMs, identity: DeviceIdentity });
export type TokenReply = z.infer<typeof TokenReply>;

/** What a device that changes its key signs, once with the old key and once with the new one. */
export function rotationText(deviceId: DeviceId, nonce: string, { x, y }: PublicKeyJwk): string {
  return `vitrine-device-key-v1\n${deviceId}\n${nonce}\n${x}.${y}`;
}

/** `POST /api/devices/rotate-key`: from now on the device speaks with another key. Repeated, it is answered the same. */
export const RotateKeyRequest = z.object({
  deviceId: DeviceId,
  nonce: z.string(),
  publicKey: PublicKeyJwk,
  /** By the key until now. */
  signature: z.string(),
  /** By the new key: nobody can name one that they do not have. */
  newSignature: z.string(),
});
export type RotateKeyRequest = z.infer<typeof RotateKeyRequest>;
export const RotateKeyReply = z.object({ keyNumber: z.int() });
export type RotateKeyReply = z.infer<typeof RotateKeyReply>;

/** An advisor as colleagues and clients may see them. */
export const Advisor = z.object({
  id: AdvisorId,
  name: z.string(),
  title: Words,
  languages: z.array(Locale),
});
export type Advisor = z.infer<typeof Advisor>;
