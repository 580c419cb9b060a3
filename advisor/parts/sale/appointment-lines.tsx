import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Appointment } from '../../../protocol/sale.ts';
import { appointmentTime } from '../../../sdk/session/spoken-time.ts';
import { useTablet } from '../../app/tablet.ts';
import { SlotChoice } from './slot-choice.tsx';
import { StepSheet } from './step-sheet.tsx';

/** What is being done about an appointment. */
interface Change {
  readonly how: 'move' | 'cancel';
  readonly appointment: Appointment;
}

/** The visit's appointments; each can be moved or cancelled where the house's system lets it be. */
export function AppointmentLines({ appointments }: { readonly appointments: readonly Appointment[] }) {
  const { sale, live, voice } = useTablet();
  const { say, locale, nowMs } = voice;
  const [change, setChange] = useState<Change | null>(null);
  const disabled = !live || sale.busy;
  return (
    <>
      {appointments.map((one) => {
        const time = appointmentTime(one.startsAtMs, locale, one.at.timeZone);
        const { name } = one.advisor;
        const mayChange =
          sale.reading?.offered.appointmentChanges && one.state === 'booked' && one.startsAtMs > nowMs;
        return (
          <li key={one.id}>
            <span>
              {say(one.state === 'booked' ? 'sale.appointment.line' : 'sale.appointment.cancelled', {
                name,
                time,
              })}
            </span>
            {mayChange && (
              <span className="sale-changes">
                <Button
                  className="quiet"
                  isDisabled={disabled}
                  aria-label={say('sale.move.label', { name, time })}
                  onPress={() => setChange({ how: 'move', appointment: one })}
                >
                  {say('sale.move')}
                </Button>
                <Button
                  className="quiet"
                  isDisabled={disabled}
                  aria-label={say('sale.cancel.label', { name, time })}
                  onPress={() => setChange({ how: 'cancel', appointment: one })}
                >
                  {say('sale.cancel')}
                </Button>
              </span>
            )}
          </li>
        );
      })}
      {change && (
        <ChangeSheet
          change={change}
          time={appointmentTime(change.appointment.startsAtMs, locale, change.appointment.at.timeZone)}
          onClose={() => setChange(null)}
        />
      )}
    </>
  );
}

function ChangeSheet({
  change: { how, appointment },
  time,
  onClose,
}: {
  readonly change: Change;
  readonly time: string;
  readonly onClose: () => void;
}) {
  const { sales, sale, live, voice } = useTablet();
  const { say } = voice;
  const closeIf = (done: Promise<boolean>) =>
    void done.then((ok) => {
      if (ok) onClose();
      return ok;
    });
  return (
    <StepSheet title={say(`sale.${how}.title`)} onClose={onClose}>
      {how === 'move' ? (
        <SlotChoice
          advisor={appointment.advisor}
          words={say('sale.move.words', { name: appointment.advisor.name, time })}
          onChoose={(atMs) => closeIf(sales.moveAppointment(appointment, atMs))}
        />
      ) : (
        <>
          <p>{say('sale.cancel.words', { name: appointment.advisor.name, time })}</p>
          <Button
            className="primary"
            isDisabled={!live || sale.busy}
            onPress={() => closeIf(sales.cancelAppointment(appointment))}
          >
            {say('sale.cancel.yes')}
          </Button>
        </>
      )}
    </StepSheet>
  );
}
