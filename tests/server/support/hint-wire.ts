import { createClient } from '@redis/client';
import type { PrivateRedis } from './private-redis.ts';

/** One hint as it lies in a stream, and on which side it was published. */
export interface CaughtHint {
  readonly side: 0 | 1;
  readonly message: Record<string, string>;
}

type Client = ReturnType<typeof createClient>;

/** How long one reading waits for the next entry, in milliseconds. */
const blockMs = 50;

/**
 * The wire of hints between two nodes, each with a Redis of its own: what one publishes reaches the other by this wire alone. Open it
 * carries everything; closed it keeps what comes, to be delivered as the test likes, or never.
 */
export class HintWire {
  readonly #clients: readonly (readonly [reader: Client, writer: Client])[];
  readonly #delivered: readonly [Set<string>, Set<string>] = [new Set(), new Set()];
  readonly #going: Promise<unknown>;
  #caught: CaughtHint[] = [];
  #isOpen = true;
  #isOver = false;

  private constructor(clients: readonly (readonly [reader: Client, writer: Client])[]) {
    this.#clients = clients;
    this.#going = Promise.all([this.#carry(0), this.#carry(1)]);
  }

  static async between(one: PrivateRedis, other: PrivateRedis): Promise<HintWire> {
    const open = async ({ url }: PrivateRedis) => {
      const client: Client = createClient({ url });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    };
    const pair = async (redis: PrivateRedis) => [await open(redis), await open(redis)] as const;
    return new HintWire([await pair(one), await pair(other)]);
  }

  /** From now on nothing is carried; what comes is kept. */
  close(): void {
    this.#isOpen = false;
  }

  /** From now on everything is carried. What was kept is not. */
  open(): void {
    this.#caught = [];
    this.#isOpen = true;
  }

  /** What was kept since the wire was closed, in the order in which it came. */
  get caught(): readonly CaughtHint[] {
    return this.#caught;
  }

  /** Carries hints to the other side, in this order. */
  async deliver(hints: readonly CaughtHint[]): Promise<void> {
    for (const { side, message } of hints) {
      const to = side === 0 ? 1 : 0;
      const [, writer] = this.#clients[to] ?? [];
      const stream = await this.#stream(side);
      if (!writer || stream === null) continue;
      this.#delivered[to].add(await writer.xAdd(stream, '*', message));
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#going;
    for (const client of this.#clients.flat()) client.destroy();
  }

  async #stream(side: 0 | 1): Promise<string | null> {
    const [, writer] = this.#clients[side] ?? [];
    return (await writer?.keys('vitrine:hints:*'))?.[0] ?? null;
  }

  async #carry(side: 0 | 1): Promise<void> {
    const [reader] = this.#clients[side] ?? [];
    if (!reader) return;
    let readTo = '0-0';
    while (!this.#isOver) {
      const stream = await this.#stream(side);
      if (stream === null) {
        await new Promise((resolve) => setTimeout(resolve, blockMs));
        continue;
      }
      const found = await reader.xRead([{ key: stream, id: readTo }], { BLOCK: blockMs });
      for (const { messages } of found ?? []) {
        for (const { id, message } of messages) {
          readTo = id;
          // What this wire has brought here goes no further.
          if (this.#delivered[side].has(id)) continue;
          if (this.#isOpen) await this.deliver([{ side, message }]);
          else this.#caught.push({ side, message });
        }
      }
    }
  }
}
