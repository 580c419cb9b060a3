import type { DeviceIdentity } from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import { commands, type CommandName, type Welcome } from '../../protocol/realtime.ts';
import type { CancelTimer } from '../core/clock.ts';
import { Emitter, type Unsubscribe } from '../core/emitter.ts';
import { ValueStore } from '../core/store.ts';
import { announcedDelayMs } from './backoff.ts';
import { createDeviceDoor, type DeviceDoor } from './device-door.ts';
import { Line, type RefusedCode } from './line.ts';
import { LinkMemory } from './link-memory.ts';
import type { LinkPorts } from './link-ports.ts';
import type { Link, LinkEvents, LinkState } from './link.ts';
import { Outbox } from './outbox.ts';
import { readServerEvent, type ReadServerEvent } from './read-server-event.ts';
import { refusal } from './refusal.ts';
import { SessionFeed } from './session-feed.ts';
import { StockFeed } from './stock-feed.ts';
import { malformedFault, type SyncFault } from './sync-fault.ts';

/** A connection given up for a better one may take this long before the device calls itself offline. */
const graceMs = 3_000;
/** After a malformed message everything is read anew, but not more often than this. */
const resyncEveryMs = 30_000;
/** A token handed out for the HTTP API is good for at least this long. */
const tokenLeastMs = 30_000;

const nothing: LinkState = {
  status: { kind: 'connecting' },
  identity: null,
  stock: new Map(),
  heardAtMs: null,
  session: null,
  advisor: null,
  calls: [],
  claim: null,
  clockOffsetMs: 0,
  malformedCount: 0,
};

/** Makes the device's one line to its server, of its host's ports. It does nothing until it is started or enrolled. */
export function createLink(ports: LinkPorts): Link {
  return new DeviceLink(ports);
}

class DeviceLink implements Link {
  readonly state = new ValueStore<LinkState>(nothing);
  readonly events = new Emitter<LinkEvents>();
  readonly #ports: LinkPorts;
  readonly #door: DeviceDoor;
  readonly #line: Line;
  readonly #outbox: Outbox;
  readonly #memory: LinkMemory;
  readonly #stock: StockFeed;
  readonly #session: SessionFeed;
  #heardAtMs: number | null = null;
  #resyncedAtMs = Number.NEGATIVE_INFINITY;
  #cancelGrace: CancelTimer = () => {};
  #cancelResync: CancelTimer | null = null;
  #unsubscribeWake: Unsubscribe = () => {};
  /** Counts starts and stops, so that a start that was overtaken while it read the disk opens nothing. */
  #starts = 0;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.#door = createDeviceDoor(ports);
    this.#line = new Line(ports, this.#door, {
      hello: () => ({ stockCursors: this.#stock.cursors(), session: this.#session.cursor() }),
      welcomed: (welcome, clockOffsetMs) => this.#welcomed(welcome, clockOffsetMs),
      event: (name, payload) => this.#event(name, payload),
      heard: () => this.#heard(),
      lost: (planned) => this.#lost(planned),
      refused: (code, message) => this.#refused(code, message),
      malformed: (what, cause) => this.#malformed(malformedFault(what, cause)),
    });
    this.#outbox = new Outbox(
      ports,
      this.#line,
      (fault) => (fault.code === 'malformed-message' ? this.#malformed(fault) : this.#fault(fault)),
      (name, answer) => this.#answered(name, answer),
    );
    this.#memory = new LinkMemory(
      ports,
      () => this.#worthStoring(),
      (fault) => this.#fault(fault),
    );
    this.#stock = new StockFeed(
      async (storeId, cursor) => valueOf(await this.#outbox.send('stock.read', { storeId, cursor })),
      (stock) => {
        this.#set({ stock });
        this.#memory.saveSoon();
      },
    );
    this.#session = new SessionFeed(
      async (sessionId, seq) =>
        valueOf(await this.#outbox.send('session.read', { sessionId, seq }))?.events ?? null,
      (session) => this.#set(session && !session.closed ? { session, claim: null } : { session }),
    );
  }

  async start(): Promise<void> {
    this.#starts += 1;
    const start = this.#starts;
    this.#unsubscribeWake();
    this.#unsubscribeWake = this.#ports.onWake?.(() => this.#line.wake()) ?? (() => {});
    const { identity, stock } = await this.#memory.recall();
    if (start !== this.#starts) return;
    if (!identity) return this.#set({ status: { kind: 'unenrolled' } });
    this.#heardAtMs = stock?.heardAtMs ?? null;
    this.#set({
      identity,
      heardAtMs: this.#heardAtMs,
      clockOffsetMs: stock?.clockOffsetMs ?? 0,
      status: stock ? { kind: 'offline', sinceMs: stock.heardAtMs } : { kind: 'connecting' },
    });
    if (stock) this.#stock.reset(stock.stock);
    await this.#outbox.restore();
    if (start !== this.#starts) return;
    this.#line.open(identity.deviceId, this.state.get().clockOffsetMs);
  }

  stop(): void {
    this.#starts += 1;
    this.#unsubscribeWake();
    this.#cancelResync?.();
    this.#cancelResync = null;
    const { live } = this.#line;
    this.#line.close();
    if (live) this.#offline();
    this.#cancelGrace();
    this.#memory.rest();
    this.#memory.save();
  }

  async enrol(code: string): Promise<Answer<DeviceIdentity>> {
    const answer = await this.#door.enrol(code);
    if (!answer.ok) return answer;
    const identity = answer.value;
    // A new enrolment may be of another boutique: nothing of the earlier one is left.
    await this.#forget(refusal('unauthenticated', 'This device was enrolled anew.'), { key: false });
    await this.#memory.keepIdentity(identity);
    this.#set({ identity, status: { kind: 'connecting' } });
    this.#line.open(identity.deviceId, 0);
    return answer;
  }

  command: Link['command'] = (name, payload, { signal } = {}) => {
    const parsed = commands[name].payload.safeParse(payload);
    if (!parsed.success) return Promise.resolve(refusal('bad-request', parsed.error.message));
    const { status } = this.state.get();
    if (status.kind === 'unenrolled')
      return Promise.resolve(refusal('unauthenticated', 'This device is not enrolled.'));
    if (status.kind === 'refused') return Promise.resolve(refusal(status.code, status.message));
    return this.#outbox.send(name, parsed.data, signal);
  };

  token(): Promise<Answer<string>> {
    return this.#line.token(tokenLeastMs);
  }

  #serverNowMs(): number {
    return this.#ports.clock.nowMs() + this.state.get().clockOffsetMs;
  }

  #set(change: Partial<LinkState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }

  #worthStoring() {
    const { identity, clockOffsetMs, stock } = this.state.get();
    if (!identity || this.#heardAtMs === null) return null;
    return { heardAtMs: this.#heardAtMs, clockOffsetMs, stock };
  }

  #welcomed(welcome: Welcome, clockOffsetMs: number): void {
    this.#cancelGrace();
    const before = this.state.get();
    this.#set({
      status: { kind: 'live' },
      identity: welcome.identity,
      clockOffsetMs,
      advisor: welcome.advisor,
      calls: welcome.calls,
      claim: welcome.claim,
    });
    this.#heard();
    this.#stock.welcome(welcome.stock);
    this.#session.welcome(welcome.session);
    if (JSON.stringify(before.identity) !== JSON.stringify(welcome.identity))
      void this.#memory.keepIdentity(welcome.identity);
    this.#memory.save();
    this.#memory.watchAge();
    this.#outbox.flush();
  }

  #event(name: string, payload: unknown): void {
    const event = readServerEvent(name, payload);
    if (event) this.#take(event);
    else this.#malformed(malformedFault(name));
  }

  #take(event: ReadServerEvent): void {
    switch (event.name) {
      case 'stock.changed':
        return this.#stock.frame(event.value);
      case 'session.events':
        return this.#session.frame(event.value);
      case 'offer.claimed':
        return this.#set({ claim: event.value });
      case 'offer.ended':
        if (this.state.get().claim?.offerId === event.value.offerId) this.#set({ claim: null });
        return this.events.emit('offer-ended', event.value);
      case 'calls.changed':
        return this.#set({ calls: event.value.calls });
      case 'client.changed':
        return this.events.emit('client-changed', event.value);
      case 'sale.changed':
        return this.events.emit('sale-changed', event.value);
      case 'board.changed':
        return this.events.emit('board-changed', event.value);
      case 'client.asked':
        return this.events.emit('client-asked', event.value);
      case 'client.declined':
        return this.events.emit('client-declined', event.value);
      case 'server.closing': {
        const { reason, reconnectAfterMs } = event.value;
        if (reason === 'revoked') return void this.#revoked();
        const delayMs = announcedDelayMs(reconnectAfterMs, this.#ports.random.unit());
        this.#line.reopen(reason === 'shutdown' ? delayMs : 0);
      }
    }
  }

  #answered(name: CommandName, answer: Answer<unknown>): void {
    if (!answer.ok) return;
    // Each value was parsed by its command's schema in the outbox; parsing again gives it its type back.
    if (name === 'advisor.sign-in' || name === 'advisor.start' || name === 'passkey.sign-in')
      this.#set({ advisor: commands[name].reply.parse(answer.value).advisor });
    if (name === 'advisor.sign-out') this.#signedOut();
    if (name === 'offer.claim') this.#set({ claim: commands[name].reply.parse(answer.value) });
  }

  /** The client of the advisor who left is no business of whoever signs in next. */
  #signedOut(): void {
    this.#session.reset();
    this.#set({ advisor: null, claim: null });
  }

  #heard(): void {
    this.#heardAtMs = Math.round(this.#serverNowMs());
  }

  #lost(planned: boolean): void {
    this.#memory.rest();
    this.#cancelGrace();
    if (planned) this.#cancelGrace = this.#ports.clock.after(graceMs, () => this.#offline());
    else this.#offline();
  }

  #offline(): void {
    this.#cancelGrace();
    if (this.state.get().status.kind !== 'live') return;
    const sinceMs = this.#heardAtMs ?? Math.round(this.#serverNowMs());
    this.#set({ status: { kind: 'offline', sinceMs }, heardAtMs: sinceMs });
    this.#memory.save();
  }

  #refused(code: RefusedCode, message: string): void {
    this.#cancelGrace();
    this.#memory.rest();
    // What waits in the outbox stays there: a device that is let in again has lost nothing.
    this.#set({ status: { kind: 'refused', code, message }, heardAtMs: this.#heardAtMs });
  }

  async #revoked(): Promise<void> {
    const answer = refusal('forbidden', 'This device was taken out of service.');
    // An agency's page asks by its key whether only this browser was sent away, or the activation has ended.
    await this.#forget(answer, { key: this.#ports.role !== 'embed' });
    this.#set({ status: { kind: 'refused', code: 'forbidden', message: answer.error.message } });
  }

  /** Forgets all that was known, on screen and on disk. */
  async #forget(answer: Answer<never>, what: { readonly key: boolean }): Promise<void> {
    this.#line.close();
    this.#cancelGrace();
    this.#outbox.refuseAll(answer);
    this.#heardAtMs = null;
    this.#stock.reset(new Map());
    this.#session.reset();
    this.state.set({ ...nothing, malformedCount: this.state.get().malformedCount });
    await this.#memory.forget(what);
  }

  #malformed(fault: SyncFault): void {
    this.#set({ malformedCount: this.state.get().malformedCount + 1 });
    this.#fault(fault);
    if (this.#cancelResync) return;
    const { clock } = this.#ports;
    const waitMs = Math.max(0, this.#resyncedAtMs + resyncEveryMs - clock.monotonicMs());
    this.#cancelResync = clock.after(waitMs, () => {
      this.#cancelResync = null;
      this.#resyncedAtMs = clock.monotonicMs();
      if (this.#line.live) this.#line.reopen();
    });
  }

  #fault(fault: SyncFault): void {
    this.events.emit('fault', fault);
  }
}

function valueOf<Value>(answer: Answer<Value>): Value | null {
  return answer.ok ? answer.value : null;
}
