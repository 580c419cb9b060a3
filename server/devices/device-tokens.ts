import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod/mini';
import {
  challengeText,
  DeviceId,
  type Answer,
  type ChallengeReply,
  type EpochMs,
  type TokenReply,
  type TokenRequest,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { Database, Queries } from '../persistence/database.ts';
import type { Device, DeviceRegistry } from './device-registry.ts';
import { signedBy } from './device-signature.ts';
import type { ServerSecrets } from './secrets.ts';
import type { TokenKeys } from './token-keys.ts';

/** How long a device has to sign a challenge. */
export const challengeLifetimeMs = 60_000;

/** How far the clock that gave a token or a challenge may be ahead of the one that reads it: further, and it was set back since. */
const mostAheadMs = 5 * 60_000;

const issuer = 'vitrine';

/** A token of an agency's page is shorter: its device holds one of few seats as long as it lives. */
export const activationTokenMs = 15 * 60_000;

/** A good token: which device, until when, and by which of the server's keys it was signed. */
export interface VerifiedToken {
  readonly device: Device;
  readonly expiresAtMs: EpochMs;
  readonly keyId: string;
}

/** Gives a device of an activation its seat until then, or says why not. */
export type TakeSeat = (device: Device, untilMs: EpochMs) => Promise<Answer<unknown>>;

/**
 * Proof of a device's key against a short-lived token. The device signs a challenge that is good once; the token names
 * the device and nothing else, so that its rights are always those it has now. It is signed by the key of the device's own
 * Maison.
 */
export class DeviceTokens {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #secrets: ServerSecrets;
  readonly #keys: TokenKeys;
  readonly #takeSeat: TakeSeat;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tokenMs: number;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    secrets: ServerSecrets;
    keys: TokenKeys;
    takeSeat: TakeSeat;
    clock: Clock;
    random: Random;
    tokenMs: number;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#secrets = deps.secrets;
    this.#keys = deps.keys;
    this.#takeSeat = deps.takeSeat;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#tokenMs = deps.tokenMs;
  }

  async challenge(deviceId: DeviceId): Promise<Answer<ChallengeReply>> {
    const device = await this.#registry.find(deviceId);
    if (!device.ok) return device;
    const nowMs = this.#clock.nowMs();
    const nonce = newSecret(this.#random);
    const expiresAtMs = nowMs + challengeLifetimeMs;
    await this.#database.db.deleteFrom('challenges').where('expires_at_ms', '<=', nowMs).execute();
    await this.#database.db
      .insertInto('challenges')
      .values({ nonce, device_id: deviceId, expires_at_ms: expiresAtMs })
      .execute();
    return done({ nonce, expiresAtMs });
  }

  async exchange({ deviceId, nonce, signature }: TokenRequest): Promise<Answer<TokenReply>> {
    const device = await this.#registry.find(deviceId);
    if (!device.ok) return device;
    const nowMs = this.#clock.nowMs();
    if (!(await this.useChallenge(this.#database.db, deviceId, nonce))) {
      return refuse('unauthenticated', 'This challenge is not known, has expired or has been used.');
    }
    if (!(await this.#signed(deviceId, nonce, signature))) {
      return refuse('unauthenticated', 'The signature is not by the key of this device.');
    }
    const endsAtMs = device.value.activation
      ? Math.min(nowMs + Math.min(this.#tokenMs, activationTokenMs), device.value.activation.endsAtMs)
      : nowMs + this.#tokenMs;
    const seat = await this.#takeSeat(device.value, endsAtMs);
    if (!seat.ok) return seat;
    const expiresAtMs = Math.floor(endsAtMs / 1_000) * 1_000;
    const key = await this.#keys.signing();
    const token = await new SignJWT({ kn: device.value.keyNumber })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: key.id })
      .setIssuer(issuer)
      .setAudience(device.value.maisonId)
      .setSubject(deviceId)
      .setIssuedAt(Math.floor(nowMs / 1_000))
      .setExpirationTime(expiresAtMs / 1_000)
      .sign(this.#secrets.tokenKey(key.bytes, device.value.maisonId));
    return done({ token, expiresAtMs, identity: await this.#registry.identity(device.value) });
  }

  /** Reads a token: `unauthenticated` if it is none or has ended, `forbidden` if its device is not welcome now. */
  async verify(token: string): Promise<Answer<VerifiedToken>> {
    try {
      const key = await this.#keys.good(decodeProtectedHeader(token).kid);
      if (!key) return refuse('unauthenticated', 'The token is not valid or has ended.');
      // Whose key must have signed it is said by the device's own row, never by the token.
      const named = z.safeParse(DeviceId, decodeJwt(token).sub);
      if (!named.success) return refuse('unauthenticated', 'The token is not valid or has ended.');
      const device = await this.#registry.find(named.data);
      if (!device.ok) return device;
      const { payload } = await jwtVerify(token, this.#secrets.tokenKey(key.bytes, device.value.maisonId), {
        issuer,
        audience: device.value.maisonId,
        algorithms: ['HS256'],
        currentDate: new Date(this.#clock.nowMs()),
        requiredClaims: ['sub', 'exp'],
      });
      // A token that names no key is from before keys could be changed: the device's first one asked for it.
      if ((payload['kn'] ?? 1) !== device.value.keyNumber) {
        return refuse('unauthenticated', 'The device speaks with another key since this token was made.');
      }
      const expiresAtMs = (payload.exp ?? 0) * 1_000;
      // A clock that was set back does not make a token live longer.
      if (expiresAtMs > this.#clock.nowMs() + this.#tokenMs + mostAheadMs) {
        return refuse('unauthenticated', 'The token is from a time that has not come yet.');
      }
      return done({ device: device.value, expiresAtMs, keyId: key.id });
    } catch (fault) {
      if (!(fault instanceof errors.JOSEError) && !(fault instanceof TypeError)) throw fault;
      return refuse('unauthenticated', 'The token is not valid or has ended.');
    }
  }

  /** Uses a challenge up; false if it is not known, has expired or was used. */
  async useChallenge(db: Queries, deviceId: DeviceId, nonce: string): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    const used = await db
      .deleteFrom('challenges')
      .where('nonce', '=', nonce)
      .where('device_id', '=', deviceId)
      .where('expires_at_ms', '>', nowMs)
      .where('expires_at_ms', '<=', nowMs + challengeLifetimeMs + mostAheadMs)
      .executeTakeFirst();
    return used.numDeletedRows > 0n;
  }

  async #signed(deviceId: DeviceId, nonce: string, signature: string): Promise<boolean> {
    const jwk = await this.#registry.publicKey(deviceId);
    return jwk !== undefined && (await signedBy(jwk, signature, challengeText(deviceId, nonce)));
  }
}
