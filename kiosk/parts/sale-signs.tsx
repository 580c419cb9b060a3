import { useEffect, type ReactNode } from 'react';
import type { Appointment } from '../../protocol/sale.ts';
import { takeawayAddress } from '../../sdk/session/address-fragment.ts';
import { pieceInFinish } from '../../sdk/session/piece-in-finish.ts';
import { appointmentTime, dayExpected, timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useKiosk, useLink, useLocale, useNow, useSale, useSay } from '../app/kiosk-context.tsx';
import { QrMark } from './qr-mark.tsx';

/** A mark is asked for anew this long before it runs out. */
const renewMs = 60_000;

/** Quiet signs of what the boutique does for the client: an order, a piece on its way, one that waits, an appointment to take along. */
export function SaleSigns(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const { identity } = useLink();
  const { reading } = useSale();
  const say = useSay();
  const locale = useLocale();
  const nowMs = useNow(1_000);
  if (!reading || !identity) return null;
  const nameOf = (sku: string) => pieceInFinish(catalogue, sku, locale) ?? '';
  // The newest word about each piece is the one that counts.
  const runs = new Map(reading.runs.map((run) => [run.sku, run] as const));
  return (
    <>
      <ul className="holds" aria-live="polite">
        {reading.order?.state === 'placed' && <li>{say('together.order.placed')}</li>}
        {[...runs.values()].map(({ id, sku, state }) =>
          state === 'cancelled' || state === 'not-found' ? null : (
            <li key={id}>{say(`together.run.${state}`, { piece: nameOf(sku) })}</li>
          ),
        )}
        {reading.transfers.map(({ id, sku, from, expectedAtMs }) => (
          <li key={id}>
            {expectedAtMs === null
              ? say('together.transfer', { piece: nameOf(sku), place: from.name })
              : say('together.transfer.until', {
                  piece: nameOf(sku),
                  place: from.name,
                  day: dayExpected(expectedAtMs, nowMs, locale, identity.store.timeZone),
                })}
          </li>
        ))}
        {reading.collections
          .filter(({ state, untilMs }) => state === 'waiting' && untilMs > nowMs)
          .map(({ id, sku, at, untilMs, code }) => (
            <li key={id}>
              {say('together.collection', {
                piece: nameOf(sku),
                place: at.name,
                time: timeWithDay(untilMs, nowMs, locale, at.timeZone),
                code,
              })}
            </li>
          ))}
      </ul>
      {reading.appointments.slice(-1).map((appointment) => (
        <AppointmentSign key={appointment.id} appointment={appointment} nowMs={nowMs} />
      ))}
    </>
  );
}

function AppointmentSign({
  appointment,
  nowMs,
}: {
  readonly appointment: Appointment;
  readonly nowMs: number;
}): ReactNode {
  const { sales, publicUrl } = useKiosk();
  const { mark } = useSale();
  const say = useSay();
  const locale = useLocale();
  const { id, startsAtMs, at, advisor, state } = appointment;
  const isCancelled = state === 'cancelled';
  const shown = mark?.appointmentId === id && mark.expiresAtMs > nowMs ? mark : null;
  const stale = shown === null || shown.expiresAtMs < nowMs + renewMs;
  useEffect(() => {
    if (stale) void sales.markFor(id);
  }, [sales, id, stale]);
  const time = appointmentTime(startsAtMs, locale, at.timeZone);
  return (
    <div className="appointment-sign">
      <p>
        {say(isCancelled ? 'together.appointment.cancelled' : 'together.appointment', {
          name: advisor.name,
          time,
        })}
      </p>
      {shown && (
        <QrMark
          text={takeawayAddress(publicUrl, shown.secret)}
          label={say(isCancelled ? 'together.appointment.unmark' : 'together.appointment.mark')}
        />
      )}
    </div>
  );
}
