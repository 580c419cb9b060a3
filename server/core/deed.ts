import { AsyncLocalStorage } from 'node:async_hooks';
import type { Answer } from '../../protocol/index.ts';
import type { Tx } from '../persistence/database.ts';

/** What a device asked for under one id, which happens once however often and wherever it is sent. */
export interface Deed {
  /**
   * Writes the answer in the transaction of what is done.
   *
   * @throws {DeedDone} where it was answered meanwhile: the transaction does nothing
   */
  settle(tx: Tx, answer: Answer<unknown>): Promise<void>;
}

/** The same command was carried out meanwhile, by another node or on another line: what is done here must not happen. */
export class DeedDone extends Error {
  readonly code = 'deed-done';

  constructor() {
    super('This command was carried out before.');
    this.name = 'DeedDone';
  }
}

const storage = new AsyncLocalStorage<Deed>();

/** Runs `work` as one deed. */
export function asDeed<Value>(deed: Deed, work: () => Value): Value {
  return storage.run(deed, work);
}

/**
 * Called at the end of a transaction with what its command will be answered: both are committed, or neither is. Where no device's
 * command runs (a phone's page, the server's own tidying) there is nobody to be answered, and nothing is written.
 */
export async function settleDeed(tx: Tx, answer: Answer<unknown>): Promise<void> {
  await storage.getStore()?.settle(tx, answer);
}
