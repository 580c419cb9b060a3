import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAsks, NodeConfig } from '../../../bench/cluster/node-asks.ts';
import { Child } from '../../../bench/realtime/child.ts';

/** What a node told when it started. */
export type Desk = NodeAsks['start']['give'];

/** One node of several, each in a process and a data folder of its own, that can be killed, stopped and started again. */
export class TestNode {
  readonly #config: Omit<NodeConfig, 'dataDir'>;
  readonly #dataDir: string;
  child: Child<NodeAsks>;
  desk: Desk;

  private constructor(
    config: Omit<NodeConfig, 'dataDir'>,
    dataDir: string,
    child: Child<NodeAsks>,
    desk: Desk,
  ) {
    this.#config = config;
    this.#dataDir = dataDir;
    this.child = child;
    this.desk = desk;
  }

  /** `prepare` lays into the data folder what the node is to find there. */
  static async start(
    config: Omit<NodeConfig, 'dataDir'>,
    prepare: (dataDir: string) => Promise<void> = async () => undefined,
  ): Promise<TestNode> {
    const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-node-'));
    await prepare(dataDir);
    const child = spawnNode();
    return new TestNode(config, dataDir, child, await child.ask('start', { ...config, dataDir }));
  }

  get port(): number {
    return Number(new URL(this.desk.url).port);
  }

  /** Starts it again, on the port that it had. */
  async again(): Promise<void> {
    const { port } = this;
    this.child = spawnNode();
    this.desk = await this.child.ask('start', { ...this.#config, dataDir: this.#dataDir, port });
  }

  /** Stops it in good order, as a rollout does. */
  async close(): Promise<void> {
    await this.child.ask('stop', null);
    await this.child.kill();
  }

  async end(): Promise<void> {
    await this.child.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

function spawnNode(): Child<NodeAsks> {
  return new Child(new URL('../../../bench/cluster/node-child.ts', import.meta.url));
}
