import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { Server, type DefaultEventsMap } from 'socket.io';
import {
  clientEvents,
  maxMessageBytes,
  realtimePath,
  type Answer,
  type DeviceRole,
  type ServerEvent,
  type ServerEventName,
  type Welcome,
} from '../../protocol/index.ts';
import { refuse, type Refusal } from '../core/answers.ts';
import type { AdmissionRate } from '../core/admission.ts';
import type { Background } from '../core/background.ts';
import { atDoor, houseWide } from '../core/scope.ts';
import type { Clock } from '../core/clock.ts';
import { Gate } from '../core/gate.ts';
import type { Random } from '../core/random.ts';
import type { Device, DeviceRegistry } from '../devices/device-registry.ts';
import type { DevicePresence } from '../devices/device-presence.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { TokenKeys } from '../devices/token-keys.ts';
import type { Http } from '../http/create-http.ts';
import { noMeter, type Meter } from '../ops/meter.ts';
import { databaseRefusal } from '../persistence/database-away.ts';
import { cut, lookEveryMs, mostWaitingBytes, waitingBytes } from './back-pressure.ts';
import type { CommandRunner } from './command-runner.ts';
import { reconnectAfterMs } from './farewell.ts';
import { onlyWebSockets } from './only-web-sockets.ts';
import { isAllowedOrigin } from './origin.ts';
import { deviceRoom } from './rooms.ts';
import { SocketDoor, type GatewaySocket, type SocketData } from './socket-door.ts';

/** Seen within this, a dead line is a dead line: Socket.IO's own defaults take three times as long. */
export const pingIntervalMs = 10_000;
export const pingTimeoutMs = 5_000;

/**
 * What the transport takes before it hangs up. Above the agreed size, so that a peer that is only a little too loud gets
 * a `too-large` answer and keeps its line.
 */
const transportMaxBytes = 4 * maxMessageBytes;

/** Lines of one device on one node: tabs, twins and those whose end nobody has noticed yet are far below. */
export const mostLinesPerDevice = 32;

/** Welcomes that are read at once: each reads several boutiques, and commands need the database too. */
const welcomes = { atOnce: 4, mostWaiting: 1_000 };

/** Says on which of these tablets there is a sign-in, one that has run out included. */
export interface SignIns {
  tablets(deviceIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Whether a command that was answered well has signed somebody in. */
export function signsIn(name: string): boolean {
  return name === 'advisor.sign-in' || name === 'advisor.start' || name === 'passkey.sign-in';
}

/** Answers `hello`; told the device and what it said. */
export type Greeter = (
  device: Device,
  message: unknown,
  joinRooms: (rooms: string[]) => void,
) => Promise<Answer<Welcome>>;

/**
 * The sockets: what may be said on one, and for how long. Knows nothing of stock or sessions; those are
 * behind the greeter and the command runner; who may open one, the door says.
 */
export class Gateway {
  readonly #io: Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
  readonly #keys: TokenKeys;
  readonly #registry: DeviceRegistry;
  readonly #signIns: SignIns;
  readonly #runner: CommandRunner;
  readonly #greet: Greeter;
  readonly #presence: DevicePresence;
  readonly #afterCommand: (device: Device, name: string) => void;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #random: Random;
  readonly #meter: Pick<Meter, 'eventSent'>;
  readonly #welcomes = new Gate(welcomes);
  #isClosing = false;

  constructor(deps: {
    http: Http;
    tokens: DeviceTokens;
    keys: TokenKeys;
    /** Whether a page of that origin may speak for the device; asked with null where no origin was named. */
    admits: (device: Device, origin: string | null) => boolean;
    /** Origins of agencies' pages, beside the server's own. */
    knowsOrigin: (origin: string) => Promise<boolean>;
    registry: DeviceRegistry;
    signIns: SignIns;
    runner: CommandRunner;
    greet: Greeter;
    /** Told which lines are open. */
    presence: DevicePresence;
    /** Called after every command that was answered well. */
    afterCommand: (device: Device, name: string) => void;
    allowedOrigins: () => readonly string[];
    handshakeRate?: AdmissionRate | undefined;
    clock: Clock;
    random: Random;
    background: Background;
    log: Logger;
    meter?: Pick<Meter, 'eventSent'>;
  }) {
    this.#keys = deps.keys;
    this.#registry = deps.registry;
    this.#signIns = deps.signIns;
    this.#runner = deps.runner;
    this.#greet = deps.greet;
    this.#presence = deps.presence;
    this.#afterCommand = deps.afterCommand;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#random = deps.random;
    this.#meter = deps.meter ?? noMeter;
    const closing = () => (this.#isClosing ? this.#closing() : null);
    const door = new SocketDoor({ ...deps, ownOrigins: deps.allowedOrigins, closing });
    this.#io = new Server(deps.http.server, {
      path: realtimePath,
      addTrailingSlash: false,
      serveClient: false,
      transports: ['websocket'],
      pingInterval: pingIntervalMs,
      pingTimeout: pingTimeoutMs,
      connectTimeout: pingIntervalMs,
      maxHttpBufferSize: transportMaxBytes,
      perMessageDeflate: false,
      allowRequest: (request: IncomingMessage, decide) => {
        const { origin } = request.headers;
        if (isAllowedOrigin(request.headers, deps.allowedOrigins())) return decide(null, true);
        deps.knowsOrigin(origin ?? '').then(
          (known) => decide(null, known),
          (fault: unknown) => {
            this.#log.error({ err: fault }, 'handshake failed');
            decide(null, false);
          },
        );
      },
    });
    this.#io.engine.use(onlyWebSockets);
    this.#io.use((socket, next) => {
      // The promise never rejects: the door turns every fault into a refusal.
      // oxlint-disable-next-line promise/no-callback-in-promise
      void door.admit(socket).then(next);
    });
    this.#io.on('connection', (socket) => this.#connected(socket));
    deps.background.every('slow-sockets', lookEveryMs, async () => this.#cutSlow());
  }

  /** Sends an event to everyone in a room. */
  emit<Name extends ServerEventName>(room: string, name: Name, event: ServerEvent<Name>): void {
    this.#meter.eventSent(name, this.#io.sockets.adapter.rooms.get(room)?.size ?? 0);
    this.#io.to(room).emit(name, event);
  }

  /** Whether anybody in a room is on this node. */
  hears(room: string): boolean {
    return this.#io.sockets.adapter.rooms.has(room);
  }

  /** Ends every connection of a device. */
  dismiss(deviceId: string, reason: 'revoked'): void {
    this.emit(deviceRoom(deviceId), 'server.closing', { reason, reconnectAfterMs: 0 });
    this.#io.in(deviceRoom(deviceId)).disconnectSockets(true);
  }

  /** Has a device come back at once, to be told anew how things stand. */
  renew(deviceId: string): void {
    this.emit(deviceRoom(deviceId), 'server.closing', { reason: 'token-expired', reconnectAfterMs: 0 });
    this.#io.in(deviceRoom(deviceId)).disconnectSockets(true);
  }

  /** Open sockets, by role. */
  get openSockets(): Map<DeviceRole, number> {
    const open = Array.from(this.#io.sockets.sockets.values(), ({ data }) => data.device.role);
    return new Map(
      Array.from(
        Map.groupBy(open, (role) => role),
        ([role, all]) => [role, all.length],
      ),
    );
  }

  /**
   * Looks at every open socket again: whether its device is welcome, and whether key and signature of its token still
   * count. Costs one query for every 500 devices, whoever changed their rights and wherever.
   */
  async recheck(): Promise<void> {
    const sockets = [...this.#io.of('/').sockets.values()];
    if (sockets.length === 0) return;
    const ids = [...new Set(sockets.map(({ data }) => data.device.id))];
    const [standing, goodKeys] = await houseWide('who is still welcome', () =>
      Promise.all([this.#registry.standing(ids), this.#keys.goodIds()]),
    );
    for (const socket of sockets) {
      const { device, keyId } = socket.data;
      const keyNumber = standing.get(device.id);
      if (keyNumber === undefined) this.#hangUp(socket, 'revoked');
      else if (keyNumber !== device.keyNumber || !goodKeys.has(keyId)) this.#hangUp(socket, 'token-expired');
    }
    await this.#recheckSignIns(sockets);
  }

  /** A sign-in that was ended while no hint of it came through: the tablet comes back, and is told so. */
  async #recheckSignIns(sockets: readonly GatewaySocket[]): Promise<void> {
    const told = sockets.filter(({ data }) => data.signedIn);
    if (told.length === 0) return;
    const ids = [...new Set(told.map(({ data }) => data.device.id))];
    const still = await houseWide('who is still signed in', () => this.#signIns.tablets(ids));
    for (const socket of told) {
      if (socket.data.signedIn && !still.has(socket.data.device.id)) this.#hangUp(socket, 'token-expired');
    }
  }

  /** Tells everyone that the server stops. What is asked from here on is asked again elsewhere, or later. */
  announceClosing(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const { sockets } = this.#io.sockets;
    for (const socket of sockets.values()) {
      const told: ServerEvent<'server.closing'> = {
        reason: 'shutdown',
        reconnectAfterMs: reconnectAfterMs(sockets.size, this.#random),
      };
      socket.emit('server.closing', told);
    }
  }

  /** Hangs up. The HTTP server is closed by its owner. */
  close(): void {
    this.announceClosing();
    this.#io.disconnectSockets(true);
    this.#io.engine.close();
  }

  #cutSlow(): void {
    for (const socket of this.#io.sockets.sockets.values()) {
      if (waitingBytes(socket) <= mostWaitingBytes) continue;
      this.#log.warn({ deviceId: socket.data.device.id }, 'a device does not read; its line was cut');
      cut(socket);
    }
  }

  /** A token opens lines as long as it lives: those that a device opened first make room. */
  #cutOldest(deviceId: string): void {
    const { rooms } = this.#io.sockets.adapter;
    const open = [...(rooms.get(deviceRoom(deviceId)) ?? [])];
    for (const id of open.slice(0, -mostLinesPerDevice)) this.#io.sockets.sockets.get(id)?.disconnect(true);
  }

  #connected(socket: GatewaySocket): void {
    const { device, expiresAtMs } = socket.data;
    void socket.join(deviceRoom(device.id));
    this.#cutOldest(device.id);
    this.#presence.arrived(device.id, socket.id);
    socket.data.cancelExpiry = this.#clock.after(expiresAtMs - this.#clock.nowMs(), () => {
      this.#hangUp(socket, 'token-expired');
    });
    socket.on('disconnect', () => {
      socket.data.cancelExpiry();
      this.#presence.left(device.id, socket.id);
    });
    socket.onAny((event: string, ...parts: unknown[]) => {
      const acknowledge = parts.at(-1);
      const answer = (value: unknown) => {
        if (typeof acknowledge === 'function') (acknowledge as (value: unknown) => void)(value);
      };
      this.#hear(socket, event, parts.length > 1 ? parts[0] : undefined).then(answer, (fault: unknown) => {
        const away = databaseRefusal(fault);
        if (away) {
          answer(away);
          return;
        }
        this.#log.error({ err: fault, deviceId: device.id }, 'message failed');
        answer(refuse('internal', 'The server failed; the fault was logged.'));
      });
    });
  }

  /** Answers whatever was said. Rights are looked up anew each time: a device may have been revoked on another node. */
  async #hear(socket: GatewaySocket, event: string, message: unknown): Promise<Answer<unknown>> {
    if (this.#isClosing) return this.#closing();
    const { device, expiresAtMs } = socket.data;
    const retryAfterMs = this.#runner.waitMs(device.id);
    if (retryAfterMs > 0) return refuse('rate-limited', 'Too many messages.', { retryAfterMs });
    if (this.#clock.nowMs() >= expiresAtMs) {
      this.#hangUp(socket, 'token-expired');
      return refuse('unauthenticated', 'The token has ended.');
    }
    const still = await atDoor('whether a device is welcome', () => this.#registry.find(device.id));
    if (!still.ok) {
      this.#hangUp(socket, 'revoked');
      return still;
    }
    if (still.value.keyNumber !== device.keyNumber) {
      this.#hangUp(socket, 'token-expired');
      return refuse('unauthenticated', 'The device speaks with another key since this token was made.');
    }
    if (event === clientEvents.hello) {
      const greet = () => this.#greet(device, message, (rooms) => void socket.join(rooms));
      const welcome = await this.#welcomes.run(greet);
      if (!welcome) {
        return refuse('rate-limited', 'Many devices wait for their welcome.', {
          retryAfterMs: reconnectAfterMs(welcomes.mostWaiting, this.#random),
        });
      }
      socket.data.greeted ||= welcome.ok;
      if (welcome.ok) socket.data.signedIn = welcome.value.advisor !== null;
      return welcome;
    }
    if (event !== clientEvents.command) return refuse('bad-request', 'There is no such event.');
    if (!socket.data.greeted) return refuse('bad-request', 'Say hello first.');
    const { name, answer } = await this.#runner.run(device, message);
    if (name && answer.ok) {
      if (signsIn(name)) socket.data.signedIn = true;
      if (name === 'advisor.sign-out') socket.data.signedIn = false;
      this.#afterCommand(device, name);
    }
    return answer;
  }

  #closing(): Refusal {
    const retryAfterMs = reconnectAfterMs(this.#io.sockets.sockets.size, this.#random);
    return refuse('rate-limited', 'This server is closing.', { retryAfterMs });
  }

  #hangUp(socket: GatewaySocket, reason: 'revoked' | 'token-expired'): void {
    const closing: ServerEvent<'server.closing'> = { reason, reconnectAfterMs: 0 };
    socket.emit('server.closing', closing);
    socket.disconnect(true);
  }
}
