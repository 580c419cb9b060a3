import * as z from 'zod/mini';
import {
  answerOf,
  type Answer,
  type CommandId,
  type CommandName,
  type DeviceId,
} from '../../protocol/index.ts';
import type { Clock } from '../core/clock.ts';
import { refuse } from '../core/answers.ts';
import { DeedDone, type Deed } from '../core/deed.ts';
import type { Database, Queries } from '../persistence/database.ts';

/**
 * Where a command's answer is kept for whoever sends it again. `nowhere`: it only reads, and is simply read again.
 * `in-memory`: the answer holds a secret that must not be written down; after a restart it is done anew, which harms
 * nothing.
 */
type Keeping = 'stored' | 'in-memory' | 'nowhere';

const keepings: Readonly<Record<CommandName, Keeping>> = {
  'stock.read': 'nowhere',
  'stock.elsewhere': 'nowhere',
  'session.read': 'nowhere',
  'advisor.list': 'nowhere',
  'advisor.visits': 'nowhere',
  'device.report': 'nowhere',
  'offer.open': 'in-memory',
  'offer.cancel': 'stored',
  'offer.confirm': 'stored',
  'offer.decline': 'stored',
  'offer.claim': 'stored',
  'advisor.sign-in': 'stored',
  'advisor.start': 'stored',
  'advisor.change-pin': 'stored',
  'advisor.sign-out': 'stored',
  // A challenge is a secret of the moment, and each is put only once.
  'passkey.ask': 'in-memory',
  'passkey.sign-in': 'stored',
  'passkey.list': 'nowhere',
  'passkey.invite': 'in-memory',
  'passkey.make': 'stored',
  'passkey.remove': 'stored',
  'session.wear': 'stored',
  'session.keep': 'stored',
  'session.share-measure': 'stored',
  'session.lead': 'stored',
  'session.tell': 'stored',
  'session.point': 'stored',
  'session.propose': 'stored',
  'session.answer': 'stored',
  'call.go': 'stored',
  'call.leave': 'stored',
  'call.pass': 'stored',
  'session.close': 'stored',
  'client.read': 'nowhere',
  'client.ask': 'stored',
  'client.decline': 'stored',
  'client.consent': 'stored',
  'client.withdraw': 'stored',
  'client.erase': 'stored',
  'client.invite': 'in-memory',
  'sale.read': 'nowhere',
  'sale.board': 'nowhere',
  'run.ask': 'stored',
  'run.move': 'stored',
  'transfer.ask': 'stored',
  'collection.reserve': 'stored',
  'collection.end': 'stored',
  'appointment.slots': 'nowhere',
  'appointment.book': 'stored',
  'appointment.move': 'stored',
  'appointment.cancel': 'stored',
  'appointment.mark': 'in-memory',
  'wish-list.open': 'nowhere',
  'wish-list.show': 'nowhere',
  'order.prepare': 'stored',
  'order.place': 'stored',
  'session.conclude': 'stored',
  'follow-up.list': 'nowhere',
  'follow-up.change': 'stored',
  // Who a client is, is asked of the house anew and written down nowhere.
  'follow-up.client': 'nowhere',
  'hold.place': 'stored',
  'hold.release': 'stored',
};

/** How long an answer that is not written down can be had again; a written one as long as its Maison keeps it. */
export const answerLifetimeMs = 24 * 3_600_000;

/** Answers of one device that are kept in memory: more than its outbox holds, and no way to fill a server's memory. */
export const mostInMemory = 200;

/** Refusals of a moment: the same command may be answered differently a second later. */
const passing: ReadonlySet<string> = new Set([
  'rate-limited',
  'internal',
  'oms-unavailable',
  'unauthenticated',
]);

const StoredAnswer = answerOf(z.unknown());

interface HeldAnswer {
  readonly name: CommandName;
  readonly answer: Answer<unknown>;
  readonly atMs: number;
}

/** The first answer to every command, for those who did not hear it. */
export class AnswerBook {
  readonly #database: Database;
  readonly #clock: Clock;
  /** By device and command; the oldest first. */
  readonly #inMemory = new Map<DeviceId, Map<CommandId, HeldAnswer>>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The answer given before, if there is one. The same id for another command is refused. */
  async find(deviceId: DeviceId, commandId: CommandId, name: CommandName): Promise<Answer<unknown> | null> {
    const held = this.#inMemory.get(deviceId)?.get(commandId);
    if (held?.name === name) return held.answer;
    const row = await this.#database.db
      .selectFrom('command_answers')
      .select(['name', 'answer'])
      .where('device_id', '=', deviceId)
      .where('command_id', '=', commandId)
      .executeTakeFirst();
    if (held || (row && row.name !== name)) {
      return refuse('conflict', 'This command id was used for another command.');
    }
    return row ? z.parse(StoredAnswer, JSON.parse(row.answer)) : null;
  }

  /** Keeps an answer, and gives the one that stands: where the command was answered meanwhile elsewhere, that. */
  async keep(
    deviceId: DeviceId,
    commandId: CommandId,
    name: CommandName,
    answer: Answer<unknown>,
  ): Promise<Answer<unknown>> {
    if (keepings[name] === 'nowhere' || (!answer.ok && passing.has(answer.error.code))) return answer;
    if (keepings[name] === 'in-memory') {
      this.#hold(deviceId, commandId, { name, answer, atMs: this.#clock.nowMs() });
      return answer;
    }
    if (await this.#write(this.#database.db, deviceId, commandId, name, answer)) return answer;
    return (await this.find(deviceId, commandId, name)) ?? answer;
  }

  /**
   * A command as one deed. What adds something each time that it is done writes its answer in its own transaction (`settleDeed`), so that it
   * is done once whichever node it is sent to, and however late a first try ends. All others change a state that only one try can
   * change, or are known by their id (`hold.place`).
   */
  deed(deviceId: DeviceId, commandId: CommandId, name: CommandName): Deed {
    return {
      settle: async (tx, answer) => {
        if (!(await this.#write(tx, deviceId, commandId, name, answer))) throw new DeedDone();
      },
    };
  }

  /** Writes the first answer; false where there is one. */
  async #write(
    db: Queries,
    deviceId: DeviceId,
    commandId: CommandId,
    name: CommandName,
    answer: Answer<unknown>,
  ): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('command_answers')
      .values({
        device_id: deviceId,
        command_id: commandId,
        name,
        answer: JSON.stringify(answer),
        answered_at_ms: this.#clock.nowMs(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Forgets answers in memory that nobody asks for any more. */
  prune(): void {
    const beforeMs = this.#clock.nowMs() - answerLifetimeMs;
    for (const [deviceId, ofDevice] of this.#inMemory) {
      for (const [commandId, { atMs }] of ofDevice) if (atMs < beforeMs) ofDevice.delete(commandId);
      if (ofDevice.size === 0) this.#inMemory.delete(deviceId);
    }
  }

  #hold(deviceId: DeviceId, commandId: CommandId, held: HeldAnswer): void {
    const ofDevice = this.#inMemory.get(deviceId) ?? new Map<CommandId, HeldAnswer>();
    this.#inMemory.set(deviceId, ofDevice);
    ofDevice.set(commandId, held);
    const [oldest] = ofDevice.keys();
    if (oldest !== undefined && ofDevice.size > mostInMemory) ofDevice.delete(oldest);
  }
}
