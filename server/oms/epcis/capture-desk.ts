import * as z from 'zod/mini';
import type { Answer, MaisonId } from '../../../protocol/index.ts';
import type { OmsHint } from '../../../protocol/connector/index.ts';
import { done, refuse } from '../../core/answers.ts';
import type { Clock } from '../../core/clock.ts';
import { parseWith } from '../../core/parse.ts';
import type { Database } from '../../persistence/database.ts';
import { EpcisDocument, readEvents, type EpcisNames } from './epcis-document.ts';

/** A capture job as EPCIS 2.0 tells it. */
export const CaptureJob = z.object({
  captureID: z.string(),
  createdAt: z.string(),
  finishedAt: z.string(),
  running: z.boolean(),
  success: z.boolean(),
  captureErrorBehaviour: z.literal('proceed'),
  errors: z.array(z.object({ type: z.string(), title: z.string() })),
});
export type CaptureJob = z.infer<typeof CaptureJob>;

/** How long a job can be asked about. */
const keptMs = 7 * 24 * 3_600_000;

/** Faults told of one document. */
const mostFaults = 50;

/** Takes EPCIS documents: what they say was seen becomes hints, which are read again in the OMS. */
export class CaptureDesk {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #hint: (maisonId: MaisonId, hint: OmsHint) => void;

  constructor(deps: { database: Database; clock: Clock; hint: (maisonId: MaisonId, hint: OmsHint) => void }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#hint = deps.hint;
  }

  /** Takes a document once: under an id that it has seen it answers with the job of then. */
  async capture(
    maisonId: MaisonId,
    id: string,
    body: string,
    names: EpcisNames,
  ): Promise<Answer<CaptureJob>> {
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      return refuse('bad-request', 'The document is not JSON.');
    }
    const parsed = parseWith(EpcisDocument, json, 'The EPCIS document');
    if (!parsed.ok) return parsed;
    const { hints, faults } = readEvents(parsed.value.epcisBody.eventList, names);
    const nowMs = this.#clock.nowMs();
    const at = new Date(nowMs).toISOString();
    const job: CaptureJob = {
      captureID: id,
      createdAt: at,
      finishedAt: at,
      running: false,
      success: faults.length === 0,
      captureErrorBehaviour: 'proceed',
      errors: faults.slice(0, mostFaults).map(({ index, title }) => ({
        type: 'epcisException:ValidationException',
        title: `Event ${index}: ${title}`,
      })),
    };
    const { numInsertedOrUpdatedRows } = await this.#database.db
      .insertInto('epcis_captures')
      .values({ maison_id: maisonId, id, job: JSON.stringify(job), created_at_ms: nowMs })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return await this.job(maisonId, id);
    for (const hint of hints) this.#hint(maisonId, hint);
    return done(job);
  }

  async job(maisonId: MaisonId, id: string): Promise<Answer<CaptureJob>> {
    const row = await this.#database.db
      .selectFrom('epcis_captures')
      .select('job')
      .where('maison_id', '=', maisonId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return refuse('not-found', 'There is no such capture.');
    return done(z.parse(CaptureJob, JSON.parse(row.job)));
  }

  async prune(): Promise<void> {
    await this.#database.db
      .deleteFrom('epcis_captures')
      .where('created_at_ms', '<', this.#clock.nowMs() - keptMs)
      .execute();
  }
}
