import { auditActions, type EpochMs } from '../../protocol/index.ts';
import type { AdvisorRow } from '../houses/advisor-rows.ts';
import type { Tx } from '../persistence/database.ts';
import { naming, renamedText, type Renamed } from './renamed.ts';

/** Lines of the trail whose subject is an advisor. */
const aboutAdvisors = auditActions.filter((action) => /^(?:advisor|passkey)\./u.test(action));

/**
 * The last step of renaming an advisor: names them anew wherever a column of a Maison's names them, and forgets what only told who they
 * were. What tells of them in text was renamed before (`told-texts.ts`).
 */
export async function renameAdvisor(
  tx: Tx,
  row: AdvisorRow,
  who: Renamed,
  { nowMs, mark }: { readonly nowMs: EpochMs; readonly mark: string | null },
): Promise<AdvisorRow> {
  const { maison_id: maisonId, id } = row;
  await forgetWays(tx, row);
  await renameSessions(tx, maisonId, who);
  await renameSales(tx, maisonId, who);
  await renameLetters(tx, maisonId, who);
  await renameTrail(tx, maisonId, who);
  return await tx
    .updateTable('advisors')
    .set({
      id: who.to.id,
      name: who.to.name,
      title_en: who.to.title.en,
      title_fr: who.to.title.fr,
      languages: JSON.stringify(who.to.languages),
      last_sign_in_at_ms: null,
      erased_at_ms: nowMs,
      becomes: null,
      mark,
    })
    .where('maison_id', '=', maisonId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** By what they signed in, and who tried to. */
async function forgetWays(tx: Tx, { maison_id: maisonId, id }: AdvisorRow): Promise<void> {
  const stores = tx.selectFrom('stores').select('id').where('maison_id', '=', maisonId);
  await tx.deleteFrom('pin_tries').where('advisor_id', '=', id).where('store_id', 'in', stores).execute();
  const devices = tx.selectFrom('devices').select('id').where('maison_id', '=', maisonId);
  await tx
    .deleteFrom('passkey_challenges')
    .where('advisor_id', '=', id)
    .where('device_id', 'in', devices)
    .execute();
}

async function renameSessions(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const { from, to } = who;
  for (const column of ['advisor_id', 'going_advisor_id', 'passed_by_advisor_id'] as const)
    await tx
      .updateTable('offers')
      .set({ [column]: to.id })
      .where('maison_id', '=', maisonId)
      .where(column, '=', from)
      .execute();
  await tx
    .updateTable('sessions')
    .set({ advisor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', from)
    .execute();
  await tx
    .deleteFrom('client_asks')
    .where('maison_id', '=', maisonId)
    .where('advisor', 'like', naming(from))
    .execute();
}

async function renameSales(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const { from, to } = who;
  for (const column of ['advisor_id', 'other_id'] as const)
    await tx
      .updateTable('sale_steps')
      .set({ [column]: to.id })
      .where('maison_id', '=', maisonId)
      .where(column, '=', from)
      .execute();
  await tx
    .updateTable('oms_appointments')
    .set({ advisor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', from)
    .execute();
}

/** What is to be said to the house's system. */
async function renameLetters(tx: Tx, maisonId: string, who: Renamed): Promise<void> {
  const rows = await tx
    .selectFrom('oms_letters')
    .select(['id', 'body'])
    .where('maison_id', '=', maisonId)
    .where('body', 'like', naming(who.from))
    .execute();
  for (const { id, body } of rows)
    await tx
      .updateTable('oms_letters')
      .set({ body: renamedText(body, who) })
      .where('id', '=', id)
      .execute();
}

/** Lines stay, with their numbers, times and deeds. */
async function renameTrail(tx: Tx, maisonId: string, { from, to }: Renamed): Promise<void> {
  await tx
    .updateTable('audit_entries')
    .set({ actor_id: to.id })
    .where('maison_id', '=', maisonId)
    .where('actor_kind', '=', 'advisor')
    .where('actor_id', '=', from)
    .execute();
  await tx
    .updateTable('audit_entries')
    .set({ subject: to.id })
    .where('maison_id', '=', maisonId)
    .where('action', 'in', aboutAdvisors)
    .where('subject', '=', from)
    .execute();
  for (const words of ['closed by', 'to'])
    await tx
      .updateTable('audit_entries')
      .set({ reason: `${words} ${to.id}` })
      .where('maison_id', '=', maisonId)
      .where('reason', '=', `${words} ${from}`)
      .execute();
}
