import { webcrypto } from 'node:crypto';
import type { PublicKeyJwk } from '../../protocol/index.ts';

/** Whether a device's key signed this text: ECDSA P-256, SHA-256, IEEE P1363 in base64url. */
export async function signedBy(publicKey: PublicKeyJwk, signature: string, text: string): Promise<boolean> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle
    .importKey('jwk', publicKey, algorithm, false, ['verify'])
    .catch(() => null);
  if (!key) return false;
  return await webcrypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    Buffer.from(signature, 'base64url'),
    Buffer.from(text, 'utf8'),
  );
}
