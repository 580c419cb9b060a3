import type { Selectable } from 'kysely';
import type { Answer, CommandId, EpochMs, SessionId, StoreId } from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { newId, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Database, Queries, Tx } from '../persistence/database.ts';
import type { SaleStepKind } from '../persistence/sale-tables.ts';
import type { Tables } from '../persistence/tables.ts';
import type { Sessions } from '../sessions/sessions.ts';

export type SaleStepRow = Tables['sale_steps'];
type SessionRow = Selectable<Tables['sessions']>;

/** A step as it begins. */
export interface NewStep {
  readonly kind: SaleStepKind;
  readonly state: string;
  readonly storeId: StoreId;
  readonly sessionId: SessionId;
  readonly advisorId: string;
  readonly otherId?: string | null;
  readonly body: unknown;
  readonly untilMs: EpochMs;
}

/**
 * What one visit asks for on the way to a sale, the note at its end left out. Both screens read all of it at each change, so a tablet that
 * never stops asking would keep a server from everybody else.
 */
export const mostSteps = 200;

/** What the house has said no to. */
const refusedStates: ReadonlySet<string> = new Set(['refused', 'taken', 'unknown-client']);

/** Who asks for a step: the session's own advisor, on a tablet. */
export interface Asker {
  readonly session: SessionRow;
  readonly advisorId: string;
}

/** The rows of everything that is asked for on the way to a sale. A step is begun once for each command, however often it arrives. */
export class SaleSteps {
  readonly database: Database;
  readonly clock: Clock;
  readonly #sessions: Sessions;
  readonly #desk: AdvisorDesk;
  readonly #random: Random;
  readonly #hints: Hints;

  constructor(deps: {
    database: Database;
    sessions: Sessions;
    desk: AdvisorDesk;
    clock: Clock;
    random: Random;
    hints: Hints;
  }) {
    this.database = deps.database;
    this.clock = deps.clock;
    this.#sessions = deps.sessions;
    this.#desk = deps.desk;
    this.#random = deps.random;
    this.#hints = deps.hints;
  }

  /** The advisor of the session, asking from a tablet on which they are signed in. */
  async asker(device: Device, sessionId: SessionId): Promise<Answer<Asker>> {
    const session = await this.#sessions.partyTo(device, sessionId);
    return session.ok ? done({ session: session.value, advisorId: session.value.advisor_id }) : session;
  }

  /** Whoever is signed in on a tablet. */
  async signedIn(device: Device): Promise<Answer<{ advisorId: string }>> {
    const advisor = await this.#desk.signedIn(device);
    return advisor
      ? done({ advisorId: advisor.id })
      : refuse('forbidden', 'Nobody is signed in on this tablet.');
  }

  /**
   * Begins a step, or gives the one that this command has begun before. Refused as `conflict` where the id began a step of another kind or
   * visit, or one that was refused: its device may not have heard, and asks anew under another id. Refused as `too-large` where the visit has
   * asked for `mostSteps`.
   */
  async begin(tx: Tx, device: Device, commandId: CommandId, step: NewStep): Promise<Answer<SaleStepRow>> {
    const nowMs = this.clock.nowMs();
    const isFull = step.kind !== 'follow-up' && (await stepsOf(tx, step.sessionId)) >= mostSteps;
    const made = isFull
      ? undefined
      : await tx
          .insertInto('sale_steps')
          .values({
            id: newId(this.#random),
            maison_id: device.maisonId,
            store_id: step.storeId,
            session_id: step.sessionId,
            device_id: device.id,
            command_id: commandId,
            kind: step.kind,
            state: step.state,
            advisor_id: step.advisorId,
            other_id: step.otherId ?? null,
            body: JSON.stringify(step.body),
            made_at_ms: nowMs,
            changed_at_ms: nowMs,
            until_ms: step.untilMs,
          })
          .onConflict((conflict) => conflict.columns(['device_id', 'command_id']).doNothing())
          .returningAll()
          .executeTakeFirst();
    if (made) return done(made);
    const before = await tx
      .selectFrom('sale_steps')
      .selectAll()
      .where('device_id', '=', device.id)
      .where('command_id', '=', commandId)
      .executeTakeFirst();
    if (!before)
      return refuse(
        'too-large',
        `A visit asks for at most ${mostSteps} things. Close it, and begin another.`,
      );
    if (before.kind !== step.kind || before.session_id !== step.sessionId)
      return refuse('conflict', 'This command id was used for another command.');
    return refusedStates.has(before.state)
      ? refuse('conflict', 'This was refused before. Ask anew.')
      : done(before);
  }

  /** Moves a step on from one of these states, and from what was seen of it where that is named; undefined where another was first. */
  async move(
    tx: Queries,
    row: Pick<SaleStepRow, 'id' | 'maison_id'>,
    from: readonly string[],
    to: Partial<Pick<SaleStepRow, 'state' | 'other_id' | 'body' | 'until_ms'>>,
    seen: { readonly body?: string; readonly otherId?: string | null } = {},
  ): Promise<SaleStepRow | undefined> {
    const { body, otherId } = seen;
    return await tx
      .updateTable('sale_steps')
      .set({ ...to, changed_at_ms: this.clock.nowMs() })
      .where('id', '=', row.id)
      .where('maison_id', '=', row.maison_id)
      .where('state', 'in', from)
      .$if(body !== undefined, (query) => query.where('body', '=', body ?? ''))
      .$if(otherId !== undefined, (query) =>
        query.where((eb) =>
          otherId === null || otherId === undefined
            ? eb('other_id', 'is', null)
            : eb('other_id', '=', otherId),
        ),
      )
      .returningAll()
      .executeTakeFirst();
  }

  async find(device: Device, kind: SaleStepKind, id: string): Promise<SaleStepRow | undefined> {
    return await this.database.db
      .selectFrom('sale_steps')
      .selectAll()
      .where('id', '=', id)
      .where('maison_id', '=', device.maisonId)
      .where('kind', '=', kind)
      .executeTakeFirst();
  }

  /** Tells the screens of the visit, and the boards of the boutique, to read again. */
  tell({ session_id: sessionId, store_id: storeId }: Pick<SaleStepRow, 'session_id' | 'store_id'>): void {
    this.#hints.publish({ kind: 'sale', sessionId, storeId });
  }
}

/** How much a visit has asked for. */
async function stepsOf(tx: Tx, sessionId: SessionId): Promise<number> {
  const { count } = await tx
    .selectFrom('sale_steps')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What a step's boutique system cannot do at all. */
export function notOffered(what: string) {
  return refuse('not-offered', `The house’s system has no ${what}.`);
}
