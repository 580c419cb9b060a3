import type { BareAsks, CrowdAsks, Greeting, Opened } from './asks.ts';
import { Child } from './child.ts';
import { hostMs } from './host-time.ts';
import type { House } from './house.ts';

/** Sockets of one kiosk: within what the server lets one device open at once. */
const socketsPerDevice = 20;

/** Handshakes under way at the same time. */
const atOnce = 100;

/** How long a crowd may take to come in, in milliseconds. */
const openWithinMs = 45_000;

/** Says that this host could not do what was to be measured. The row says so; nothing else is wrong. */
export class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
}

/**
 * The two servers and a crowd of the same size at each, every one of the four in a process of its own. Nothing is let in
 * after `deadlineMs` (host time).
 */
export class Stage {
  readonly sockets: number;
  readonly house: House;
  readonly bare: Child<BareAsks>;
  readonly ourCrowd: Child<CrowdAsks>;
  readonly bareCrowd: Child<CrowdAsks>;
  /** A message that was fanned out, for the reference to send where ours cannot be overheard. */
  newestText = '';
  readonly #deadlineMs: number;
  #bareUrl = '';

  constructor(house: House, sockets: number, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.house = house;
    this.sockets = sockets;
    this.bare = new Child(new URL('./bare-child.ts', import.meta.url));
    this.ourCrowd = new Child(new URL('./crowd-child.ts', import.meta.url));
    this.bareCrowd = new Child(new URL('./crowd-child.ts', import.meta.url));
  }

  /** Opens both crowds for the first time. */
  async open(): Promise<void> {
    this.#bareUrl = (await this.bare.ask('start', null)).url;
    await this.openOurs();
    await this.openBare();
  }

  /**
   * Lets our crowd in, for the first time or again.
   *
   * @throws {NotMeasured} where not all came in
   */
  async openOurs(): Promise<Opened> {
    const { house, sockets } = this;
    const tokens = await house.tokens(Math.ceil(sockets / socketsPerDevice));
    await house.child.ask('refillLimits', null);
    return await this.#letIn(this.ourCrowd, house.url, { kind: 'device', tokens });
  }

  /**
   * Lets the reference's crowd in, for the first time or again.
   *
   * @throws {NotMeasured} where not all came in
   */
  async openBare(): Promise<Opened> {
    return await this.#letIn(this.bareCrowd, this.#bareUrl, { kind: 'none' });
  }

  /** Ends the crowds and the reference; the house goes on. */
  async end(): Promise<void> {
    await Promise.all([this.bare.kill(), this.ourCrowd.kill(), this.bareCrowd.kill()]);
  }

  async #letIn(crowd: Child<CrowdAsks>, url: string, greeting: Greeting): Promise<Opened> {
    const withinMs = Math.min(openWithinMs, this.#deadlineMs - hostMs());
    const wish = { url, greeting, count: this.sockets, atOnce, withinMs };
    const opened = await crowd.ask('open', wish);
    if (opened.fault === null) return opened;
    throw new NotMeasured(`${opened.opened} of ${this.sockets} sockets came in: ${opened.fault}`);
  }
}
