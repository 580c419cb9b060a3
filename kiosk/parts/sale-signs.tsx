import { useEffect, type ReactNode } from 'react';
import { openRuns, type Appointment } from '../../protocol/sale.ts';
import { takeawayAddress } from '../../sdk/session/address-fragment.ts';
import { pieceInFinish } from '../../sdk/session/piece-in-finish.ts';
import { appointmentTime, dayExpected, timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useKiosk, useLink, useLocale, useNow, useSale, useSay } from '../app/kiosk-context.tsx';
import { QrMark } from './qr-mark.tsx';

/** A mark is asked for anew this long before it runs out. */
const renewMs = 60_000;

/** Quiet lines of what the boutique does for the client: an order, a piece on its way, one that waits. */
export function useSaleLines(isOver: boolean): readonly ReactNode[] {
  const { catalogue } = useKiosk().collection;
  const { identity } = useLink();
  const { reading } = useSale();
  const say = useSay();
  const locale = useLocale();
  const nowMs = useNow(1_000);
  if (!reading || !identity) return [];
  const nameOf = (sku: string) => pieceInFinish(catalogue, sku, locale) ?? '';
  // The newest word about each piece is the one that counts. Once the client has left, nothing more is brought.
  const runs = [...new Map(reading.runs.map((run) => [run.sku, run] as const)).values()];
  const collections = reading.collections.filter(
    ({ state, untilMs }) => state === 'waiting' && untilMs > nowMs,
  );
  return [
    ...(reading.order?.state === 'placed'
      ? [<li key={reading.order.id}>{say('together.order.placed')}</li>]
      : []),
    ...runs.flatMap(({ id, sku, state }) =>
      state !== 'cancelled' && state !== 'not-found' && !(isOver && openRuns.includes(state))
        ? [<li key={id}>{say(`together.run.${state}`, { piece: nameOf(sku) })}</li>]
        : [],
    ),
    ...reading.transfers.map(({ id, sku, from, expectedAtMs }) => (
      <li key={id}>
        {expectedAtMs === null
          ? say('together.transfer', { piece: nameOf(sku), place: from.name })
          : say('together.transfer.until', {
              piece: nameOf(sku),
              place: from.name,
              day: dayExpected(expectedAtMs, nowMs, locale, identity.store.timeZone),
            })}
      </li>
    )),
    ...collections.map(({ id, sku, at, untilMs, code }) => (
      <li key={id}>
        {say('together.collection', {
          piece: nameOf(sku),
          place: at.name,
          time: timeWithDay(untilMs, nowMs, locale, at.timeZone),
          code,
        })}
      </li>
    )),
  ];
}

/** The newest appointment, with the mark by which the client takes it along. */
export function AppointmentSign(): ReactNode {
  const nowMs = useNow(1_000);
  const newest = useSale().reading?.appointments.at(-1);
  return newest ? <MarkedAppointment appointment={newest} nowMs={nowMs} /> : null;
}

function MarkedAppointment({
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
