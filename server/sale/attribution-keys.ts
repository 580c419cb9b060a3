import { CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import {
  AttributionKeys,
  attributionRecordType,
  type AttributionRecord,
  type MaisonId,
} from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Database } from '../persistence/database.ts';

const algorithm = 'ES256';

/** Signs each Maison's records with a key of its own, made when it is first needed, and anew with each key generation. */
export class AttributionSigner {
  readonly #database: Database;
  readonly #settings: HouseSettings;
  readonly #clock: Clock;

  constructor(deps: { database: Database; settings: HouseSettings; clock: Clock }) {
    this.#database = deps.database;
    this.#settings = deps.settings;
    this.#clock = deps.clock;
  }

  /** A record as a compact JWS. */
  async sign(record: AttributionRecord): Promise<string> {
    const { id, private_jwk: privateJwk } = await this.#keyOf(record.maisonId);
    const key = await importJWK(JSON.parse(privateJwk) as object, algorithm);
    return await new CompactSign(new TextEncoder().encode(JSON.stringify(record)))
      .setProtectedHeader({ alg: algorithm, kid: id, typ: attributionRecordType })
      .sign(key);
  }

  /** Every public key of a Maison: records of old keys stay good. */
  async publicKeys(maisonId: MaisonId): Promise<AttributionKeys> {
    const rows = await this.#database.db
      .selectFrom('attribution_keys')
      .select('public_jwk')
      .where('maison_id', '=', maisonId)
      .orderBy('made_at_ms')
      .orderBy('id')
      .execute();
    return AttributionKeys.parse({ keys: rows.map((row) => JSON.parse(row.public_jwk) as unknown) });
  }

  /** Two nodes that make the first key at once keep the same one. */
  async #keyOf(maisonId: MaisonId) {
    const id = `${maisonId}-${this.#settings.of(maisonId).keyGeneration}`;
    const read = () =>
      this.#database.db
        .selectFrom('attribution_keys')
        .selectAll()
        .where('maison_id', '=', maisonId)
        .where('id', '=', id);
    const known = await read().executeTakeFirst();
    if (known) return known;
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const { kty, crv, x, y } = await exportJWK(pair.publicKey);
    await this.#database.db
      .insertInto('attribution_keys')
      .values({
        maison_id: maisonId,
        id,
        private_jwk: JSON.stringify(await exportJWK(pair.privateKey)),
        public_jwk: JSON.stringify({ kid: id, kty, crv, x, y, alg: algorithm, use: 'sig' }),
        made_at_ms: this.#clock.nowMs(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return await read().executeTakeFirstOrThrow();
  }
}
