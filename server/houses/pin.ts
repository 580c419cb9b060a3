import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../core/random.ts';

/** scrypt's cost for a PIN: about 40 ms on a small machine. A PIN is short; the lock after five tries is its real guard. */
export const defaultPinCost = 2 ** 14;

const keyBytes = 32;

function derive(pin: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, keyBytes, { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 }, (fault, key) => {
      if (fault) reject(fault);
      else resolve(key);
    });
  });
}

/** The hash of a PIN with its salt and cost, as text: `scrypt$<N>$<salt>$<key>`. */
export async function hashPin(pin: string, random: Random, cost: number): Promise<string> {
  const salt = random.bytes(16);
  const key = await derive(pin, salt, cost);
  return `scrypt$${cost}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether `pin` is the one that was hashed. Takes the same time for a right and a wrong one. */
export async function pinMatches(pin: string, hash: string): Promise<boolean> {
  const [, cost = '', salt = '', key = ''] = hash.split('$');
  const found = await derive(pin, Buffer.from(salt, 'base64url'), Number(cost));
  const wanted = Buffer.from(key, 'base64url');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}
