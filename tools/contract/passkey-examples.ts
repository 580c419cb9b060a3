import type {
  Passkey,
  PasskeyIntroduction,
  PasskeyInvitation,
  PasskeyProof,
  PasskeyQuestion,
} from '../../protocol/index.ts';
import { advisor, exampleNowMs } from './examples.ts';

/** A passkey of the demo house's advisor, from its invitation to its first answer. */

const domain = 'vitrine.norde.example';
const challenge = 'mB4zq8Tn1xV6cY3kRw0dLs7pGh2jUe5f';
const credentialId = 'Yt2wQ9vKx7LmB1nZc4RsD8fHj3PgA6eUo0iTkXyVb5M';
const userHandle = 'hS5rXo2pN8dKc1vTq7yLw4eJb9mZu3gFa6iRtC0sVxE';

const named = { id: credentialId, rawId: credentialId, type: 'public-key' } as const;
const clientDataJSON = 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0';

export const passkey: Passkey = {
  id: 'd3Lk9xQm2TzR',
  madeOn: 'Tablet 1',
  madeAtMs: exampleNowMs - 86_400_000,
  usedAtMs: exampleNowMs,
};

export const passkeyQuestion: PasskeyQuestion = {
  challenge,
  rpId: domain,
  timeout: 120_000,
  userVerification: 'required',
};

export const passkeyProof: PasskeyProof = {
  ...named,
  response: {
    clientDataJSON,
    authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg',
    signature: 'MEUCIQDx2Yp8',
    userHandle,
  },
};

export const passkeyInvitation: PasskeyInvitation = {
  challenge,
  rp: { id: domain, name: 'Norde' },
  user: { id: userHandle, name: advisor.name, displayName: advisor.name },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 120_000,
  attestation: 'none',
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  excludeCredentials: [],
};

export const passkeyIntroduction: PasskeyIntroduction = {
  ...named,
  response: { clientDataJSON, attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ' },
};
