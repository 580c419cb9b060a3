import type { DeviceIdentity } from '../../protocol/device.ts';
import type { CancelTimer } from '../core/clock.ts';
import type { LinkPorts } from './link-ports.ts';
import { readIdentity, readStock, savedStock, type ReadStock } from './saved-records.ts';
import { storageFault, type SyncFault } from './sync-fault.ts';

/** Stock is stored this long after it changed, and its age this often while it does not. */
const saveAfterMs = 1_000;
const saveAgeEveryMs = 10_000;

/** What a device remembers of its last page. */
export interface Remembered {
  readonly identity: DeviceIdentity | null;
  readonly stock: ReadStock | null;
}

/**
 * Keeps who the device is and the last stock with its age, so that a page opened offline can say both. Storage that fails
 * is reported and costs nothing but the next reload.
 */
export class LinkMemory {
  readonly #ports: Pick<LinkPorts, 'clock' | 'storage' | 'keys'>;
  readonly #report: (fault: SyncFault) => void;
  readonly #present: () => ReadStock | null;
  #cancelSave: CancelTimer | null = null;
  #cancelAge: CancelTimer = () => {};

  /** `present` is asked for what is known at the time of storing; null where there is nothing worth it. */
  constructor(
    ports: Pick<LinkPorts, 'clock' | 'storage' | 'keys'>,
    present: () => ReadStock | null,
    report: (fault: SyncFault) => void,
  ) {
    this.#ports = ports;
    this.#present = present;
    this.#report = report;
  }

  /** Reads what an earlier page stored. */
  async recall(): Promise<Remembered> {
    const { storage } = this.#ports;
    try {
      const identity = readIdentity(await storage.read('identity'));
      return { identity, stock: identity ? readStock(await storage.read('stock')) : null };
    } catch (cause) {
      this.#report(storageFault('read what it had stored', cause));
      return { identity: null, stock: null };
    }
  }

  async keepIdentity(identity: DeviceIdentity): Promise<void> {
    await this.#attempt('keep who it is', this.#ports.storage.write('identity', identity));
  }

  /** Stores the stock soon; several changes in a row are stored once. */
  saveSoon(): void {
    this.#cancelSave ??= this.#ports.clock.after(saveAfterMs, () => {
      this.#cancelSave = null;
      this.save();
    });
  }

  /** Stores the age of the stock again and again, while the line is live. */
  watchAge(): void {
    this.#cancelAge();
    this.#cancelAge = this.#ports.clock.after(saveAgeEveryMs, () => {
      this.save();
      this.watchAge();
    });
  }

  save(): void {
    const present = this.#present();
    if (present)
      void this.#attempt('store the stock it knows', this.#ports.storage.write('stock', savedStock(present)));
  }

  /** Stops storing by itself. */
  rest(): void {
    this.#cancelAge();
    this.#cancelSave?.();
    this.#cancelSave = null;
  }

  /** Forgets identity, stock and every waiting command; the key as well where `key` says so. */
  async forget({ key }: { readonly key: boolean }): Promise<void> {
    this.rest();
    await this.#attempt('forget its stock', this.#ports.storage.clear());
    if (key) await this.#attempt('forget its key', this.#ports.keys.forget());
  }

  async #attempt(doing: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (cause) {
      this.#report(storageFault(doing, cause));
    }
  }
}
