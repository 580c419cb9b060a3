import { WebSocket } from 'ws';
import { protocolVersion, realtimePath } from '../../protocol/index.ts';

/** Sockets opened at the same time: a herd is not what is measured here. */
const openedAtOnce = 50;

/** Many sockets on one server, the same lean client for both servers, so that the client's cost is the same. */
export class Listeners {
  readonly #sockets: WebSocket[] = [];
  readonly #prefix: string;
  #heardAtMs: number[] = [];
  #lastText = '';
  #whenAll: (() => void) | null = null;

  private constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Sockets on a Vitrine server, each past its hello. Speaks Socket.IO by hand. */
  static async onVitrine(url: string, token: string, count: number): Promise<Listeners> {
    const listeners = new Listeners('42["stock.changed"');
    const address = `${url.replace('http', 'ws')}${realtimePath}?EIO=4&transport=websocket`;
    const hello = { protocolVersion, clientVersion: 'bench', stockCursors: {}, session: null };
    await listeners.#openAll(count, address, (socket, text, opened) => {
      if (text.startsWith('0{')) socket.send(`40${JSON.stringify({ token })}`);
      else if (text.startsWith('40{')) socket.send(`420${JSON.stringify(['hello', hello])}`);
      else if (text.startsWith('430[')) opened();
      else if (text === '2') socket.send('3');
      else if (text.startsWith('44')) throw new Error(`refused: ${text}`);
    });
    return listeners;
  }

  /** Sockets on the reference. */
  static async onBareWs(url: string, count: number): Promise<Listeners> {
    const listeners = new Listeners('42["stock.changed"');
    await listeners.#openAll(count, url.replace('http', 'ws'), null);
    return listeners;
  }

  async #openAll(
    count: number,
    address: string,
    talk: ((socket: WebSocket, text: string, opened: () => void) => void) | null,
  ): Promise<void> {
    for (let from = 0; from < count; from += openedAtOnce) {
      const part = Array.from({ length: Math.min(openedAtOnce, count - from) }, () => {
        const socket = new WebSocket(address, { perMessageDeflate: false });
        this.#sockets.push(socket);
        return new Promise<void>((resolve, reject) => {
          socket.once('error', reject);
          if (!talk) socket.once('open', resolve);
          socket.on('message', (data: Buffer) => {
            const text = data.toString('utf8');
            if (text.startsWith(this.#prefix)) this.#hear(text);
            else talk?.(socket, text, resolve);
          });
        });
      });
      await Promise.all(part);
    }
  }

  #hear(text: string): void {
    this.#heardAtMs.push(performance.now());
    this.#lastText = text;
    if (this.#heardAtMs.length === this.#sockets.length) this.#whenAll?.();
  }

  /** Runs `publish`; returns when each socket heard of it, in the order of hearing, on `performance.now()`. */
  async heardAfter(publish: () => Promise<unknown>): Promise<number[]> {
    this.#heardAtMs = [];
    const all = new Promise<void>((resolve) => {
      this.#whenAll = resolve;
    });
    await publish();
    await all;
    return this.#heardAtMs;
  }

  /** The text of the message heard last. */
  get lastText(): string {
    return this.#lastText;
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}
