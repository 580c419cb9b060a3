import { webcrypto } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
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
import type { Database } from '../persistence/database.ts';
import type { Device, DeviceRegistry } from './device-registry.ts';
import type { ServerSecrets } from './secrets.ts';

/** How long a device has to sign a challenge. */
export const challengeLifetimeMs = 60_000;

const issuer = 'vitrine';

/** A good token: which device, and until when. */
export interface VerifiedToken {
  readonly device: Device;
  readonly expiresAtMs: EpochMs;
}

/**
 * Proof of a device's key against a short-lived token. The device signs a challenge that is good once; the token names
 * the device and nothing else, so that its rights are always those it has now. It is signed by the key of the device's own
 * Maison.
 */
export class DeviceTokens {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tokenMs: number;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
    tokenMs: number;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#secrets = deps.secrets;
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
    const used = await this.#database.db
      .deleteFrom('challenges')
      .where('nonce', '=', nonce)
      .where('device_id', '=', deviceId)
      .where('expires_at_ms', '>', nowMs)
      .executeTakeFirst();
    if (used.numDeletedRows === 0n) {
      return refuse('unauthenticated', 'This challenge is not known, has expired or has been used.');
    }
    if (!(await this.#signed(deviceId, nonce, signature))) {
      return refuse('unauthenticated', 'The signature is not by the key of this device.');
    }
    const expiresAtMs = Math.floor((nowMs + this.#tokenMs) / 1_000) * 1_000;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(device.value.maisonId)
      .setSubject(deviceId)
      .setIssuedAt(Math.floor(nowMs / 1_000))
      .setExpirationTime(expiresAtMs / 1_000)
      .sign(this.#secrets.tokenKey(device.value.maisonId));
    return done({ token, expiresAtMs, identity: await this.#registry.identity(device.value) });
  }

  /** Reads a token: `unauthenticated` if it is none or has ended, `forbidden` if its device was revoked. */
  async verify(token: string): Promise<Answer<VerifiedToken>> {
    try {
      // Whose key must have signed it is said by the device's own row, never by the token.
      const named = z.safeParse(DeviceId, decodeJwt(token).sub);
      if (!named.success) return refuse('unauthenticated', 'The token is not valid or has ended.');
      const device = await this.#registry.find(named.data);
      if (!device.ok) return device;
      const { maisonId } = device.value;
      const { payload } = await jwtVerify(token, this.#secrets.tokenKey(maisonId), {
        issuer,
        audience: maisonId,
        algorithms: ['HS256'],
        currentDate: new Date(this.#clock.nowMs()),
        requiredClaims: ['sub', 'exp'],
      });
      return done({ device: device.value, expiresAtMs: (payload.exp ?? 0) * 1_000 });
    } catch (fault) {
      if (!(fault instanceof errors.JOSEError)) throw fault;
      return refuse('unauthenticated', 'The token is not valid or has ended.');
    }
  }

  async #signed(deviceId: DeviceId, nonce: string, signature: string): Promise<boolean> {
    const jwk = await this.#registry.publicKey(deviceId);
    if (!jwk) return false;
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await webcrypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']).catch(() => null);
    if (!key) return false;
    return await webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Buffer.from(signature, 'base64url'),
      Buffer.from(challengeText(deviceId, nonce), 'utf8'),
    );
  }
}
