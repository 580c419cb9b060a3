import * as z from 'zod/mini';
import { AdvisorId, CommandId, EpochMs, SessionId, StoreId } from '../ids.ts';
import { VisitNote } from '../visit-note.ts';
import { UnknownClient } from './client-calls.ts';
import { OmsId } from './stock-calls.ts';

/**
 * What an advisor wrote down of a visit, for the client's own record: by whom, where, when, on the ground of which yes, and for how long.
 * The house forgets it at `endsAtMs`.
 */
export const NoteRecord = z.object({
  key: CommandId,
  clientId: OmsId,
  storeId: StoreId,
  sessionId: SessionId,
  advisorId: AdvisorId,
  atMs: EpochMs,
  endsAtMs: EpochMs,
  /** The words to which the client said yes, for the purpose `remember`. */
  textVersion: z.string().check(z.minLength(1), z.maxLength(64)),
  note: VisitNote,
});
export type NoteRecord = z.infer<typeof NoteRecord>;
export const NoteOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('noted') }),
  UnknownClient,
]);
export type NoteOutcome = z.infer<typeof NoteOutcome>;

/** The client has taken their yes back: every note of theirs goes. */
export const NotesForget = z.object({ key: CommandId, clientId: OmsId });
export type NotesForget = z.infer<typeof NotesForget>;
export const ForgetOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forgotten') }),
  UnknownClient,
]);
export type ForgetOutcome = z.infer<typeof ForgetOutcome>;
