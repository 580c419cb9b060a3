import type { EpochMs } from '../../protocol/index.ts';
import { giveBack } from '../advisors/give-back.ts';
import { advisorMarkOf, isOfAdvisor, type ErasureMark } from '../clients/erasure-marks.ts';
import type { ServerSecrets } from '../devices/secrets.ts';
import type { Tx } from '../persistence/database.ts';

/**
 * Begins again the erasure of advisors whom the marks name: locked out at once, under the pseudonym that they had. The server that starts
 * goes on with it. Tells how many they are.
 */
export async function eraseAdvisorsAgain(
  tx: Tx,
  secrets: Pick<ServerSecrets, 'ownHash'>,
  marks: readonly ErasureMark[],
  nowMs: EpochMs,
): Promise<number> {
  const pseudonyms = new Map(marks.filter(isOfAdvisor).map(({ mark, id }) => [mark, id]));
  if (pseudonyms.size === 0) return 0;
  const rows = await tx.selectFrom('advisors').selectAll().where('erased_at_ms', 'is', null).execute();
  let begun = 0;
  for (const row of rows) {
    const becomes = pseudonyms.get(advisorMarkOf(secrets, row.maison_id, row.id));
    if (becomes === undefined) continue;
    await giveBack(tx, row, nowMs);
    await tx
      .updateTable('advisors')
      .set({ becomes, pin_hash: '', left_at_ms: row.left_at_ms ?? nowMs })
      .where('maison_id', '=', row.maison_id)
      .where('id', '=', row.id)
      .execute();
    begun += 1;
  }
  return begun;
}
