import { protocolVersion } from '../../protocol/version.ts';
import type { Answer, WireError } from '../../protocol/errors.ts';
import type { DeviceId } from '../../protocol/ids.ts';
import {
  clientEvents,
  HelloAnswer,
  realtimePath,
  type Hello,
  type Welcome,
} from '../../protocol/realtime.ts';
import type { CancelTimer } from '../core/clock.ts';
import { backoffMs } from './backoff.ts';
import type { DeviceDoor } from './device-door.ts';
import type { LinkPorts, LinkSocket } from './link-ports.ts';
import { readRefusal, refusal } from './refusal.ts';

/** From the first request for a token to the server's welcome. */
const attemptTimeoutMs = 15_000;
/** A live server acknowledges within this time; otherwise the line is taken for half open. */
const answerTimeoutMs = 8_000;
/** A timer that is later than this was held up by the page itself, not by the line. */
const stallMs = 1_000;
/** A refused device asks again after this time: the server may have been replaced, the device let in again. */
const refusedRetryMs = 60_000;
/** A token is renewed this long before its end, or after four fifths of a very short life. */
const renewalMarginMs = 60_000;
/** Events that may come before the welcome and are kept until then. */
const earlyEvents = 1_000;

/** Refusals that a new connection does not cure by itself. */
export type RefusedCode = 'forbidden' | 'unsupported-version' | 'unauthenticated';

/** What the line tells its owner. */
export interface LineHandlers {
  /** What to say on a new connection. */
  hello(): Pick<Hello, 'stockCursors' | 'session'>;
  welcomed(welcome: Welcome, clockOffsetMs: number): void;
  event(name: string, payload: unknown): void;
  heard(): void;
  /** The line was live and is not. `planned`: it was given up for a better one, which is being opened. */
  lost(planned: boolean): void;
  refused(code: RefusedCode, message: string): void;
  malformed(what: string, cause: unknown): void;
}

/** An acknowledgement, still unknown, or none: the line was lost, and an answer may never come. */
export type Acknowledged = { readonly kind: 'answer'; readonly answer: unknown } | { readonly kind: 'none' };

/**
 * Keeps one authenticated connection open: token, socket, hello, welcome; after a loss it tries again, later each time.
 * Each attempt has its generation, and whatever comes from an earlier one is not heard.
 */
export class Line {
  readonly #ports: LinkPorts;
  readonly #door: DeviceDoor;
  readonly #handlers: LineHandlers;
  readonly #unanswered = new Set<() => void>();
  #deviceId: DeviceId | null = null;
  #generation = 0;
  #failures = 0;
  #live = false;
  #socket: LinkSocket | null = null;
  #early: { readonly name: string; readonly payload: unknown }[] = [];
  #token: { readonly text: string; readonly endsAtMs: number } | null = null;
  #clockOffsetMs = 0;
  #timers: CancelTimer[] = [];

  constructor(ports: LinkPorts, door: DeviceDoor, handlers: LineHandlers) {
    this.#ports = ports;
    this.#door = door;
    this.#handlers = handlers;
  }

  get live(): boolean {
    return this.#live;
  }

  /** Opens the line of a device. `clockOffsetMs` is what was last known of the server's clock. */
  open(deviceId: DeviceId, clockOffsetMs: number): void {
    this.close();
    this.#deviceId = deviceId;
    this.#clockOffsetMs = clockOffsetMs;
    this.#failures = 0;
    this.#attempt();
  }

  /** Closes for good, until `open`. */
  close(): void {
    this.#deviceId = null;
    this.#token = null;
    this.#drop();
  }

  /** Gives the present connection up for a new one, which reads everything that may have been missed. */
  reopen(delayMs = 0): void {
    if (this.#deviceId === null) return;
    const wasLive = this.#live;
    this.#drop();
    if (wasLive) this.#handlers.lost(true);
    this.#later(delayMs, () => this.#attempt());
  }

  /** Cuts a wait for the next attempt short. */
  wake(): void {
    if (this.#deviceId === null || this.#socket) return;
    this.#failures = 0;
    this.#attempt();
  }

  /** Sends one event on a live line and waits for its acknowledgement. */
  request(event: string, payload: unknown): Promise<Acknowledged> {
    const socket = this.#socket;
    return this.#live && socket ? this.#send(socket, event, payload) : Promise.resolve({ kind: 'none' });
  }

  /** A token that is good for `leastMs` more: the present one, or a new one. */
  async token(leastMs: number): Promise<Answer<string>> {
    const known = this.#token;
    const serverNowMs = this.#ports.clock.nowMs() + this.#clockOffsetMs;
    if (known && known.endsAtMs - serverNowMs > leastMs) return { ok: true, value: known.text };
    if (this.#deviceId === null) return refusal('unauthenticated', 'This device is not enrolled.');
    const reply = await this.#door.token(this.#deviceId);
    return reply.ok ? { ok: true, value: reply.value.token } : reply;
  }

  #attempt(): void {
    const deviceId = this.#deviceId;
    this.#drop();
    if (deviceId === null) return;
    const generation = this.#generation;
    this.#later(attemptTimeoutMs, () => this.#failed());
    this.#connect(deviceId, generation).catch((cause: unknown) => {
      if (generation !== this.#generation) return;
      this.#handlers.malformed('token', cause);
      this.#failed();
    });
  }

  async #connect(deviceId: DeviceId, generation: number): Promise<void> {
    const mine = () => generation === this.#generation;
    // Each connection gets its own token, so that a revoked device is refused here and not when its old token ends.
    const reply = await this.#door.token(deviceId);
    if (!mine()) return;
    if (!reply.ok) return this.#refusedOrFailed(reply.error);
    this.#token = { text: reply.value.token, endsAtMs: reply.value.expiresAtMs };
    const address = { url: this.#ports.serverUrl, path: realtimePath, token: reply.value.token };
    this.#socket = this.#ports.openSocket(address, {
      opened: () => mine() && void this.#greet(generation),
      refused: (data) => mine() && this.#refusedOrFailed(readRefusal(data)),
      closed: () => mine() && this.#failed(),
      heard: () => mine() && this.#handlers.heard(),
      event: (name, payload) => mine() && this.#event(name, payload),
    });
  }

  async #greet(generation: number): Promise<void> {
    const socket = this.#socket;
    if (!socket) return;
    const { clock, clientVersion } = this.#ports;
    const sentAtMs = clock.nowMs();
    const hello: Hello = { protocolVersion, clientVersion, ...this.#handlers.hello() };
    const reply = await this.#send(socket, clientEvents.hello, hello);
    if (generation !== this.#generation || reply.kind === 'none') return;
    const parsed = HelloAnswer.safeParse(reply.answer);
    if (!parsed.success) {
      this.#handlers.malformed('welcome', parsed.error);
      return this.#failed();
    }
    if (!parsed.data.ok) return this.#refusedOrFailed(parsed.data.error);
    const welcome = parsed.data.value;
    // Times on the wire are whole milliseconds, and every one that is said from here on is reckoned with this offset.
    const halfTripMs = Math.round((clock.nowMs() - sentAtMs) / 2);
    this.#welcomed(welcome, welcome.serverTimeMs + halfTripMs - clock.nowMs());
  }

  #welcomed(welcome: Welcome, clockOffsetMs: number): void {
    this.#clockOffsetMs = clockOffsetMs;
    this.#failures = 0;
    this.#live = true;
    this.#cancelTimers();
    if (this.#token) {
      const leftMs = this.#token.endsAtMs - (this.#ports.clock.nowMs() + clockOffsetMs);
      this.#later(Math.max(leftMs - renewalMarginMs, leftMs * 0.8, 1_000), () => this.reopen());
    }
    this.#handlers.welcomed(welcome, clockOffsetMs);
    const early = this.#early;
    this.#early = [];
    for (const { name, payload } of early) this.#handlers.event(name, payload);
  }

  /** What comes between joining the boutique and the welcome is heard after the welcome, or it would be a gap. */
  #event(name: string, payload: unknown): void {
    if (this.#live) this.#handlers.event(name, payload);
    else if (this.#early.length < earlyEvents) this.#early.push({ name, payload });
  }

  #send(socket: LinkSocket, event: string, payload: unknown): Promise<Acknowledged> {
    return new Promise((resolve) => {
      let cancel: CancelTimer = () => {};
      const settle = (reply: Acknowledged) => {
        cancel();
        this.#unanswered.delete(lost);
        resolve(reply);
      };
      const lost = () => settle({ kind: 'none' });
      this.#unanswered.add(lost);
      const { clock } = this.#ports;
      const dueMs = clock.monotonicMs() + answerTimeoutMs;
      cancel = clock.after(answerTimeoutMs, () => {
        // After a stall of this page the timer comes before the answer that has long been there.
        if (clock.monotonicMs() <= dueMs + stallMs) this.#failed();
        else cancel = clock.after(stallMs, () => this.#failed());
      });
      socket.send(event, payload, (answer) => settle({ kind: 'answer', answer }));
    });
  }

  #refusedOrFailed(error: WireError | undefined): void {
    const code = error?.code === 'not-found' ? 'unauthenticated' : error?.code;
    if (error && (code === 'forbidden' || code === 'unsupported-version' || code === 'unauthenticated')) {
      this.#drop();
      this.#handlers.refused(code, error.message);
      this.#later(refusedRetryMs * (1 + this.#ports.random.unit()), () => this.#attempt());
    } else this.#failed(error?.retryAfterMs);
  }

  #failed(retryAfterMs = 0): void {
    const wasLive = this.#live;
    this.#drop();
    this.#failures += 1;
    if (wasLive) this.#handlers.lost(false);
    const delayMs = backoffMs(this.#failures, this.#ports.random.unit());
    this.#later(Math.max(retryAfterMs, delayMs), () => this.#attempt());
  }

  #drop(): void {
    this.#generation += 1;
    this.#live = false;
    this.#early = [];
    this.#cancelTimers();
    this.#socket?.close();
    this.#socket = null;
    for (const lost of Array.from(this.#unanswered)) lost();
  }

  #later(delayMs: number, run: () => void): void {
    this.#timers.push(this.#ports.clock.after(delayMs, run));
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers.splice(0)) cancel();
  }
}
