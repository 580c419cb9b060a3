import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import * as z from 'zod/mini';
import { passkeyDomain, type PasskeyIntroduction, type PasskeyProof } from '../../protocol/index.ts';

/** Signatures that are understood, the first wished for: ES256, EdDSA, RS256 (COSE's numbers). */
export const passkeyAlgorithms = [-7, -8, -257] as const;

/** Where a passkey may be used: the server's own name, and the origins of its pages. */
export interface PasskeyPlace {
  readonly domain: string;
  readonly origins: readonly string[];
}

/** The place that a server's address makes; pages of other origins under the same name belong to it (a development server). */
export function passkeyPlaceOf(publicUrl: string, allowedOrigins: readonly string[]): PasskeyPlace | null {
  const domain = passkeyDomain(publicUrl);
  if (domain === null) return null;
  const origins = [publicUrl, ...allowedOrigins].flatMap((text) => URL.parse(text) ?? []);
  return {
    domain,
    origins: origins.filter(({ hostname }) => hostname === domain).map(({ origin }) => origin),
  };
}

/** A passkey as it is kept. */
export interface KeptPasskey {
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly counter: number;
}

/** What came of an answer. `copied`: a good signature with a counter that did not grow, so there are two of it. */
export type Proven =
  { readonly kind: 'good' | 'copied'; readonly counter: number } | { readonly kind: 'bad' };

const ClientData = z.object({ challenge: z.string(), crossOrigin: z.optional(z.boolean()) });

/** The challenge that an answer says it answers; null where it cannot be read, or comes from a page inside a foreign one. */
export function challengeOf(clientDataJson: string): string | null {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
  const data = z.safeParse(ClientData, read);
  return data.success && data.data.crossOrigin !== true ? data.data.challenge : null;
}

/** Reads a new passkey's introduction; null where it is not one made here, now, by a person who was verified. */
export async function readIntroduction(
  introduction: PasskeyIntroduction,
  challenge: string,
  place: PasskeyPlace,
): Promise<KeptPasskey | null> {
  const { verified, registrationInfo } = await orBad(() =>
    verifyRegistrationResponse({
      response: { ...introduction, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.domain,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    }),
  );
  if (!verified || !registrationInfo) return null;
  const { id, publicKey, counter } = registrationInfo.credential;
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter };
}

/** Holds a passkey's answer against what is kept of it. */
export async function readProof(
  proof: PasskeyProof,
  challenge: string,
  kept: KeptPasskey,
  place: PasskeyPlace,
): Promise<Proven> {
  const { verified, authenticationInfo } = await orBad(() =>
    verifyAuthenticationResponse({
      response: { ...proof, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...place.origins],
      expectedRPID: place.domain,
      requireUserVerification: true,
      // The library looks at the counter before the signature: anybody could then have a passkey taken for a copied one.
      credential: { id: kept.credentialId, publicKey: Buffer.from(kept.publicKey, 'base64url'), counter: 0 },
    }),
  );
  if (!verified || !authenticationInfo) return { kind: 'bad' };
  const counter = authenticationInfo.newCounter;
  const counts = counter > 0 || kept.counter > 0;
  return { kind: counts && counter <= kept.counter ? 'copied' : 'good', counter };
}

/** The library says with a fault what is wrong with an answer; all that is wrong with one is the same to us. */
async function orBad<Value extends { readonly verified: boolean }>(
  work: () => Promise<Value>,
): Promise<
  Value | { readonly verified: false; readonly registrationInfo?: never; readonly authenticationInfo?: never }
> {
  try {
    return await work();
  } catch {
    return { verified: false };
  }
}
