import { webcrypto } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import {
  answerOf,
  challengeText,
  ChallengeReply,
  commands,
  EnrolReply,
  HelloAnswer,
  protocolVersion,
  PublicKeyJwk,
  realtimePath,
  rotationText,
  serverEvents,
  TokenReply,
  type Answer,
  type CommandName,
  type CommandPayload,
  type CommandReply,
  type DeviceIdentity,
  type DeviceRole,
  type Hello,
  type ServerEvent,
  type ServerEventName,
  type Welcome,
} from '../../../protocol/index.ts';

interface Heard {
  readonly name: ServerEventName;
  readonly event: unknown;
}

interface Waiter {
  readonly name: ServerEventName;
  readonly wanted: (event: never) => boolean;
  readonly resolve: (event: unknown) => void;
}

/** Posts JSON; returns the status and the body. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** A device as a browser would be one: a key, HTTP for the token, a real socket. Every event it hears is parsed. */
export class TestDevice {
  readonly identity: DeviceIdentity;
  #keys: webcrypto.CryptoKeyPair;
  /** Sent as `Origin`, as the browser of a page on another origin would. */
  #origin: string | null = null;
  readonly #heard: Heard[] = [];
  readonly #waiters = new Set<Waiter>();
  #url: string;
  #socket: Socket | null = null;

  private constructor(url: string, identity: DeviceIdentity, keys: webcrypto.CryptoKeyPair) {
    this.#url = url;
    this.identity = identity;
    this.#keys = keys;
  }

  static async newKeys(): Promise<webcrypto.CryptoKeyPair> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  }

  /** Uses a code with a key; returns the raw HTTP answer. */
  static async tryEnrol(url: string, role: DeviceRole, code: string, keys: webcrypto.CryptoKeyPair) {
    const publicKey = await webcrypto.subtle.exportKey('jwk', keys.publicKey);
    return await post(`${url}/api/devices/enrol`, { code, role, publicKey });
  }

  static async enrol(url: string, role: DeviceRole, code: string): Promise<TestDevice> {
    const keys = await TestDevice.newKeys();
    const { body } = await TestDevice.tryEnrol(url, role, code, keys);
    return new TestDevice(url, z.parse(EnrolReply, body).identity, keys);
  }

  /** Enrols as a browser that shows an agency's page; returns the raw HTTP answer. */
  static async tryActivate(
    url: string,
    activationKey: string,
    origin: string | null,
    keys: webcrypto.CryptoKeyPair,
  ) {
    const publicKey = await webcrypto.subtle.exportKey('jwk', keys.publicKey);
    const headers = origin === null ? {} : { origin };
    return await post(`${url}/api/devices/activate`, { activationKey, publicKey }, headers);
  }

  static async activate(url: string, activationKey: string, origin: string): Promise<TestDevice> {
    const keys = await TestDevice.newKeys();
    const { body } = await TestDevice.tryActivate(url, activationKey, origin, keys);
    const device = new TestDevice(url, z.parse(EnrolReply, body).identity, keys);
    device.#origin = origin;
    return device;
  }

  /** The same device on another line: what it is when it comes back at another node before the first has noticed. */
  twin(url: string): TestDevice {
    return new TestDevice(url, this.identity, this.#keys);
  }

  /** From now on it speaks from a page of this origin; null is no browser. */
  comeFrom(origin: string | null): void {
    this.#origin = origin;
  }

  get #headers(): Record<string, string> {
    return this.#origin === null ? {} : { origin: this.#origin };
  }

  /** What a change to this key would send; `useKeys` makes it count on this side. */
  async keyChange(keys: webcrypto.CryptoKeyPair) {
    const publicKey = z.parse(PublicKeyJwk, await webcrypto.subtle.exportKey('jwk', keys.publicKey));
    const nonce = await this.challenge();
    const text = rotationText(this.id, nonce, publicKey);
    const by = async ({ privateKey }: webcrypto.CryptoKeyPair) =>
      Buffer.from(
        await webcrypto.subtle.sign(
          { name: 'ECDSA', hash: 'SHA-256' },
          privateKey,
          Buffer.from(text, 'utf8'),
        ),
      ).toString('base64url');
    const signature = await by(this.#keys);
    return { deviceId: this.id, nonce, publicKey, signature, newSignature: await by(keys) };
  }

  useKeys(keys: webcrypto.CryptoKeyPair): void {
    this.#keys = keys;
  }

  get id(): string {
    return this.identity.deviceId;
  }

  get isConnected(): boolean {
    return this.#socket?.connected ?? false;
  }

  moveTo(url: string): void {
    this.#url = url;
  }

  async challenge(): Promise<string> {
    const { body } = await post(`${this.#url}/api/devices/challenge`, { deviceId: this.id }, this.#headers);
    return z.parse(ChallengeReply, body).nonce;
  }

  async sign(nonce: string, deviceId = this.id): Promise<string> {
    const text = Buffer.from(challengeText(deviceId, nonce), 'utf8');
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    return Buffer.from(await webcrypto.subtle.sign(algorithm, this.#keys.privateKey, text)).toString(
      'base64url',
    );
  }

  async token(): Promise<TokenReply> {
    const nonce = await this.challenge();
    const signature = await this.sign(nonce);
    const { body } = await post(
      `${this.#url}/api/devices/token`,
      { deviceId: this.id, nonce, signature },
      this.#headers,
    );
    return z.parse(TokenReply, body);
  }

  /** Opens the socket with a token; resolves when it is open, rejects with what the server said. */
  async open(token?: unknown): Promise<Socket> {
    const auth = { token: token ?? (await this.token()).token };
    const socket = io(this.#url, {
      path: realtimePath,
      transports: ['websocket'],
      auth,
      reconnection: false,
      forceNew: true,
      extraHeaders: this.#headers,
    });
    this.#socket = socket;
    socket.onAny((name: string, event: unknown) => this.#hear(name, event));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }

  async hello(hello: Partial<Hello> = {}): Promise<Answer<Welcome>> {
    const message = { protocolVersion, clientVersion: 'test', stockCursors: {}, session: null, ...hello };
    return z.parse(HelloAnswer, await this.emit('hello', message));
  }

  /** Opens the socket and says hello. */
  async connect(hello: Partial<Hello> = {}): Promise<Welcome> {
    await this.open();
    const answer = await this.hello(hello);
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  }

  /** Emits anything under any name and waits for the acknowledgement. */
  async emit(name: string, ...message: unknown[]): Promise<unknown> {
    if (!this.#socket) throw new Error('not connected');
    return await this.#socket.timeout(10_000).emitWithAck(name, ...message);
  }

  /** Sends a command and parses its answer. */
  async command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    commandId: string = crypto.randomUUID(),
  ): Promise<Answer<CommandReply<Name>>> {
    const answer = await this.emit('command', { commandId, name, payload });
    return z.parse(answerOf(commands[name].reply), answer) as Answer<CommandReply<Name>>;
  }

  /** The next event of this name that is `wanted`; one already heard and not yet taken counts. */
  async next<Name extends ServerEventName>(
    name: Name,
    wanted: (event: ServerEvent<Name>) => boolean = () => true,
  ): Promise<ServerEvent<Name>> {
    const at = this.#heard.findIndex(
      (heard) => heard.name === name && wanted(heard.event as ServerEvent<Name>),
    );
    if (at >= 0) return this.#heard.splice(at, 1)[0]?.event as ServerEvent<Name>;
    return await new Promise((resolve) => {
      this.#waiters.add({ name, wanted, resolve: resolve as (event: unknown) => void });
    });
  }

  /** Events of this name that were heard and not taken. */
  untaken(name: ServerEventName): unknown[] {
    return this.#heard.filter((heard) => heard.name === name).map(({ event }) => event);
  }

  async closed(): Promise<string> {
    return await new Promise((resolve) => {
      if (!this.#socket?.connected) resolve('closed before');
      this.#socket?.once('disconnect', (reason) => resolve(reason));
    });
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = null;
  }

  #hear(rawName: string, raw: unknown): void {
    const name = rawName as ServerEventName;
    const event = z.parse(serverEvents[name], raw);
    for (const waiter of this.#waiters) {
      if (waiter.name !== name || !waiter.wanted(event as never)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(event);
      return;
    }
    this.#heard.push({ name, event });
  }
}
