import * as z from 'zod/mini';
import { MaisonId, type Answer } from '../../protocol/index.ts';
import { OmsFault, OmsHint } from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';
import { inMaison } from '../core/scope.ts';
import type { Clock } from '../core/clock.ts';
import type { Database, Tx } from '../persistence/database.ts';
import type { HintFeed } from './hint-feed.ts';
import type { IdMapping } from './id-mapping.ts';
import type { LetterBox } from './letters/letter-box.ts';
import { verifySignature, type SignedMessage } from './rest/signing.ts';

/** Who may tell us of changes, and in which names. */
export interface InboxHouse {
  readonly maisonId: MaisonId;
  /** One, or two while a key is being changed. */
  readonly secrets: readonly string[];
  readonly names: IdMapping;
  /** Null where the connector does not follow hints: webhooks are refused there. */
  readonly feed: HintFeed | null;
}

/** A message as it came, to the Maison that its path names. */
export interface Delivery extends SignedMessage {
  readonly maisonId: unknown;
}

/** Who signed a message, and the name they gave it. */
export interface Signed {
  readonly house: InboxHouse;
  readonly id: string;
}

/** `POST /api/oms/webhooks/<maison>`: where something may have changed, in the house's names. */
export const WebhookBody = z.object({
  /** One more than the last delivery's; null from a house that does not number them. */
  seq: z.nullable(z.int().check(z.positive())),
  changes: z.array(z.object({ storeId: z.string(), sku: z.string() })).check(z.maxLength(1_000)),
});

/** What became of a webhook. All three are taken: sending it again changes nothing. */
export const WebhookReply = z.object({ outcome: z.enum(['taken', 'taken-before', 'unreadable']) });
export type WebhookReply = z.infer<typeof WebhookReply>;

const subject = 'webhook';

/** What is kept of a body that cannot be read, in characters. */
const longestKept = 16_384;

/** How long a delivery's id is remembered: a sender tries again for a day at most. */
const rememberedMs = 48 * 3_600_000;

/** Takes signed messages of houses. They carry hints and never a number that would be believed. */
export class Inbox {
  readonly #houses: ReadonlyMap<MaisonId, InboxHouse>;
  readonly #database: Database;
  readonly #letters: LetterBox;
  readonly #clock: Clock;

  constructor(deps: { houses: readonly InboxHouse[]; database: Database; letters: LetterBox; clock: Clock }) {
    this.#houses = new Map(deps.houses.map((house) => [house.maisonId, house]));
    this.#database = deps.database;
    this.#letters = deps.letters;
    this.#clock = deps.clock;
    this.#letters.carry('in', subject, async (maisonId, body) => {
      const house = this.#houses.get(maisonId);
      if (!house) throw new Error('The Maison has no connector any more.');
      const read = readWebhook(house, body);
      // Its number was told when it came.
      house.feed?.deliver(null, read.hints);
      if (read.fault !== null) throw new OmsFault('misspoke', read.fault);
    });
  }

  /** The house that signed a message, or `unauthenticated`: who is not known is told no more than who signs wrongly. */
  verify({ maisonId, ...message }: Delivery): Answer<Signed> {
    const named = z.safeParse(MaisonId, maisonId);
    const house = named.success ? this.#houses.get(named.data) : undefined;
    const verified = verifySignature(house?.secrets ?? [], message, this.#clock.nowMs());
    if (!verified.ok) return verified;
    if (!house) return refuse('unauthenticated', 'The signature is by none of the agreed keys.');
    return done({ house, id: verified.value.id });
  }

  /** Whether this signed message is new; each is taken once. */
  async #isNew(tx: Tx, { house, id }: Signed, seq: number | null): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('oms_deliveries')
      .values({
        maison_id: house.maisonId,
        delivery_id: id,
        received_at_ms: this.#clock.nowMs(),
        seq,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Takes one webhook whose signature was good. */
  async take(signed: Signed, text: string): Promise<Answer<WebhookReply>> {
    const { maisonId } = signed.house;
    return await inMaison(maisonId, () => this.#takeIn(signed, text));
  }

  async #takeIn(signed: Signed, text: string): Promise<Answer<WebhookReply>> {
    const { house } = signed;
    const { maisonId, feed } = house;
    if (!feed) return refuse('not-found', 'The house’s connector does not follow webhooks.');
    const body = parsedJson(text);
    const read = readWebhook(house, body);
    // Remembered and laid down together: what was answered as taken is never lost between the two.
    const isNew = await this.#database.transact(async (tx) => {
      if (!(await this.#isNew(tx, signed, read.seq))) return false;
      if (feed.isCountedAnew(read.seq)) await this.#forgetNumbers(tx, signed, read.seq);
      if (read.fault !== null) {
        const letter = { maisonId, direction: 'in', subject, body: kept(body, text) } as const;
        await this.#letters.bury(tx, letter, read.fault);
      }
      return true;
    });
    if (!isNew) return done({ outcome: 'taken-before' });
    feed.deliver(read.seq, read.hints, await this.#cameElsewhere(maisonId, feed.missingBefore(read.seq)));
    return done({ outcome: read.fault === null ? 'taken' : 'unreadable' });
  }

  /** What a counter told before it began anew counts for none that it tells from now on. */
  async #forgetNumbers(tx: Tx, { house, id }: Signed, from: number | null): Promise<void> {
    await tx
      .updateTable('oms_deliveries')
      .set({ seq: null })
      .where('maison_id', '=', house.maisonId)
      .where('delivery_id', '!=', id)
      .where('seq', '>=', from)
      .execute();
  }

  /** Whether every number that this node has not seen came to another, which reads what it hints at. */
  async #cameElsewhere(maisonId: MaisonId, missing: ReturnType<HintFeed['missingBefore']>): Promise<boolean> {
    if (missing === null) return false;
    const { from, to } = missing;
    const { came } = await this.#database.db
      .selectFrom('oms_deliveries')
      .select(({ fn }) => fn.count<number | bigint | string>('seq').distinct().as('came'))
      .where('maison_id', '=', maisonId)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .executeTakeFirstOrThrow();
    return Number(came) === to - from + 1;
  }

  /** Forgets deliveries that nobody sends any more. */
  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('oms_deliveries')
      .where('received_at_ms', '<', this.#clock.nowMs() - rememberedMs)
      .execute();
  }
}

/** What a webhook says in our names; `fault` where it cannot be read. */
interface ReadWebhook {
  readonly seq: number | null;
  readonly hints: readonly OmsHint[];
  readonly fault: string | null;
}

function readWebhook({ names }: InboxHouse, body: unknown): ReadWebhook {
  const parsed = z.safeParse(WebhookBody, body);
  if (!parsed.success) return { seq: null, hints: [], fault: 'The body does not have the agreed form.' };
  const { seq, changes } = parsed.data;
  // A house tells of places and pieces that it counts for others too: those are passed over, as in its levels.
  const hints = changes.flatMap((change) => {
    const hint = z.safeParse(OmsHint, names.inward(change));
    return hint.success ? [hint.data] : [];
  });
  return { seq, hints, fault: null };
}

/** As it was, or the beginning of its text where it is too long to be kept. */
function kept(body: unknown, text: string): unknown {
  return text.length > longestKept ? text.slice(0, longestKept) : body;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
