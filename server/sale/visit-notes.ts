import {
  dayIn,
  lineFault,
  type Answer,
  type CommandId,
  type CommandPayload,
  type MaisonId,
  type VisitNote,
} from '../../protocol/index.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { purposesOf } from '../clients/client-reader.ts';
import type { NoteLetters } from '../clients/note-letters.ts';
import { refuse, type Nothing, type Refusal } from '../core/answers.ts';
import { newId, type Random } from '../core/random.ts';
import type { Device } from '../devices/device-registry.ts';
import type { HouseSettings } from '../houses/house-settings.ts';
import type { Houses } from '../houses/houses.ts';
import type { Pieces } from '../houses/pieces.ts';
import type { Connectors } from '../oms/connectors.ts';
import type { Tx } from '../persistence/database.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { yesOfSale } from './client-of-sale.ts';
import { notOffered, type Asker, type SaleSteps } from './sale-steps.ts';
import type { FollowUpBody } from './step-bodies.ts';

interface VisitNotesDeps {
  readonly steps: SaleSteps;
  readonly sessions: Sessions;
  readonly houses: Houses;
  readonly settings: HouseSettings;
  readonly pieces: Pieces;
  readonly connectors: Connectors;
  readonly notes: NoteLetters;
  readonly audit: AuditLog;
  readonly random: Random;
}

/**
 * Ends visits with what was agreed in them: a note for the client's own record, and what was promised as a task. Both are written with the
 * visit's end or not at all, and only where the client has said yes to being remembered.
 */
export class VisitNotes {
  readonly #deps: VisitNotesDeps;

  constructor(deps: VisitNotesDeps) {
    this.#deps = deps;
  }

  async conclude(
    device: Device,
    commandId: CommandId,
    { sessionId, note }: CommandPayload<'session.conclude'>,
  ): Promise<Answer<Nothing>> {
    const { steps, houses, connectors, sessions, notes } = this.#deps;
    const asker = await steps.asker(device, sessionId);
    if (!asker.ok) return asker;
    const { connector } = connectors.of(device.maisonId);
    if (!purposesOf(connector).includes('remember')) return notOffered('notes of visits');
    const { store_id: storeId } = asker.value.session;
    const timeZone = (await houses.store(device.maisonId, storeId))?.timeZone ?? 'UTC';
    const fault = await this.#faultOf(device.maisonId, timeZone, note);
    if (fault) return fault;
    const closed = await sessions.close(device, sessionId, 'advisor', (tx) =>
      this.#write(tx, { device, commandId, timeZone }, asker.value, note),
    );
    if (!closed.ok) return closed;
    notes.wake();
    steps.tell({ session_id: sessionId, store_id: storeId });
    return closed;
  }

  async #write(
    tx: Tx,
    {
      device,
      commandId,
      timeZone,
    }: { readonly device: Device; readonly commandId: CommandId; readonly timeZone: string },
    { session, advisorId }: Asker,
    note: VisitNote,
  ): Promise<Refusal | null> {
    const { steps, notes, audit, random } = this.#deps;
    const { maisonId } = device;
    const { id: sessionId, store_id: storeId } = session;
    const atMs = steps.clock.nowMs();
    const yes = await yesOfSale(tx, sessionId, 'remember', atMs);
    if (!yes) return refuse('consent-missing', 'The client has not said yes to being remembered.');
    const { clientId, linkId, endsAtMs, textVersion } = yes;
    const lastDay = dayIn(endsAtMs, timeZone);
    if (note.next && note.next.dueOn > lastDay)
      return refuse('bad-request', `The client’s yes ends on ${lastDay}.`);
    if (note.next) {
      const { occasion, decision, next } = note;
      const begun = await steps.begin(tx, device, commandId, {
        kind: 'follow-up',
        state: 'open',
        storeId,
        sessionId,
        advisorId,
        otherId: advisorId,
        body: { ...next, occasion, decision } satisfies FollowUpBody,
        untilMs: endsAtMs,
      });
      if (!begun.ok) return begun;
    }
    const key = newId(random);
    await notes.post(tx, maisonId, {
      key,
      clientId,
      storeId,
      sessionId,
      advisorId,
      atMs,
      endsAtMs,
      textVersion,
      note,
    });
    await audit.note(tx, {
      maisonId,
      storeId,
      actor: { kind: 'advisor', id: advisorId },
      action: 'client.noted',
      subject: linkId,
      reason: 'remember',
    });
    return null;
  }

  /** What is wrong with a note whoever its client is. */
  async #faultOf(
    maisonId: MaisonId,
    timeZone: string,
    { occasion, next }: VisitNote,
  ): Promise<Refusal | null> {
    const { settings, pieces, steps } = this.#deps;
    if (!settings.of(maisonId).sale.occasions.includes(occasion))
      return refuse('bad-request', `${maisonId} does not note the occasion ${occasion}.`);
    if (!next) return null;
    if (next.line !== null && lineFault(next.line))
      return refuse('line-refused', 'A line is about the piece and the next step only.');
    if (next.sku !== null && !(await pieces.knowsSku(maisonId, next.sku)))
      return refuse('unknown-sku', `${maisonId} has no ${next.sku}.`);
    if (next.dueOn < dayIn(steps.clock.nowMs(), timeZone))
      return refuse('bad-request', 'The day of the next step is over.');
    return null;
  }
}
