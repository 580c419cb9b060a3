import { TestDevice } from '../../tests/server/support/test-device.ts';
import { TestNode } from '../../tests/faults/support/two-nodes.ts';
import type { CrowdAsks } from '../realtime/asks.ts';
import { Child } from '../realtime/child.ts';
import { pause } from '../realtime/host-time.ts';
import { OmsHand } from '../realtime/oms-hand.ts';
import { NotMeasured } from '../realtime/stage.ts';

const maisonId = 'norde';
const storeId = 'norde-marais';

/** Below the sockets that one device may open at once. */
const socketsPerDevice = 20;

const atOnce = 100;
const openWithinMs = 60_000;
const lostAfterMs = 20_000;
/** After the last receipt, the nodes still hear that their writes are done. */
const settleMs = 20;
const quietWithinMs = 15_000;

/** What one change cost the nodes, all together. */
export interface Change {
  readonly cpuUs: number;
  readonly delivered: number;
  /** From the request to the last receipt, in milliseconds. */
  readonly tookMs: number;
}

interface Member {
  readonly node: TestNode;
  readonly crowd: Child<CrowdAsks>;
  readonly tokens: readonly string[];
  /** Resident before the crowd came in. */
  readonly bytesBefore: number;
}

/** Nodes over one database and one Redis, each with its share of a crowd. */
export class Group {
  readonly #members: Member[] = [];
  readonly #socketsEach: number;
  #changes = 0;

  private constructor(socketsEach: number) {
    this.#socketsEach = socketsEach;
  }

  /** @param sockets over all nodes together */
  static async start(
    nodes: number,
    sockets: number,
    shared: { readonly databaseUrl: string; readonly redisUrl: string },
  ): Promise<Group> {
    const group = new Group(sockets / nodes);
    try {
      for (let index = 0; index < nodes; index += 1) {
        const node = await TestNode.start(shared);
        const crowd = new Child<CrowdAsks>(new URL('../realtime/crowd-child.ts', import.meta.url));
        group.#members.push({ node, crowd, tokens: [], bytesBefore: 0 });
        const tokens = await enrol(node, Math.ceil(group.#socketsEach / socketsPerDevice));
        const bytesBefore = await node.child.ask('memoryBytes', null);
        group.#members[index] = { node, crowd, tokens, bytesBefore };
        await group.#letIn(group.#at(index), node);
      }
      return group;
    } catch (fault) {
      await group.end();
      throw fault;
    }
  }

  /** Changes one level through the first node and waits until every socket of every node has heard of it. */
  async change(): Promise<Change> {
    for (const { crowd } of this.#members) await crowd.ask('expect', null);
    const beforeUs = await this.#cpuUs();
    const atMs = performance.now();
    await this.#countNext();
    const wish = { count: this.#socketsEach, withinMs: lostAfterMs };
    const heard = await Promise.all(this.#members.map(({ crowd }) => crowd.ask('receipts', wish)));
    const tookMs = performance.now() - atMs;
    await pause(settleMs);
    const delivered = heard.reduce((sum, { atMs: receipts }) => sum + receipts.length, 0);
    const sockets = this.#socketsEach * this.#members.length;
    if (delivered !== sockets) throw new Error(`${sockets} sockets got ${delivered} messages.`);
    return { cpuUs: (await this.#cpuUs()) - beforeUs, delivered, tookMs };
  }

  /**
   * Kills the last node while stock changes; its crowd comes in at the first. Gives what the crowd never learnt of.
   *
   * @param changes made while it is away and comes back
   */
  async killLast(changes: number): Promise<{ missed: number; observed: number }> {
    const [first, lost] = [this.#at(0), this.#at(-1)];
    await lost.node.child.kill();
    await lost.crowd.ask('cut', null);
    const changing = async () => {
      for (let count = 0; count < changes; count += 1) await this.#countNext();
    };
    await Promise.all([changing(), this.#letIn(lost, first.node)]);
    const truth = await this.#oms.levels(maisonId);
    const untilMs = performance.now() + quietWithinMs;
    for (;;) {
      const { behind } = await lost.crowd.ask('behind', { truth });
      if (behind === 0 || performance.now() > untilMs) {
        return { missed: behind, observed: changes * this.#socketsEach };
      }
      await pause(100);
    }
  }

  /** Resident memory of the first node, and by how much its crowd and the changes since then made it grow. */
  async memory(): Promise<{ bytes: number; grownBytes: number; sockets: number }> {
    const { node, bytesBefore } = this.#at(0);
    const bytes = await node.child.ask('memoryBytes', null);
    return { bytes, grownBytes: bytes - bytesBefore, sockets: this.#socketsEach };
  }

  async end(): Promise<void> {
    await Promise.all(
      this.#members.map(async ({ node, crowd }) => {
        await crowd.kill();
        await node.end();
      }),
    );
  }

  get #oms(): OmsHand {
    return new OmsHand(this.#at(0).node.desk);
  }

  #at(index: number): Member {
    const member = this.#members.at(index);
    if (!member) throw new RangeError(`There is no node ${index}.`);
    return member;
  }

  async #countNext(): Promise<void> {
    this.#changes += 1;
    await this.#oms.count({ storeId, sku: 'fjord-51.smoke', onHand: 1 + (this.#changes % 50) });
  }

  async #cpuUs(): Promise<number> {
    const each = await Promise.all(this.#members.map(({ node }) => node.child.ask('cpuUs', null)));
    return each.reduce((sum, us) => sum + us, 0);
  }

  async #letIn({ crowd, tokens }: Member, { child, desk }: TestNode): Promise<void> {
    await child.ask('refillLimits', null);
    const count = this.#socketsEach;
    const opened = await crowd.ask('open', {
      url: desk.url,
      greeting: { kind: 'device', tokens },
      count,
      atOnce,
      withinMs: openWithinMs,
    });
    if (opened.fault !== null) throw new NotMeasured(`${opened.opened} of ${count} came in: ${opened.fault}`);
  }
}

async function enrol({ child, desk }: TestNode, count: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await child.ask('refillLimits', null);
    const target = { maisonId, storeId, role: 'kiosk', name: `Mirror ${index + 1}` } as const;
    const { code } = await child.ask('enrolmentCode', target);
    const device = await TestDevice.enrol(desk.url, 'kiosk', code);
    tokens.push((await device.token()).token);
  }
  return tokens;
}
