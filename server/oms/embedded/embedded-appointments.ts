import type { AdvisorId, EpochMs, MaisonId } from '../../../protocol/index.ts';
import type {
  AppointmentAsk,
  AppointmentCancel,
  AppointmentMove,
  AppointmentOutcome,
  CancelOutcome,
  MoveOutcome,
  OmsId,
} from '../../../protocol/connector/index.ts';
import type { Tx } from '../../persistence/database.ts';
import { knowsClient } from './embedded-clients.ts';

/** Books an advisor's time, if it is free. */
export async function bookAppointment(
  tx: Tx,
  maisonId: MaisonId,
  ask: AppointmentAsk,
  id: OmsId,
): Promise<AppointmentOutcome> {
  const { clientId, advisorId, startsAtMs, durationMs } = ask;
  if (clientId !== null && !(await knowsClient(tx, maisonId, clientId))) return { kind: 'unknown-client' };
  const endsAtMs = startsAtMs + durationMs;
  if (await meetsAnother(tx, maisonId, advisorId, { id, startsAtMs, endsAtMs })) return { kind: 'taken' };
  await tx
    .insertInto('oms_appointments')
    .values({
      maison_id: maisonId,
      id,
      advisor_id: advisorId,
      starts_at_ms: startsAtMs,
      ends_at_ms: endsAtMs,
      body: JSON.stringify(ask),
    })
    .execute();
  return { kind: 'booked', appointmentId: id };
}

/** Moves an appointment to another time of the same advisor's, if that is free but for the appointment itself. */
export async function moveAppointment(
  tx: Tx,
  maisonId: MaisonId,
  { appointmentId: id, startsAtMs, durationMs }: AppointmentMove,
): Promise<MoveOutcome> {
  const row = await tx
    .selectFrom('oms_appointments')
    .select('advisor_id')
    .where('maison_id', '=', maisonId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return { kind: 'unknown-appointment' };
  const endsAtMs = startsAtMs + durationMs;
  if (await meetsAnother(tx, maisonId, row.advisor_id, { id, startsAtMs, endsAtMs }))
    return { kind: 'taken' };
  await tx
    .updateTable('oms_appointments')
    .set({ starts_at_ms: startsAtMs, ends_at_ms: endsAtMs })
    .where('maison_id', '=', maisonId)
    .where('id', '=', id)
    .execute();
  return { kind: 'moved' };
}

/** Strikes an appointment out of the diary. */
export async function cancelAppointment(
  tx: Tx,
  maisonId: MaisonId,
  { appointmentId }: AppointmentCancel,
): Promise<CancelOutcome> {
  const { numDeletedRows } = await tx
    .deleteFrom('oms_appointments')
    .where('maison_id', '=', maisonId)
    .where('id', '=', appointmentId)
    .executeTakeFirst();
  return { kind: numDeletedRows === 0n ? 'unknown-appointment' : 'cancelled' };
}

async function meetsAnother(
  tx: Tx,
  maisonId: MaisonId,
  advisorId: AdvisorId,
  {
    id,
    startsAtMs,
    endsAtMs,
  }: { readonly id: OmsId; readonly startsAtMs: EpochMs; readonly endsAtMs: EpochMs },
): Promise<boolean> {
  const other = await tx
    .selectFrom('oms_appointments')
    .select('id')
    .where('maison_id', '=', maisonId)
    .where('advisor_id', '=', advisorId)
    .where('id', '<>', id)
    .where('starts_at_ms', '<', endsAtMs)
    .where('ends_at_ms', '>', startsAtMs)
    .executeTakeFirst();
  return other !== undefined;
}
