import { randomBytes, randomInt } from 'node:crypto';
import { typedCodeAlphabet } from '../../protocol/index.ts';

/** Chance as a dependency. The host's source must be fit for secrets. */
export interface Random {
  bytes(count: number): Buffer;
  /** A whole number in `[0, below)`, evenly distributed. */
  int(below: number): number;
}

/** The host's cryptographic source. */
export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  int: (below) => randomInt(below),
};

/** A new opaque id: 128 bits, base64url. */
export function newId(random: Random): string {
  return random.bytes(16).toString('base64url');
}

/** A secret that nobody types: 192 bits, base64url. */
export function newSecret(random: Random): string {
  return random.bytes(24).toString('base64url');
}

/** A secret that people can read out and type: five bits a letter. */
export function newTypedCode(random: Random, letters: number): string {
  return Array.from({ length: letters }, () => typedCodeAlphabet.charAt(random.int(32))).join('');
}
