import { createClient } from '@redis/client';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { DeviceId, OfferId, SessionId, StoreId } from '../../protocol/index.ts';
import { LocalHints, type Hint, type OwnedHints } from './hints.ts';
import { codeOf, ServerFault } from './server-fault.ts';

/** A hint as it comes from another node: whatever lies in the stream is not believed. */
const HeardHint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stock'), storeId: StoreId }),
  z.object({ kind: z.literal('session'), sessionId: SessionId, fromSeq: z.int() }),
  z.object({ kind: z.literal('client'), sessionId: SessionId }),
  z.object({ kind: z.literal('client-ask'), sessionId: SessionId }),
  z.object({ kind: z.literal('sale'), sessionId: SessionId, storeId: StoreId }),
  z.object({ kind: z.literal('offer'), offerId: OfferId }),
  z.object({ kind: z.literal('device-revoked'), deviceId: DeviceId }),
  z.object({ kind: z.literal('signed-out'), deviceId: DeviceId }),
  z.object({ kind: z.literal('standing') }),
]);

/** Entries kept in the stream. A node that was away longer reads the database, as it does anyway when it is back. */
const keptEntries = 10_000;

/** How long one reading waits for the next entry. */
const blockMs = 1_000;

/** A connection on which nothing came for so long, a blocking read included, is taken for dead. */
const silentMs = 4 * blockMs;

/** Entries of one reading. */
const entriesPerRead = 500;

const firstWaitMs = 100;
const longestWaitMs = 2_000;

/**
 * Hints between nodes, over one Redis stream. Redis is told and forgotten: it holds no truth, nobody waits for it, and a
 * server starts and works without it. What it loses is found in the database, at once when it is back and on a schedule
 * while it is away (`CatchUp`). Runs on the host's own time: it is a wire, and its timers are the wire's.
 */
export class RedisHints implements OwnedHints {
  readonly #local = new LocalHints();
  readonly #rejoinListeners = new Set<() => void>();
  readonly #stream: string;
  readonly #nodeId: string;
  readonly #log: Logger;
  readonly #writer: ReturnType<typeof makeClient>;
  readonly #reader: ReturnType<typeof makeClient>;
  #readTo: string | null = null;
  #isJoined = false;
  #hasJoined = false;
  #isClosed = false;
  #reading: Promise<void> = Promise.resolve();

  private constructor(deps: { url: string; stream: string; nodeId: string; log: Logger }) {
    this.#stream = deps.stream;
    this.#nodeId = deps.nodeId;
    this.#log = deps.log;
    this.#writer = makeClient(deps.url);
    this.#reader = makeClient(deps.url);
    // Each loss is told once, by the reader; unheard, the event would end the process.
    this.#writer.on('error', () => undefined);
    this.#reader.on('error', (fault: unknown) => this.#lost(fault));
  }

  /**
   * Joins the other nodes. Where Redis does not answer the node goes on alone and joins when it does.
   *
   * @param deps.stream the stream's name; nodes over one database share it, others must not
   * @throws {ServerFault} `redis-url-invalid`
   */
  static async open(deps: { url: string; stream: string; nodeId: string; log: Logger }): Promise<RedisHints> {
    const url = URL.parse(deps.url);
    if (!url || !/^rediss?:$/.test(url.protocol)) {
      throw new ServerFault(
        'redis-url-invalid',
        'REDIS_URL is not the address of a Redis server.',
        'Give redis://host:6379 or rediss://user:password@host:6379/0, or leave it out: one node needs no Redis.',
      );
    }
    const hints = new RedisHints(deps);
    await hints.#open();
    return hints;
  }

  publish(hint: Hint): void {
    this.#local.publish(hint);
    void this.#tell(hint);
  }

  subscribe(listener: (hint: Hint) => void): () => void {
    return this.#local.subscribe(listener);
  }

  /** Calls `listener` each time Redis is back: hints may have been missed. */
  onRejoined(listener: () => void): () => void {
    this.#rejoinListeners.add(listener);
    return () => void this.#rejoinListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#reader.destroy();
    await this.#reading;
    if (this.#writer.isOpen) this.#writer.destroy();
  }

  async #tell(hint: Hint): Promise<void> {
    try {
      await this.#writer.xAdd(
        this.#stream,
        '*',
        { node: this.#nodeId, hint: JSON.stringify(hint) },
        { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: keptEntries } },
      );
    } catch {
      // The other nodes learn of it when they read the database.
    }
  }

  /** Tries once for as long as a person would wait; the clients go on by themselves. */
  async #open(): Promise<void> {
    void this.#writer.connect().catch(() => undefined);
    const connected = this.#reader.connect().then(
      () => true,
      () => false,
    );
    this.#reading = this.#readAll(connected);
    await Promise.race([this.#joined(), new Promise((resolve) => setTimeout(resolve, silentMs).unref())]);
    if (!this.#isJoined) this.#log.warn('Redis does not answer; this node goes on alone until it does');
  }

  #joined(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#isJoined || this.#isClosed) resolve();
        else setTimeout(look, 5).unref();
      };
      look();
    });
  }

  async #readAll(connected: Promise<unknown>): Promise<void> {
    await connected;
    while (!this.#isClosed) {
      try {
        if (!this.#isJoined) await this.#join();
        await this.#readNext();
      } catch (fault) {
        this.#lost(fault);
        await pause(firstWaitMs);
      }
    }
  }

  /** Finds the place to read on from: where it was left, unless the stream began anew meanwhile. */
  async #join(): Promise<void> {
    const newest = await this.#reader.xRevRange(this.#stream, '+', '-', { COUNT: 1 });
    const newestId = newest?.[0]?.id ?? '0-0';
    if (this.#readTo === null || isBefore(newestId, this.#readTo)) this.#readTo = newestId;
    this.#isJoined = true;
    if (this.#hasJoined) {
      this.#log.warn('Redis is back');
      for (const listener of this.#rejoinListeners) listener();
    }
    this.#hasJoined = true;
  }

  async #readNext(): Promise<void> {
    const from = { key: this.#stream, id: this.#readTo ?? '0-0' };
    const streams = await this.#reader.xRead([from], { BLOCK: blockMs, COUNT: entriesPerRead });
    for (const { messages } of streams ?? []) {
      for (const { id, message } of messages) {
        this.#readTo = id;
        if (message['node'] !== this.#nodeId) this.#hear(message['hint']);
      }
    }
  }

  #hear(text: string | undefined): void {
    const parsed = HeardHint.safeParse(parseJson(text));
    if (parsed.success) this.#local.publish(parsed.data);
  }

  #lost(fault: unknown): void {
    if (!this.#isJoined || this.#isClosed) return;
    this.#isJoined = false;
    this.#log.warn({ fault: codeOf(fault) }, 'Redis is gone; other nodes are heard by reading the database');
  }
}

function makeClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    // A hint that waits in memory for Redis would only be late.
    disableOfflineQueue: true,
    pingInterval: blockMs,
    socket: {
      connectTimeout: silentMs,
      socketTimeout: silentMs,
      reconnectStrategy: (tries: number) =>
        Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2),
    },
  });
}

/** Whether one entry id (`milliseconds-number`) comes before another. */
function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneNumber = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split('-').map(Number);
  return oneMs < otherMs || (oneMs === otherMs && oneNumber < otherNumber);
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
