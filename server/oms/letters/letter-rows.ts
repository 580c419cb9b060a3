import type { MaisonId } from '../../../protocol/index.ts';
import type { Queries } from '../../persistence/database.ts';

/** Something that is to be said to an OMS, or that one said and nobody could read. */
export interface NewLetter {
  readonly maisonId: MaisonId;
  readonly direction: 'out' | 'in';
  readonly subject: string;
  readonly body: unknown;
}

/** Longest fault that is kept with a letter. */
export const longestFault = 300;

/** Writes a letter as it lies in the box: for who has no box, as a restore. A box that starts delivers it. */
export async function writeLetter(
  tx: Queries,
  { maisonId, direction, subject, body }: NewLetter,
  {
    id,
    nowMs,
    state = 'waiting',
    fault = null,
  }: {
    readonly id: string;
    readonly nowMs: number;
    readonly state?: 'waiting' | 'dead';
    readonly fault?: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('oms_letters')
    .values({
      id,
      maison_id: maisonId,
      direction,
      subject,
      body: JSON.stringify(body),
      state,
      tries: 0,
      next_try_at_ms: nowMs,
      last_fault: fault?.slice(0, longestFault) ?? null,
      created_at_ms: nowMs,
    })
    .execute();
}

/** Letters of one subject, whether they wait or are dead. */
export async function lettersOf(
  tx: Queries,
  { maisonId, direction, subject }: Omit<NewLetter, 'body'>,
): Promise<{ readonly id: string; readonly body: unknown }[]> {
  const rows = await tx
    .selectFrom('oms_letters')
    .select(['id', 'body'])
    .where('maison_id', '=', maisonId)
    .where('direction', '=', direction)
    .where('subject', '=', subject)
    .execute();
  return rows.map(({ id, body }) => ({ id, body: JSON.parse(body) as unknown }));
}

/** Takes letters of one subject back, whether they wait or are dead. */
export async function takeLettersBack(
  tx: Queries,
  of: Omit<NewLetter, 'body'>,
  isMeant: (body: unknown) => boolean,
): Promise<void> {
  const meant = (await lettersOf(tx, of)).filter(({ body }) => isMeant(body));
  for (const { id } of meant) await tx.deleteFrom('oms_letters').where('id', '=', id).execute();
}
