import { passkeyChallengeMs, type PasskeyInvitation, type PasskeyQuestion } from '../../protocol/index.ts';
import { refuse, type Refusal } from '../core/answers.ts';
import { passkeyAlgorithms, type PasskeyPlace } from './passkey-proofs.ts';

/** What whichever passkey a person chooses is asked, of advisors and operators alike. */
export function questionAt({ domain: rpId }: PasskeyPlace, challenge: string): PasskeyQuestion {
  return { challenge, rpId, timeout: passkeyChallengeMs, userVerification: 'required' };
}

/** What a new passkey is made from: one that the authenticator itself keeps, behind a finger, a face or a PIN of its own. */
export function invitationAt(
  { domain }: PasskeyPlace,
  asked: {
    readonly challenge: string;
    /** Whose passkey it is, as the browser's sheet names them. */
    readonly house: string;
    readonly user: { readonly id: string; readonly name: string };
    /** Credentials that there are: none is made twice on one authenticator. */
    readonly known: readonly { readonly credential_id: string }[];
  },
): PasskeyInvitation {
  const { challenge, house, user, known } = asked;
  return {
    challenge,
    rp: { id: domain, name: house },
    user: { ...user, displayName: user.name },
    pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: passkeyChallengeMs,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    excludeCredentials: known.map(({ credential_id: id }) => ({ type: 'public-key', id })),
  };
}

/** Whether a challenge with this end is still good. A clock that was set back does not make it live longer. */
export function isChallengeOpen(expiresAtMs: number, nowMs: number): boolean {
  return expiresAtMs > nowMs && expiresAtMs <= nowMs + passkeyChallengeMs;
}

/** This server's address lets no browser have passkeys. */
export function noPlace(): Refusal {
  return refuse(
    'not-found',
    'There are no passkeys under this address: they need PUBLIC_URL to be https with a name, or localhost.',
  );
}
