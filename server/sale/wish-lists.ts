import * as z from 'zod/mini';
import {
  Sku,
  StoreId,
  wishListText,
  type Answer,
  type MaisonId,
  type OpenedWishList,
  type SessionId,
  type WishListReply,
  type WishListRequest,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { newSecret, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';

const hourMs = 3_600_000;

/**
 * Lists that clients made on a house's own pages and bring to a boutique as a code. Whoever holds the code may open it until it ends, in
 * every boutique that it is for: a client goes to two boutiques. It holds pieces, and nobody's name.
 */
export class WishLists {
  readonly #database: Database;
  readonly #sessions: Sessions;
  readonly #houses: Houses;
  readonly #pieces: Pieces;
  readonly #secrets: ServerSecrets;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    houses: Houses;
    pieces: Pieces;
    secrets: ServerSecrets;
    clock: Clock;
    random: Random;
  }) {
    this.#database = deps.database;
    this.#sessions = deps.sessions;
    this.#houses = deps.houses;
    this.#pieces = deps.pieces;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /** For the house's own system, which has signed its request. */
  async make(
    maisonId: MaisonId,
    { skus, storeIds, goodForHours }: WishListRequest,
  ): Promise<Answer<WishListReply>> {
    for (const storeId of storeIds ?? [])
      if (!(await this.#houses.store(maisonId, storeId)))
        return refuse('not-found', `There is no boutique ${storeId}.`);
    for (const sku of skus)
      if (!(await this.#pieces.knowsSku(maisonId, sku)))
        return refuse('unknown-sku', `${maisonId} has no ${sku}.`);
    const secret = newSecret(this.#random);
    const expiresAtMs = this.#clock.nowMs() + goodForHours * hourMs;
    await this.#database.db
      .insertInto('wish_lists')
      .values({
        hash: this.#hash(maisonId, secret),
        maison_id: maisonId,
        store_ids: storeIds ? JSON.stringify(storeIds) : null,
        skus: JSON.stringify(skus),
        expires_at_ms: expiresAtMs,
      })
      .execute();
    return done({ text: wishListText(secret), expiresAtMs });
  }

  /** In a visit, by its own advisor. Another house's list is as unknown as none. */
  async open(device: Device, sessionId: SessionId, secret: string): Promise<Answer<OpenedWishList>> {
    const session = await this.#sessions.partyTo(device, sessionId);
    if (!session.ok) return session;
    const { maisonId, storeId } = device;
    const row = await this.#database.db
      .selectFrom('wish_lists')
      .selectAll()
      .where('hash', '=', this.#hash(maisonId, secret))
      .where('maison_id', '=', maisonId)
      .executeTakeFirst();
    if (!row) return refuse('code-unknown', 'There is no such list.');
    if (row.expires_at_ms <= this.#clock.nowMs()) return refuse('code-expired', 'This list has run out.');
    const stores = row.store_ids === null ? null : z.parse(z.array(StoreId), JSON.parse(row.store_ids));
    if (stores !== null && !stores.includes(storeId))
      return refuse('wrong-store', 'This list is for another boutique.');
    const skus = z.parse(z.array(Sku), JSON.parse(row.skus));
    const found = await Promise.all(
      skus.map(async (sku) => ({ sku, worn: await this.#pieces.wornOf(maisonId, sku) })),
    );
    return done({
      pieces: found.flatMap(({ worn }) => worn ?? []),
      gone: found.flatMap(({ sku, worn }) => (worn ? [] : sku)),
    });
  }

  /** A day longer than they are good for, so that who comes late is told so. */
  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('wish_lists')
      .where('expires_at_ms', '<=', this.#clock.nowMs() - 24 * hourMs)
      .execute();
  }

  #hash(maisonId: MaisonId, secret: string): string {
    return this.#secrets.hash(maisonId, 'wish-list', secret);
  }
}
