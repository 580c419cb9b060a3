import * as z from 'zod/mini';
import type { MaisonId, SessionId } from '../../protocol/index.ts';
import { NoteRecord } from '../../protocol/connector/index.ts';
import { takeLettersBack } from '../oms/letters/letter-rows.ts';
import type { Tx } from '../persistence/database.ts';

/** The letters of a note, and of the wish that all of a client's be forgotten. */
export const noteSubject = 'client-note';
export const forgetNotesSubject = 'client-notes-forget';

/** Forgets what a client let be remembered of one visit: its tasks, and the note that still waits for the house. */
export async function forgetVisitNote(
  tx: Tx,
  { maisonId, sessionId }: { readonly maisonId: MaisonId; readonly sessionId: SessionId },
): Promise<void> {
  await tx
    .deleteFrom('sale_steps')
    .where('maison_id', '=', maisonId)
    .where('session_id', '=', sessionId)
    .where('kind', '=', 'follow-up')
    .execute();
  await takeLettersBack(tx, { maisonId, direction: 'out', subject: noteSubject }, (body) => {
    const record = z.safeParse(NoteRecord, body);
    return record.success && record.data.sessionId === sessionId;
  });
}
