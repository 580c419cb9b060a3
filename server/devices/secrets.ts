import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { MaisonId } from '../../protocol/index.ts';
import type { Random } from '../core/random.ts';
import { houseWide } from '../core/scope.ts';
import type { Database } from '../persistence/database.ts';

const keyBytes = 32;

/** What a secret is for; the same letters for another purpose give another hash. */
type SecretPurpose = HouseSecret | ServerSecret | 'hint-stream';

/** Secrets of one Maison's affairs. */
export type HouseSecret =
  | 'offer-secret'
  | 'offer-code'
  | 'passkey-challenge'
  | 'wish-list'
  | 'wish-list-of-house'
  | 'wish-list-of-phone'
  | 'wish-list-asked';

/** Secrets that are found before it is known whose they are. */
export type ServerSecret =
  | 'enrolment'
  | 'console-session'
  | 'console-csrf'
  | 'console-address'
  | 'operator-passkey'
  | 'operator-challenge'
  | 'client-phone'
  | 'erased-client'
  | 'erased-advisor'
  | 'sale-takeaway';

/**
 * The keys of every Maison, derived from the server's own, which live in the database where only the server may read. One
 * Maison's keys say nothing of another's, and raising its key generation makes them new.
 */
export interface ServerSecrets {
  /** Signs the tokens of a Maison's devices (HS256), from one of the server's `TokenKeys`. */
  tokenKey(root: Uint8Array, maisonId: MaisonId): Uint8Array;
  /** What is kept of a one-time secret: its HMAC-SHA256, so that a stolen database does not give up a short code. */
  hash(maisonId: MaisonId, purpose: HouseSecret, secret: string): string;
  /** The same of a secret whose bringer has no Maison yet: it says which. */
  ownHash(purpose: ServerSecret, secret: string): string;
  /** Names this installation and tells nothing of it: by it nodes over one database find one another. */
  readonly installation: string;
}

/**
 * Reads the server's key for hashes, making it at the first start.
 *
 * @param generationOf a Maison's key generation, as it has settled it
 */
export async function readSecrets(
  database: Database,
  random: Random,
  generationOf: (maisonId: MaisonId) => number,
): Promise<ServerSecrets> {
  const read = async (name: string): Promise<Buffer> => {
    await database.db
      .insertInto('server_secrets')
      .values({ name, value: random.bytes(keyBytes).toString('base64url') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await database.db
      .selectFrom('server_secrets')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return Buffer.from(row.value, 'base64url');
  };
  const hashRoot = await houseWide('the server’s own keys', () => read('hash-key'));
  const keyOf = (root: Uint8Array, use: 'token' | 'hash', maisonId: MaisonId): Buffer =>
    Buffer.from(
      hkdfSync('sha256', root, '', `vitrine ${use} ${maisonId} ${generationOf(maisonId)}`, keyBytes),
    );
  const hashWith = (key: Buffer, purpose: SecretPurpose, secret: string) =>
    createHmac('sha256', key).update(`${purpose}\n${secret}`).digest('base64url');
  return {
    tokenKey: (root, maisonId) => keyOf(root, 'token', maisonId),
    hash: (maisonId, purpose, secret) => hashWith(keyOf(hashRoot, 'hash', maisonId), purpose, secret),
    ownHash: (purpose, secret) => hashWith(hashRoot, purpose, secret),
    installation: hashWith(hashRoot, 'hint-stream', 'hints'),
  };
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}
