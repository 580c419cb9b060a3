import { answerOf, type Answer } from '../../protocol/errors.ts';
import type { CommandId } from '../../protocol/ids.ts';
import {
  clientEvents,
  commands,
  type CommandEnvelope,
  type CommandName,
  type CommandReply,
} from '../../protocol/realtime.ts';
import type { CancelTimer } from '../core/clock.ts';
import { commandPolicies } from './command-policy.ts';
import type { Acknowledged } from './line.ts';
import type { LinkPorts, SavedCommand } from './link-ports.ts';
import { refusal } from './refusal.ts';
import { readCommand } from './saved-records.ts';
import { malformedFault, storageFault, type SyncFault } from './sync-fault.ts';

const rateLimitPauseMs = 1_000;

/** A command on its way, with who waits for it; after a reload nobody does. */
interface Waiting {
  readonly commandId: CommandId;
  readonly name: CommandName;
  readonly payload: unknown;
  readonly madeAtMs: number;
  readonly settle: (answer: Answer<unknown>) => void;
  readonly cancelAge: CancelTimer;
  readonly signal: AbortSignal | undefined;
  sending: boolean;
}

/** What the outbox needs of the line. */
export interface OutboxLine {
  readonly live: boolean;
  request(event: string, payload: unknown): Promise<Acknowledged>;
}

/**
 * Commands until they are answered: sent in their order, one after another, and again under the same id after the line
 * was lost. Those of policy `disk` outlive a reload. Reads go past the queue.
 */
export class Outbox {
  readonly #ports: Pick<LinkPorts, 'clock' | 'random' | 'storage'>;
  readonly #line: OutboxLine;
  readonly #report: (fault: SyncFault) => void;
  readonly #answered: (name: CommandName, answer: Answer<unknown>) => void;
  #waiting: Waiting[] = [];

  constructor(
    ports: Pick<LinkPorts, 'clock' | 'random' | 'storage'>,
    line: OutboxLine,
    report: (fault: SyncFault) => void,
    answered: (name: CommandName, answer: Answer<unknown>) => void,
  ) {
    this.#ports = ports;
    this.#line = line;
    this.#report = report;
    this.#answered = answered;
  }

  /** Takes up what an earlier page left behind. */
  async restore(): Promise<void> {
    for (const one of await this.#stored()) {
      const command = readCommand(one);
      if (command) this.#enqueue(command, () => {});
      else this.#report(malformedFault('stored command'));
    }
    this.flush();
  }

  async #stored(): Promise<readonly unknown[]> {
    try {
      return await this.#ports.storage.readCommands();
    } catch (cause) {
      // A disk that cannot be read must not keep the device from its server.
      this.#report(storageFault('read the commands it had kept', cause));
      return [];
    }
  }

  /**
   * Sends a command, now or as soon as the line is live. Its payload has been parsed by whoever made it. After `signal`
   * has aborted it is not sent any more.
   */
  async send<Name extends CommandName>(
    name: Name,
    payload: unknown,
    signal?: AbortSignal,
  ): Promise<Answer<CommandReply<Name>>> {
    const { clock, random, storage } = this.#ports;
    const command = { commandId: random.id(), name, payload, madeAtMs: clock.nowMs() };
    const answer = new Promise<Answer<unknown>>((resolve) => this.#enqueue(command, resolve, signal));
    if (commandPolicies[name].keep === 'disk') await this.#keep(storage, command);
    this.flush();
    // The answer was parsed by this command's own schema before it was settled.
    return answer as Promise<Answer<CommandReply<Name>>>;
  }

  /** Sends what waits, if the line is live. */
  flush(): void {
    if (!this.#line.live) return;
    const queue = this.#waiting.filter((one) => commandPolicies[one.name].keep !== 'read');
    const [first] = queue;
    if (first && !queue.some((one) => one.sending)) void this.#transmit(first);
    for (const one of this.#waiting)
      if (commandPolicies[one.name].keep === 'read' && !one.sending) void this.#transmit(one);
  }

  /** Gives everything up, with one answer for all. */
  refuseAll(answer: Answer<never>): void {
    for (const one of Array.from(this.#waiting)) this.#settle(one, answer);
  }

  async #keep(storage: LinkPorts['storage'], command: SavedCommand): Promise<void> {
    try {
      await storage.keepCommand(command);
    } catch (cause) {
      this.#report(storageFault('keep a command for later', cause));
    }
  }

  #enqueue(
    command: Pick<Waiting, 'commandId' | 'name' | 'payload' | 'madeAtMs'>,
    settle: Waiting['settle'],
    signal?: AbortSignal,
  ): void {
    const { clock } = this.#ports;
    const leftMs = commandPolicies[command.name].maxAgeMs - (clock.nowMs() - command.madeAtMs);
    const one: Waiting = {
      ...command,
      settle,
      signal,
      sending: false,
      cancelAge: clock.after(Math.max(0, leftMs), () => this.#giveUp(one)),
    };
    this.#waiting.push(one);
    if (signal?.aborted) this.#giveUp(one);
    else signal?.addEventListener('abort', () => this.#giveUp(one), { once: true });
  }

  #giveUp(one: Waiting): void {
    if (!this.#waiting.includes(one)) return;
    // What is on the wire may have been done: its answer, or the loss of the line, decides.
    if (!one.sending)
      this.#settle(one, refusal('unreachable', `"${one.name}" did not reach the server in time.`));
  }

  #isGivenUp(one: Waiting): boolean {
    if (one.signal?.aborted) return true;
    return this.#ports.clock.nowMs() - one.madeAtMs >= commandPolicies[one.name].maxAgeMs;
  }

  async #transmit(one: Waiting): Promise<void> {
    one.sending = true;
    const envelope: CommandEnvelope = { commandId: one.commandId, name: one.name, payload: one.payload };
    const reply = await this.#line.request(clientEvents.command, envelope);
    one.sending = false;
    if (!this.#waiting.includes(one)) return;
    if (reply.kind === 'none') {
      if (this.#isGivenUp(one)) this.#giveUp(one);
      return this.flush();
    }
    const answer = this.#read(one, reply.answer);
    if (!answer.ok && answer.error.code === 'rate-limited' && commandPolicies[one.name].keep !== 'memory') {
      one.sending = true;
      this.#ports.clock.after(answer.error.retryAfterMs ?? rateLimitPauseMs, () => {
        one.sending = false;
        if (this.#isGivenUp(one)) this.#giveUp(one);
        this.flush();
      });
      return;
    }
    this.#settle(one, answer);
    this.flush();
  }

  #read(one: Waiting, received: unknown): Answer<unknown> {
    const parsed = answerOf(commands[one.name].reply).safeParse(received);
    if (parsed.success) return parsed.data;
    this.#report(malformedFault(`answer to ${one.name}`, parsed.error));
    return refusal('internal', 'The server answered in a form that this device does not know.');
  }

  #settle(one: Waiting, answer: Answer<unknown>): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
    one.cancelAge();
    if (commandPolicies[one.name].keep === 'disk')
      this.#ports.storage.forgetCommand(one.commandId).catch((cause: unknown) => {
        this.#report(storageFault('forget an answered command', cause));
      });
    this.#answered(one.name, answer);
    one.settle(answer);
  }
}
