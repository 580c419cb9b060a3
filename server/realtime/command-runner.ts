import type { Logger } from 'pino';
import {
  CommandEnvelope,
  commands,
  maxMessageBytes,
  scopeAllows,
  type Answer,
  type CommandName,
  type CommandPayload,
  type CommandReply,
  type DeviceId,
} from '../../protocol/index.ts';
import { refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { asDeed, DeedDone } from '../core/deed.ts';
import { parseWith } from '../core/parse.ts';
import { inMaison } from '../core/scope.ts';
import { codeOf } from '../core/server-fault.ts';
import { TokenBuckets } from '../core/token-bucket.ts';
import type { Device } from '../devices/device-registry.ts';
import { noMeter, type Meter } from '../ops/meter.ts';
import { databaseRefusal } from '../persistence/database-away.ts';
import type { AnswerBook } from './answer-book.ts';
import type { CommandHandlers } from './command-handlers.ts';

/** Messages of one device: a hand on a screen is far below this; a broken client is not. */
export const messagesPerDevice = { burst: 40, perSecond: 20 };

/** A command that was carried out, for who must know more than its answer. */
export interface RanCommand {
  readonly name: CommandName | null;
  readonly answer: Answer<unknown>;
}

/**
 * Takes commands from devices: form, rate, role, payload, then the first answer or the work. The commands of one device
 * run one after another, in the order in which they came.
 */
export class CommandRunner {
  readonly #handlers: CommandHandlers;
  readonly #answers: AnswerBook;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #meter: Pick<Meter, 'commandRan'>;
  readonly #buckets: TokenBuckets;
  readonly #tails = new Map<DeviceId, Promise<unknown>>();

  constructor(deps: {
    handlers: CommandHandlers;
    answers: AnswerBook;
    log: Logger;
    clock: Clock;
    meter?: Pick<Meter, 'commandRan'>;
  }) {
    this.#handlers = deps.handlers;
    this.#answers = deps.answers;
    this.#log = deps.log;
    this.#clock = deps.clock;
    this.#meter = deps.meter ?? noMeter;
    this.#buckets = new TokenBuckets(deps.clock, messagesPerDevice);
  }

  /** Milliseconds that a device must wait before its next message; 0 if it may speak. */
  waitMs(deviceId: DeviceId): number {
    return this.#buckets.take(deviceId);
  }

  /** Answers one message, whatever it is. Never throws: a fault of ours is logged and answered as `internal`. */
  async run(device: Device, message: unknown): Promise<RanCommand> {
    const fromMs = this.#clock.monotonicMs();
    const before = this.#tails.get(device.id) ?? Promise.resolve();
    const ran = before.then(() => inMaison(device.maisonId, () => this.#runGuarded(device, message)));
    this.#tails.set(device.id, ran);
    const result = await ran;
    if (this.#tails.get(device.id) === ran) this.#tails.delete(device.id);
    this.#tell(device, result, this.#clock.monotonicMs() - fromMs);
    return result;
  }

  /** Resolves when every command that was taken has been answered. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }

  #tell({ id: deviceId, role }: Device, { name, answer }: RanCommand, durationMs: number): void {
    const result = answer.ok ? 'ok' : answer.error.code;
    this.#meter.commandRan({ role, name, result, durationMs });
    this.#log.debug({ deviceId, role, name, result, ms: Math.round(durationMs) }, 'command answered');
  }

  async #runGuarded(device: Device, message: unknown): Promise<RanCommand> {
    try {
      return await this.#runOne(device, message);
    } catch (fault) {
      const away = databaseRefusal(fault);
      if (away) {
        this.#log.warn({ fault: codeOf(fault), deviceId: device.id }, 'the database does not take a command');
        return { name: null, answer: away };
      }
      this.#log.error({ err: fault, deviceId: device.id }, 'command failed');
      return { name: null, answer: refuse('internal', 'The server failed; the fault was logged.') };
    }
  }

  async #runOne(device: Device, message: unknown): Promise<RanCommand> {
    if (bytesOf(message) > maxMessageBytes) {
      const sentence = `A message holds at most ${maxMessageBytes} bytes.`;
      return { name: null, answer: refuse('too-large', sentence) };
    }
    const envelope = parseWith(CommandEnvelope, message, 'The command');
    if (!envelope.ok) return { name: null, answer: envelope };
    const { name, commandId, payload } = envelope.value;
    const roles: readonly string[] = commands[name].roles;
    const may = device.activation ? scopeAllows(device.activation.scope, name) : roles.includes(device.role);
    if (!may) {
      const who = device.activation ? 'page under this activation' : device.role;
      return { name, answer: refuse('forbidden', `A ${who} may not send ${name}.`) };
    }
    const known = await this.#answers.find(device.id, commandId, name);
    if (known) return { name, answer: known };
    try {
      const deed = this.#answers.deed(device.id, commandId, name);
      const answer = await asDeed(deed, () => this.#answer(name, { device, commandId }, payload));
      return { name, answer: await this.#answers.keep(device.id, commandId, name, answer) };
    } catch (fault) {
      if (!(fault instanceof DeedDone)) throw fault;
      // Done meanwhile, by another node or on another line: what it was answered there is the answer.
      const first = await this.#answers.find(device.id, commandId, name);
      if (!first) throw fault;
      return { name, answer: first };
    }
  }

  async #answer<Name extends CommandName>(
    name: Name,
    sender: { device: Device; commandId: string },
    raw: unknown,
  ): Promise<Answer<CommandReply<Name>>> {
    const payload = parseWith(commands[name].payload, raw, `The payload of ${name}`);
    if (!payload.ok) return payload;
    return await this.#handlers[name](sender, payload.value as CommandPayload<Name>);
  }
}

/** The size of a message as JSON. One nested so deeply that it cannot be written again is too large by any measure. */
function bytesOf(message: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(message ?? null));
  } catch (fault) {
    if (fault instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw fault;
  }
}
