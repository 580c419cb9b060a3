import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DeviceRole } from '../../protocol/device.ts';
import type { CommandId } from '../../protocol/ids.ts';
import type { KeySlot } from './device-keys.ts';
import type { LinkStorage, SavedCommand, SavedRecord } from './link-ports.ts';

interface LinkDatabase extends DBSchema {
  records: { key: SavedRecord; value: unknown };
  commands: { key: number; value: SavedCommand; indexes: { commandId: string } };
  keys: { key: 'device'; value: CryptoKeyPair };
}

/** IndexedDB of one device: what survives a reload, and its key. */
export interface IdbDevice {
  readonly storage: LinkStorage;
  readonly keySlot: KeySlot;
  close(): void;
}

/**
 * Opens the IndexedDB of one device. It is named by role and Maison, so that one browser can play a kiosk and a tablet of
 * several houses without one knowing of the other.
 */
export async function openIdbDevice(role: DeviceRole, maisonKey: string): Promise<IdbDevice> {
  const database = await openDB<LinkDatabase>(`vitrine-${role}-${maisonKey}`, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('records');
      const queue = fresh.createObjectStore('commands', { autoIncrement: true });
      queue.createIndex('commandId', 'commandId', { unique: true });
      fresh.createObjectStore('keys');
    },
  });
  return {
    storage: new IdbStorage(database),
    keySlot: {
      read: () => database.get('keys', 'device'),
      write: async (pair) => void (await database.put('keys', pair, 'device')),
      clear: () => database.delete('keys', 'device'),
    },
    close: () => database.close(),
  };
}

class IdbStorage implements LinkStorage {
  readonly #database: IDBPDatabase<LinkDatabase>;

  constructor(database: IDBPDatabase<LinkDatabase>) {
    this.#database = database;
  }

  read(record: SavedRecord): Promise<unknown> {
    return this.#database.get('records', record);
  }

  async write(record: SavedRecord, value: unknown): Promise<void> {
    await this.#database.put('records', value, record);
  }

  readCommands(): Promise<readonly unknown[]> {
    return this.#database.getAll('commands');
  }

  async keepCommand(command: SavedCommand): Promise<void> {
    await this.#database.add('commands', command);
  }

  async forgetCommand(commandId: CommandId): Promise<void> {
    const transaction = this.#database.transaction('commands', 'readwrite');
    const key = await transaction.store.index('commandId').getKey(commandId);
    if (key !== undefined) await transaction.store.delete(key);
    await transaction.done;
  }

  async clear(): Promise<void> {
    const transaction = this.#database.transaction(['records', 'commands'], 'readwrite');
    await Promise.all([
      transaction.objectStore('records').clear(),
      transaction.objectStore('commands').clear(),
      transaction.done,
    ]);
  }
}
