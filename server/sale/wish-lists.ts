import * as z from 'zod/mini';
import {
  phoneListHours,
  Sku,
  StoreId,
  wishListText,
  type Answer,
  type MaisonId,
  type OpenedWishList,
  type PhoneListRequest,
  type SessionId,
  type WishListReply,
  type WishListRequest,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HouseSecret, ServerSecrets } from '../devices/secrets.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Database } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';

const hourMs = 3_600_000;

/** Of a list's secret: 192 bits in base64url. */
const secretLetters = 32;

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

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    houses: Houses;
    pieces: Pieces;
    secrets: ServerSecrets;
    clock: Clock;
  }) {
    this.#database = deps.database;
    this.#sessions = deps.sessions;
    this.#houses = deps.houses;
    this.#pieces = deps.pieces;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
  }

  /**
   * For the house's own system, which has signed its request under the name `id`. However often it is sent under this name, there is one
   * list, and its end is not put off.
   */
  make(maisonId: MaisonId, id: string, asked: WishListRequest): Promise<Answer<WishListReply>> {
    return this.#make(maisonId, 'wish-list-of-house', id, asked);
  }

  /** For a client who makes it on their own phone: the same, and nothing else is theirs to say. */
  makeOnPhone(maisonId: MaisonId, { id, skus }: PhoneListRequest): Promise<Answer<WishListReply>> {
    return this.#make(maisonId, 'wish-list-of-phone', id, { skus, goodForHours: phoneListHours });
  }

  async #make(
    maisonId: MaisonId,
    by: HouseSecret,
    id: string,
    { skus, storeIds, goodForHours }: WishListRequest,
  ): Promise<Answer<WishListReply>> {
    for (const storeId of storeIds ?? [])
      if (!(await this.#houses.store(maisonId, storeId)))
        return refuse('not-found', `There is no boutique ${storeId}.`);
    for (const sku of skus)
      if (!(await this.#pieces.knowsSku(maisonId, sku)))
        return refuse('unknown-sku', `${maisonId} has no ${sku}.`);
    // Not by chance: who asks again under the same name, on whichever node, is given the same secret, which is written down nowhere.
    const secret = this.#secrets.hash(maisonId, by, id).slice(0, secretLetters);
    const hash = this.#hash(maisonId, secret);
    const asked = this.#secrets.hash(
      maisonId,
      'wish-list-asked',
      JSON.stringify([skus, storeIds ?? null, goodForHours]),
    );
    const expiresAtMs = this.#clock.nowMs() + goodForHours * hourMs;
    const { numInsertedOrUpdatedRows } = await this.#database.db
      .insertInto('wish_lists')
      .values({
        hash,
        maison_id: maisonId,
        store_ids: storeIds ? JSON.stringify(storeIds) : null,
        skus: JSON.stringify(skus),
        expires_at_ms: expiresAtMs,
        asked,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const text = wishListText(secret);
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return done({ text, expiresAtMs });
    const first = await this.#database.db
      .selectFrom('wish_lists')
      .select(['asked', 'expires_at_ms'])
      .where('hash', '=', hash)
      .where('maison_id', '=', maisonId)
      .executeTakeFirst();
    return first?.asked === asked
      ? done({ text, expiresAtMs: first.expires_at_ms })
      : refuse('conflict', 'Another list was asked for under this name.');
  }

  /** In a visit, by its own advisor. Another house's list is as unknown as none. */
  async open(device: Device, sessionId: SessionId, secret: string): Promise<Answer<OpenedWishList>> {
    const session = await this.#sessions.partyTo(device, sessionId);
    return session.ok ? await this.show(device, secret) : session;
  }

  /** Before the mirror, by whoever holds the code. */
  async show({ maisonId, storeId }: Device, secret: string): Promise<Answer<OpenedWishList>> {
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
