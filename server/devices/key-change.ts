import * as z from 'zod/mini';
import {
  PublicKeyJwk,
  rotationText,
  type Answer,
  type RotateKeyReply,
  type RotateKeyRequest,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { done, refuse } from '../core/answers.ts';
import type { Hints } from '../core/hints.ts';
import type { Database } from '../persistence/database.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { DeviceTokens } from './device-tokens.ts';
import { signedBy } from './device-signature.ts';

/** A device's change of key: signed by the old one and the new one; the old one is dead from that moment, its tokens too. */
export class KeyChange {
  readonly #database: Database;
  readonly #registry: DeviceRegistry;
  readonly #tokens: DeviceTokens;
  readonly #audit: AuditLog;
  readonly #hints: Hints;

  constructor(deps: {
    database: Database;
    registry: DeviceRegistry;
    tokens: DeviceTokens;
    audit: AuditLog;
    hints: Hints;
  }) {
    this.#database = deps.database;
    this.#registry = deps.registry;
    this.#tokens = deps.tokens;
    this.#audit = deps.audit;
    this.#hints = deps.hints;
  }

  async change(request: RotateKeyRequest): Promise<Answer<RotateKeyReply>> {
    const { deviceId, nonce, publicKey, signature, newSignature } = request;
    const device = await this.#registry.find(deviceId);
    if (!device.ok) return device;
    const text = rotationText(deviceId, nonce, publicKey);
    if (!(await signedBy(publicKey, newSignature, text))) {
      return refuse('unauthenticated', 'The new key did not sign its own introduction.');
    }
    const changed = await this.#database.transact(async (tx): Promise<Answer<RotateKeyReply>> => {
      const row = await tx
        .selectFrom('devices')
        .select(['public_key', 'key_number', 'maison_id', 'store_id'])
        .where('id', '=', deviceId)
        .executeTakeFirstOrThrow();
      const present = z.parse(PublicKeyJwk, JSON.parse(row.public_key));
      // The answer was lost on its way: whoever asks again has signed with the key that is the device's by now.
      if (present.x === publicKey.x && present.y === publicKey.y) return done({ keyNumber: row.key_number });
      if (!(await signedBy(present, signature, text))) {
        return refuse('unauthenticated', 'The signature is not by the key of this device.');
      }
      if (!(await this.#tokens.useChallenge(tx, deviceId, nonce))) {
        return refuse('unauthenticated', 'This challenge is not known, has expired or has been used.');
      }
      const keyNumber = row.key_number + 1;
      const taken = await tx
        .updateTable('devices')
        .set({ public_key: JSON.stringify(publicKey), key_number: keyNumber })
        .where('id', '=', deviceId)
        .where('key_number', '=', row.key_number)
        .executeTakeFirst();
      if (taken.numUpdatedRows === 0n) return refuse('conflict', 'This device is changing its key already.');
      await tx.deleteFrom('challenges').where('device_id', '=', deviceId).execute();
      await this.#audit.note(tx, {
        maisonId: row.maison_id,
        storeId: row.store_id,
        actor: { kind: 'device', id: deviceId },
        action: 'device.key-changed',
        subject: deviceId,
      });
      return done({ keyNumber });
    });
    if (changed.ok) this.#hints.publish({ kind: 'standing' });
    return changed;
  }
}
