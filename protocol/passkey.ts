import * as z from 'zod/mini';
import { EpochMs } from './ids.ts';

/** Bytes as base64url, as WebAuthn's JSON writes them. */
const bytes = (mostLetters: number) =>
  z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(mostLetters));

/** Our own name for a passkey; the authenticator's stays between it and the server. */
export const PasskeyId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
export type PasskeyId = z.infer<typeof PasskeyId>;

/** One of an advisor's passkeys, as the advisor and the operator see it. */
export const Passkey = z.object({
  id: PasskeyId,
  /** The tablet on which it was made. */
  madeOn: z.string(),
  madeAtMs: EpochMs,
  /** When it last signed its advisor in; null: never. */
  usedAtMs: z.nullable(EpochMs),
});
export type Passkey = z.infer<typeof Passkey>;

/** How long a passkey may take to answer: a person finds their key and shows a finger. */
export const passkeyChallengeMs = 2 * 60_000;

/** What a new passkey is made from (`PublicKeyCredentialCreationOptionsJSON`). The challenge is good once. */
export const PasskeyInvitation = z.object({
  challenge: bytes(128),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: bytes(128), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  /** The advisor's passkeys until now: none is made twice on one authenticator. */
  excludeCredentials: z.array(z.object({ type: z.literal('public-key'), id: bytes(1_400) })),
});
export type PasskeyInvitation = z.infer<typeof PasskeyInvitation>;

/** A new passkey's introduction of itself (`RegistrationResponseJSON`). */
export const PasskeyIntroduction = z.object({
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: bytes(4_096), attestationObject: bytes(16_384) }),
});
export type PasskeyIntroduction = z.infer<typeof PasskeyIntroduction>;

/**
 * What a passkey is asked (`PublicKeyCredentialRequestOptionsJSON`). It names nobody: whose passkey it is, its answer says. The
 * challenge is good once.
 */
export const PasskeyQuestion = z.object({
  challenge: bytes(128),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
});
export type PasskeyQuestion = z.infer<typeof PasskeyQuestion>;

/** A passkey's answer (`AuthenticationResponseJSON`). */
export const PasskeyProof = z.object({
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(4_096),
    signature: bytes(2_048),
    userHandle: bytes(128),
  }),
});
export type PasskeyProof = z.infer<typeof PasskeyProof>;

/**
 * The name under which passkeys of a server live: the host of its public address. Null where there can be none, since a browser
 * wants a name (no number) and a secure line, or this very machine.
 */
export function passkeyDomain(publicUrl: string): string | null {
  const url = URL.parse(publicUrl);
  if (!url) return null;
  const { hostname, protocol } = url;
  if (hostname === 'localhost') return hostname;
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return protocol === 'https:' && !isNumber ? hostname : null;
}
