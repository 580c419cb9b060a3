import {
  openRuns,
  type Answer,
  type CommandId,
  type CommandPayload,
  type Run,
  type SessionId,
  type Sku,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Tx } from '../persistence/database.ts';
import { lockOpenSession, sessionEnded } from '../sessions/session-writer.ts';
import { longestSessionMs } from '../sessions/sessions.ts';
import type { SaleReader } from './sale-reader.ts';
import type { SaleStepRow, SaleSteps } from './sale-steps.ts';
import { bodyOf, RunBody } from './step-bodies.ts';

/** Where a request may go from, for each place that it may go to. */
const movesTo = {
  'on-its-way': ['asked'],
  here: openRuns,
  'not-found': openRuns,
  cancelled: openRuns,
} as const;

/** Pieces that colleagues bring from the back room: asked, on its way, here. One colleague takes each. */
export class Runs {
  readonly #steps: SaleSteps;
  readonly #reader: SaleReader;
  readonly #pieces: Pieces;

  constructor(deps: { steps: SaleSteps; reader: SaleReader; pieces: Pieces }) {
    this.#steps = deps.steps;
    this.#reader = deps.reader;
    this.#pieces = deps.pieces;
  }

  /** Asks colleagues for a piece; one that has been asked for and is not here yet is the one that is given. */
  async ask(
    device: Device,
    commandId: CommandId,
    sessionId: SessionId,
    sku: Sku,
  ): Promise<Answer<{ run: Run }>> {
    const asker = await this.#steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    if (!(await this.#pieces.knowsSku(device.maisonId, sku)))
      return refuse('unknown-sku', `${device.maisonId} has no ${sku}.`);
    const begun = await this.#steps.database.transact(async (tx) => {
      if (!(await lockOpenSession(tx, sessionId))) return sessionEnded();
      const asked = await askedFor(tx, { device, commandId, sessionId, sku });
      if (asked) return done(asked);
      return await this.#steps.begin(tx, device, commandId, {
        kind: 'run',
        state: 'asked',
        storeId: asker.value.session.store_id,
        sessionId,
        advisorId: asker.value.advisorId,
        body: { sku },
        untilMs: this.#steps.clock.nowMs() + longestSessionMs,
      });
    });
    if (!begun.ok) return begun;
    const row = begun.value;
    this.#steps.tell(row);
    return done({ run: await this.#reader.run(row) });
  }

  /** A colleague of the same boutique takes it on, brings it or cannot find it; only whoever asked takes it back. */
  async move(
    device: Device,
    runId: string,
    to: CommandPayload<'run.move'>['to'],
  ): Promise<Answer<{ run: Run }>> {
    const who = await this.#steps.signedIn(device);
    if (!who.ok) return who;
    const row = await this.#steps.find(device, 'run', runId);
    if (!row || row.store_id !== device.storeId)
      return refuse('not-found', 'There is no such request in this boutique.');
    const { advisorId } = who.value;
    if (to === 'cancelled' && row.advisor_id !== advisorId)
      return refuse('forbidden', 'Only who asked for the piece takes the request back.');
    if (row.state === to && (to === 'cancelled' || row.other_id === advisorId))
      return done({ run: await this.#reader.run(row) });
    // What a colleague has taken on, they bring.
    if (to !== 'cancelled' && row.other_id !== null && row.other_id !== advisorId)
      return refuse('conflict', 'A colleague has taken this on.');
    const isTheirs = to !== 'cancelled';
    const moved = await this.#steps.move(
      this.#steps.database.db,
      row,
      movesTo[to],
      { state: to, ...(isTheirs && { other_id: advisorId }) },
      isTheirs ? { otherId: row.other_id } : {},
    );
    if (!moved) return refuse('conflict', 'The request has moved on meanwhile.');
    this.#steps.tell(moved);
    return done({ run: await this.#reader.run(moved) });
  }
}

/** The request for this piece that is still open, where this command has not made one of its own. */
async function askedFor(
  tx: Tx,
  {
    device,
    commandId,
    sessionId,
    sku,
  }: {
    readonly device: Device;
    readonly commandId: CommandId;
    readonly sessionId: SessionId;
    readonly sku: Sku;
  },
): Promise<SaleStepRow | undefined> {
  const rows = await tx
    .selectFrom('sale_steps')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('kind', '=', 'run')
    .execute();
  if (rows.some((row) => row.device_id === device.id && row.command_id === commandId)) return undefined;
  const open: readonly string[] = openRuns;
  return rows.find((row) => open.includes(row.state) && bodyOf(RunBody, row).sku === sku);
}
