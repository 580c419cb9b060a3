import * as z from 'zod/mini';
import { WebSocket, type RawData } from 'ws';
import {
  applyFrame,
  applySnapshot,
  clientEvents,
  HelloAnswer,
  protocolVersion,
  realtimePath,
  StockFrame,
  type Hello,
  type StockState,
  type Welcome,
} from '../../protocol/index.ts';
import { hostMs, pause } from './host-time.ts';
import type { RevisionOf } from './asks.ts';

/** How long one socket may take to be let in, in milliseconds. */
const introductionMs = 30_000;

const StockMessage = z.tuple([z.literal('stock.changed'), StockFrame]);

/** Frames by their text: thousands of sockets hear the same one, and it need be read once. */
const frames = new Map<string, StockFrame | null>();

function frameOf(text: string): StockFrame | null {
  const known = frames.get(text);
  if (known !== undefined) return known;
  const parsed = text.startsWith('42') ? z.safeParse(StockMessage, JSON.parse(text.slice(2))) : null;
  const frame = parsed?.success ? parsed.data[1] : null;
  frames.set(text, frame);
  return frame;
}

/** The server is busy and said when to come again. */
class SentAway extends Error {
  override readonly name = 'SentAway';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`sent away for ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

const RefusedHandshake = z.object({
  data: z.object({ code: z.string(), retryAfterMs: z.optional(z.int()) }),
});

function asSentAway(refused: unknown): Error {
  const { data } = z.parse(RefusedHandshake, refused);
  return data.retryAfterMs === undefined
    ? new Error(`refused: ${data.code}`)
    : new SentAway(data.retryAfterMs);
}

/**
 * One raw `ws` socket of a crowd, the same for both servers but for how it introduces itself. With a token it speaks just
 * enough of Engine.IO 4 and Socket.IO 5 to be a device: open, connect, `hello` with its cursors, pong.
 */
export class Member {
  readonly #token: string | null;
  readonly #received: (text: string) => void;
  #socket: WebSocket | null = null;
  #stock: StockState = new Map();
  #unread: string[] = [];
  #gaps = 0;
  #sentAway = 0;

  /** `received` is called for every message after the introduction. */
  constructor(token: string | null, received: (text: string) => void) {
    this.#token = token;
    this.#received = received;
  }

  /** Frames that did not follow on what was known. */
  get gaps(): number {
    return this.#gaps;
  }

  /** Times that this socket was told to come again later, and did. */
  get sentAway(): number {
    return this.#sentAway;
  }

  /** Opens the line and says who this is; where the server says to come later, comes later. */
  async open(url: string): Promise<void> {
    const untilMs = hostMs() + introductionMs;
    for (;;) {
      try {
        await this.#openOnce(url);
        return;
      } catch (fault) {
        if (!(fault instanceof SentAway) || hostMs() + fault.retryAfterMs > untilMs) throw fault;
        this.#sentAway += 1;
        this.cut();
        await pause(fault.retryAfterMs);
      }
    }
  }

  async #openOnce(url: string): Promise<void> {
    this.#read();
    const base = url.replace(/^http/, 'ws');
    const address = this.#token === null ? base : `${base}${realtimePath}?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('not let in in time')), introductionMs);
      const settle = (fault?: Error) => {
        clearTimeout(timer);
        if (fault) reject(fault);
        else resolve();
      };
      let isIn = false;
      socket.on('error', settle);
      socket.on('close', (code) => settle(new Error(`closed with ${code}`)));
      socket.on('open', () => {
        if (this.#token !== null) return;
        isIn = true;
        settle();
      });
      socket.on('message', (data: RawData) => {
        // With `ws`'s default binary type every message is one Buffer.
        const text = (data as Buffer).toString();
        if (text === '2') socket.send('3');
        else if (isIn) this.#hear(text);
        else {
          // A frame may overtake the answer to `hello`: the rooms come first, so that none is lost in between.
          if (text.startsWith('42')) return this.#hear(text);
          try {
            isIn = this.#introduce(socket, text);
            if (isIn) settle();
          } catch (fault) {
            settle(fault instanceof Error ? fault : new Error(String(fault)));
          }
        }
      });
    });
  }

  /** Cuts the line without a closing word. */
  cut(): void {
    this.#socket?.removeAllListeners('close');
    this.#socket?.terminate();
    this.#socket = null;
  }

  /** Changes that this socket has not learnt of. */
  behind(truth: readonly RevisionOf[]): number {
    this.#read();
    return truth.reduce((sum, { storeId, sku, revision }) => {
      const known = this.#stock.get(storeId)?.levels.get(sku)?.revision ?? 0;
      return sum + Math.max(0, revision - known);
    }, 0);
  }

  #hear(text: string): void {
    this.#received(text);
    if (this.#token !== null) this.#unread.push(text);
  }

  /** One step of the introduction; true when it is done. */
  #introduce(socket: WebSocket, text: string): boolean {
    if (text.startsWith('0')) {
      socket.send(`40${JSON.stringify({ token: this.#token })}`);
      return false;
    }
    if (text.startsWith('40')) {
      const stockCursors = Object.fromEntries(Array.from(this.#stock, ([id, { cursor }]) => [id, cursor]));
      const hello: Hello = { protocolVersion, clientVersion: 'bench', stockCursors, session: null };
      socket.send(`420${JSON.stringify([clientEvents.hello, hello])}`);
      return false;
    }
    if (text.startsWith('44')) throw asSentAway(JSON.parse(text.slice(2)));
    if (!text.startsWith('430')) throw new Error(`refused: ${text.slice(0, 200)}`);
    const [answer] = z.parse(z.tuple([HelloAnswer]), JSON.parse(text.slice(3)));
    if (!answer.ok) throw asSentAway({ data: answer.error });
    this.#catchUp(answer.value);
    return true;
  }

  #catchUp({ stock }: Welcome): void {
    for (const part of stock) {
      if (part.kind === 'snapshot') this.#stock = applySnapshot(this.#stock, part.snapshot);
      else for (const frame of part.frames) this.#apply(frame);
    }
    // What overtook the welcome is read after it.
    this.#read();
  }

  /** Reads what was heard. Not on receipt: the two crowds are to cost the same while they are timed. */
  #read(): void {
    const unread = this.#unread;
    this.#unread = [];
    for (const text of unread) {
      const frame = frameOf(text);
      if (frame) this.#apply(frame);
    }
  }

  #apply(frame: StockFrame): void {
    const { state, outcome } = applyFrame(this.#stock, frame);
    if (outcome === 'gap') this.#gaps += 1;
    this.#stock = state;
  }
}
