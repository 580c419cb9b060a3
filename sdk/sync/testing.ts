import type { DeviceIdentity } from '../../protocol/device.ts';
import type { WireError } from '../../protocol/errors.ts';
import type { CommandEnvelope, Hello, Welcome } from '../../protocol/realtime.ts';
import type { StockLevel } from '../../protocol/stock.ts';
import { ManualClock } from '../core/clock.ts';
import { createLink } from './create-link.ts';
import type { DeviceKeys, LinkPorts, LinkSocket, SocketHandlers } from './link-ports.ts';
import type { Link } from './link.ts';
import { MemoryStorage } from './memory-storage.ts';

const place = (id: string, city: string) =>
  ({ id, name: city, city, locale: 'en', timeZone: 'Europe/Oslo' }) as const;

/** A device of the tests. */
export const testIdentity: DeviceIdentity = {
  deviceId: 'device-0001',
  role: 'tablet',
  name: 'Tablet 1',
  maisonId: 'norde',
  maisonName: 'Norde',
  store: place('norde-oslo', 'Oslo'),
  nearby: [place('norde-bergen', 'Bergen')],
};

/** A level of the tests' one SKU. */
export function testLevel(revision: number, available: number, storeId = 'norde-oslo'): StockLevel {
  return {
    storeId,
    sku: 'fjord-51.ink',
    onHand: available,
    available,
    revision,
    asOfMs: 1_000,
    source: 'embedded',
  };
}

/** One connection as the server of the tests sees it. */
export class TestSocket implements LinkSocket {
  readonly handlers: SocketHandlers;
  readonly token: string;
  readonly sent: {
    readonly event: string;
    readonly payload: unknown;
    readonly answer: (answer: unknown) => void;
  }[] = [];
  closedByDevice = false;

  constructor(token: string, handlers: SocketHandlers) {
    this.token = token;
    this.handlers = handlers;
  }

  send(event: string, payload: unknown, answered: (answer: unknown) => void): void {
    this.sent.push({ event, payload, answer: answered });
  }

  close(): void {
    this.closedByDevice = true;
  }

  get hello(): Hello {
    const hello = this.sent.find((one) => one.event === 'hello');
    if (!hello) throw new Error('no hello was sent');
    return hello.payload as Hello;
  }

  get commands(): readonly CommandEnvelope[] {
    return this.sent.filter((one) => one.event === 'command').map((one) => one.payload as CommandEnvelope);
  }

  /** Answers the newest command of this name. */
  answer(name: string, value: unknown): void {
    const found = this.sent.findLast(
      (one) => one.event === 'command' && (one.payload as CommandEnvelope).name === name,
    );
    if (!found) throw new Error(`no ${name} was sent`);
    found.answer(value);
  }
}

/** A server that exists in memory only, and a link to it, on a clock that stands still. */
export class TestBench {
  readonly clock = new ManualClock();
  readonly storage: MemoryStorage;
  readonly sockets: TestSocket[] = [];
  readonly requests: { readonly url: string; readonly body: unknown }[] = [];
  readonly ports: LinkPorts;
  readonly link: Link;
  /** Who the server says that the device is. */
  identity: DeviceIdentity = testIdentity;
  /** What the next HTTP requests are refused with. */
  httpRefusal:
    | {
        readonly status: number;
        readonly error: WireError;
        /** The one address that refuses; all of them without it. */
        readonly door?: 'challenge';
      }
    | 'unreachable'
    | null = null;
  tokenLifeMs = 600_000;
  serverAheadMs = 0;
  #tokens = 0;
  #ids = 0;

  constructor(
    earlier?: { readonly storage: MemoryStorage; readonly keys: DeviceKeys },
    changes?: Partial<LinkPorts>,
  ) {
    this.storage = earlier?.storage ?? new MemoryStorage();
    this.keys = earlier?.keys ?? testKeys();
    this.ports = {
      role: 'tablet',
      serverUrl: 'https://boutique.test',
      clientVersion: 'test',
      clock: this.clock,
      random: { unit: () => 0.5, id: () => `command-${Math.floor(this.clock.nowMs())}-${(this.#ids += 1)}` },
      fetch: (input, init) => this.#answerHttp(new Request(input, init)),
      storage: this.storage,
      keys: this.keys,
      openSocket: ({ token }, handlers) => {
        const socket = new TestSocket(token, handlers);
        this.sockets.push(socket);
        return socket;
      },
      ...changes,
    };
    this.link = createLink(this.ports);
  }

  readonly keys: DeviceKeys;

  get socket(): TestSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  get serverNowMs(): number {
    return this.clock.nowMs() + this.serverAheadMs;
  }

  /** Everything that needs no time comes to rest. */
  async settle(): Promise<void> {
    // Bodies of the faked requests are read by tasks of the host, not by microtasks alone.
    for (let turn = 0; turn < 8; turn += 1)
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
  }

  /** Enrols and starts a fresh device, up to the open socket. */
  async enrol(): Promise<void> {
    await this.link.start();
    await this.link.enrol('ENROL-CODE-1');
    await this.settle();
  }

  /** The server takes the connection and greets it. */
  async welcome(changes: Partial<Welcome> = {}): Promise<void> {
    this.socket.handlers.opened();
    await this.settle();
    const hello = this.socket.sent.find((one) => one.event === 'hello');
    if (!hello) throw new Error('no hello was sent');
    hello.answer({ ok: true, value: this.welcomeOf(changes) });
    await this.settle();
  }

  welcomeOf(changes: Partial<Welcome> = {}): Welcome {
    return {
      serverTimeMs: this.serverNowMs,
      identity: this.identity,
      stock: [{ kind: 'snapshot', snapshot: { storeId: 'norde-oslo', seq: 5, levels: [testLevel(1, 3)] } }],
      session: null,
      advisor: null,
      calls: [],
      claim: null,
      ...changes,
    };
  }

  /** Moves time on and lets everything come to rest. */
  async pass(byMs: number): Promise<void> {
    this.clock.advance(byMs);
    await this.settle();
  }

  async #answerHttp(request: Request): Promise<Response> {
    const { url } = request;
    this.requests.push({ url, body: await request.json() });
    const refused = this.httpRefusal;
    if (refused === 'unreachable') throw new TypeError('Failed to fetch');
    if (refused && url.endsWith(refused.door ?? ''))
      return Response.json(refused.error, { status: refused.status });
    if (/\/(?:enrol|activate)$/.test(url)) return Response.json({ identity: this.identity });
    const expiresAtMs = this.serverNowMs + this.tokenLifeMs;
    if (url.endsWith('/challenge')) return Response.json({ nonce: 'nonce-1', expiresAtMs });
    this.#tokens += 1;
    return Promise.resolve(
      Response.json({ token: `token-${this.#tokens}`, expiresAtMs, identity: this.identity }),
    );
  }
}

/** Keys that sign by echo. */
export function testKeys(): DeviceKeys {
  let kept = false;
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
  return {
    publicKey: () => Promise.resolve(kept ? publicKey : null),
    make: () =>
      Promise.resolve({
        publicKey,
        keep: () => {
          kept = true;
          return Promise.resolve();
        },
      }),
    sign: (text) => Promise.resolve(kept ? `signed:${text}` : null),
    forget: () => {
      kept = false;
      return Promise.resolve();
    },
  };
}
