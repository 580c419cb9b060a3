import type { CommandId } from '../../protocol/ids.ts';
import type { LinkStorage, SavedCommand, SavedRecord } from './link-ports.ts';

/** Storage that lasts as long as the object does: for tests, and for a host that may store nothing. */
export class MemoryStorage implements LinkStorage {
  readonly #records = new Map<SavedRecord, unknown>();
  readonly #commands = new Map<CommandId, SavedCommand>();

  read(record: SavedRecord): Promise<unknown> {
    return Promise.resolve(structuredClone(this.#records.get(record)));
  }

  write(record: SavedRecord, value: unknown): Promise<void> {
    this.#records.set(record, structuredClone(value));
    return Promise.resolve();
  }

  readCommands(): Promise<readonly unknown[]> {
    return Promise.resolve(Array.from(this.#commands.values(), (command) => structuredClone(command)));
  }

  keepCommand(command: SavedCommand): Promise<void> {
    this.#commands.set(command.commandId, structuredClone(command));
    return Promise.resolve();
  }

  forgetCommand(commandId: CommandId): Promise<void> {
    this.#commands.delete(commandId);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#records.clear();
    this.#commands.clear();
    return Promise.resolve();
  }
}
