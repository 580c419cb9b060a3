import type { EpochMs, MaisonId } from '../../protocol/index.ts';
import type { Tx } from '../persistence/database.ts';

/**
 * The moment of what a client decides now: later than that of everything decided in the Maison before, whatever the clocks of its
 * nodes say, as the house lets the later moment count. Other decisions of the Maison wait until the transaction ends: call it first in
 * it, before any session is locked.
 */
export async function nextDecisionMs(tx: Tx, maisonId: MaisonId, nowMs: EpochMs): Promise<EpochMs> {
  const { last_at_ms: atMs } = await tx
    .insertInto('consent_heads')
    .values({ maison_id: maisonId, last_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict.column('maison_id').doUpdateSet((eb) => ({
        last_at_ms: eb
          .case()
          .when('consent_heads.last_at_ms', '<', nowMs)
          .then(nowMs)
          .else(eb('consent_heads.last_at_ms', '+', 1))
          .end(),
      })),
    )
    .returning('last_at_ms')
    .executeTakeFirstOrThrow();
  return atMs;
}
