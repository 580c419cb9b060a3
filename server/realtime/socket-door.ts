import type { DefaultEventsMap, ExtendedError, Socket } from 'socket.io';
import type { Logger } from 'pino';
import { Admission, type AdmissionRate } from '../core/admission.ts';
import { refuse, type Refusal } from '../core/answers.ts';
import type { CancelTimer, Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { atDoor } from '../core/scope.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Device } from '../devices/device-registry.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import { databaseRefusal } from '../persistence/database-away.ts';
import { foreignOriginOf } from './origin.ts';

/** Connections of one device: a flapping network is far below this. */
export const connectionsPerDevice = { burst: 20, perSecond: 1 };

/** Devices let in on one node: far above what a boutique has, below what would keep the node from its work. */
const handshakes = { burst: 1_000, perSecond: 500 };

/** What the server knows of a line. */
export interface SocketData {
  device: Device;
  expiresAtMs: number;
  /** Which of the server's keys signed the token. */
  keyId: string;
  greeted: boolean;
  /** Whether this line was told that an advisor is signed in here. */
  signedIn: boolean;
  cancelExpiry: CancelTimer;
}

/** A line to a device. */
export type GatewaySocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** The door for sockets: how many come in at a time, whose token is good, from which page, and how often. */
export class SocketDoor {
  readonly #tokens: DeviceTokens;
  readonly #admits: (device: Device, origin: string | null) => boolean;
  readonly #ownOrigins: () => readonly string[];
  readonly #closing: () => Refusal | null;
  readonly #log: Logger;
  readonly #admission: Admission;
  readonly #connections: TokenBuckets;

  constructor(deps: {
    tokens: DeviceTokens;
    /** Whether a page of that origin may speak for the device; asked with null where no origin was named. */
    admits: (device: Device, origin: string | null) => boolean;
    ownOrigins: () => readonly string[];
    /** What is said to who comes while the server stops; null while it does not. */
    closing: () => Refusal | null;
    handshakeRate?: AdmissionRate | undefined;
    clock: Clock;
    random: Random;
    log: Logger;
  }) {
    this.#tokens = deps.tokens;
    this.#admits = deps.admits;
    this.#ownOrigins = deps.ownOrigins;
    this.#closing = deps.closing;
    this.#log = deps.log;
    this.#admission = new Admission(deps.clock, deps.random, deps.handshakeRate ?? handshakes);
    this.#connections = new TokenBuckets(deps.clock, connectionsPerDevice);
  }

  /** Undefined where the socket may be opened: it then knows its device. Every fault is a refusal. */
  async admit(socket: GatewaySocket): Promise<ExtendedError | undefined> {
    try {
      const refusal = await this.#refusalOf(socket);
      return refusal ? asHandshakeError(refusal) : undefined;
    } catch (fault) {
      const away = databaseRefusal(fault);
      if (away) return asHandshakeError(away);
      this.#log.error({ err: fault }, 'handshake failed');
      return asHandshakeError(refuse('internal', 'The server failed; the fault was logged.'));
    }
  }

  /** Why the socket may not be opened; null if it may, and then it knows its device. */
  async #refusalOf(socket: GatewaySocket): Promise<Refusal | null> {
    const closing = this.#closing();
    if (closing) return closing;
    // First of all: in a herd even looking at tokens is work.
    const waitMs = this.#admission.waitMs();
    if (waitMs > 0) return refuse('rate-limited', 'Many devices come at once.', { retryAfterMs: waitMs });
    const token: unknown = socket.handshake.auth['token'];
    if (typeof token !== 'string' || token.length > 4_096) {
      return refuse('unauthenticated', 'The handshake carries no token.');
    }
    const verified = await atDoor('a token says who speaks', () => this.#tokens.verify(token));
    if (!verified.ok) return verified;
    const { device, expiresAtMs, keyId } = verified.value;
    if (!this.#admits(device, foreignOriginOf(socket.handshake.headers, this.#ownOrigins()))) {
      return refuse('forbidden', 'This device may not speak from this page’s origin.');
    }
    const retryAfterMs = this.#connections.take(device.id);
    if (retryAfterMs > 0) {
      return refuse('rate-limited', 'This device connects too often.', { retryAfterMs });
    }
    socket.data = {
      device,
      expiresAtMs,
      keyId,
      greeted: false,
      signedIn: false,
      cancelExpiry: () => undefined,
    };
    return null;
  }
}

/** A refused handshake: the client reads the code as the message and the rest in `data`. */
function asHandshakeError(refusal: Refusal): ExtendedError {
  return Object.assign(new Error(refusal.error.code), { data: refusal.error });
}
