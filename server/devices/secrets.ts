import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '../core/random.ts';
import type { Database } from '../persistence/database.ts';

/** What a secret is for; the same letters for another purpose give another hash. */
export type SecretPurpose = 'enrolment' | 'offer-secret' | 'offer-code';

/** The server's own key for hashes. It lives in the database, which only the server may read; those of tokens are `TokenKeys`. */
export interface ServerSecrets {
  /** What is kept of a one-time secret: its HMAC-SHA256, so that a stolen database does not give up a short code. */
  hash(purpose: SecretPurpose, secret: string): string;
}

/** Reads the server's key, making it at the first start. */
export async function readSecrets(database: Database, random: Random): Promise<ServerSecrets> {
  const read = async (name: string): Promise<Buffer> => {
    await database.db
      .insertInto('server_secrets')
      .values({ name, value: random.bytes(32).toString('base64url') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await database.db
      .selectFrom('server_secrets')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return Buffer.from(row.value, 'base64url');
  };
  const hashKey = await read('hash-key');
  return {
    hash: (purpose, secret) =>
      createHmac('sha256', hashKey).update(`${purpose}\n${secret}`).digest('base64url'),
  };
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}
