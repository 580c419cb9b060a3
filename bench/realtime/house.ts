import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TestDevice } from '../../tests/server/support/test-device.ts';
import type { HouseAsks, RevisionOf } from './asks.ts';
import { Child } from './child.ts';
import { OmsHand } from './oms-hand.ts';

/** Whose boutiques the crowd stands in. */
const maisonId = 'norde';

/** Below what one address may ask for at once, at three requests per device. */
const enrolledBetweenRefills = 15;

/** The real server in a process of its own, and what the bench does to it from outside: enrol kiosks, change the OMS. */
export class House {
  readonly #dataDir: string;
  readonly #tokens: string[] = [];
  #child: Child<HouseAsks>;
  #url = '';
  #oms: OmsHand | null = null;
  #changes = 0;
  #levels: readonly RevisionOf[] = [];

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#child = new Child(new URL('./house-child.ts', import.meta.url));
  }

  static async start(): Promise<House> {
    const house = new House(await mkdtemp(path.join(os.tmpdir(), 'vitrine-bench-')));
    try {
      await house.#open();
      return house;
    } catch (fault) {
      await house.end();
      throw fault;
    }
  }

  get url(): string {
    return this.#url;
  }

  get child(): Child<HouseAsks> {
    return this.#child;
  }

  /** Enrols kiosks until there are `count`, each with a key of its own, and gives their tokens. */
  async tokens(count: number): Promise<readonly string[]> {
    while (this.#tokens.length < count) {
      await this.#child.ask('refillLimits', null);
      const missing = Math.min(enrolledBetweenRefills, count - this.#tokens.length);
      this.#tokens.push(...(await Promise.all(Array.from({ length: missing }, () => this.#enrol()))));
    }
    return this.#tokens.slice(0, count);
  }

  /** Changes the next level in the OMS, one boutique and piece after another; resolves when the OMS has said yes. */
  async changeNext(): Promise<void> {
    const level = this.#levels[this.#changes % this.#levels.length];
    if (level) await this.#change(level);
  }

  /** Changes levels of one boutique `count` times, eight at a time. */
  async changeMany(count: number): Promise<void> {
    const levels = this.#levels.filter(({ storeId }) => storeId === this.#levels[0]?.storeId);
    const due = Iterator.from(Array.from({ length: count }, (_, index) => levels[index % levels.length]));
    const lane = async () => {
      for (const level of due) if (level) await this.#change(level);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  }

  /** The OMS's levels as they stand. */
  async truth(): Promise<readonly RevisionOf[]> {
    return (await this.#oms?.levels(maisonId)) ?? [];
  }

  /** Kills the server as a power cut would, and starts another over the same database. */
  async crashAndRestart(): Promise<void> {
    await this.#child.kill();
    this.#child = new Child(new URL('./house-child.ts', import.meta.url));
    await this.#open();
  }

  /** Ends the process and removes its data. */
  async end(): Promise<void> {
    await this.#child.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #open(): Promise<void> {
    const { url, operatorToken } = await this.#child.ask('start', { dataDir: this.#dataDir });
    this.#url = url;
    this.#oms = new OmsHand({ url, operatorToken });
    this.#levels = await this.truth();
  }

  async #enrol(): Promise<string> {
    const storeId = this.#levels[0]?.storeId ?? '';
    const { code } = await this.#child.ask('enrolmentCode', { maisonId, storeId });
    const device = await TestDevice.enrol(this.#url, 'kiosk', code);
    return (await device.token()).token;
  }

  async #change({ storeId, sku }: RevisionOf): Promise<void> {
    this.#changes += 1;
    await this.#oms?.count({ storeId, sku, onHand: this.#changes % 10 });
  }
}
