import { useEffect, useState } from 'react';
import { Button, Radio, RadioGroup } from 'react-aria-components';
import type { Advisor } from '../../../protocol/device.ts';
import { useTablet } from '../../app/tablet.ts';

/** The free times of one advisor, day by day. */
export function SlotChoice({
  advisor,
  words,
  onChoose,
}: {
  readonly advisor: Advisor;
  /** With whom it will be, or when it is until it is moved. */
  readonly words: string;
  readonly onChoose: (startsAtMs: number) => void;
}) {
  const { sales, sale, line, live, voice } = useTablet();
  const { say, locale, timeZone } = voice;
  useEffect(() => void sales.findSlots(advisor.id), [sales, advisor.id]);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
      timeZone: line.identity?.store.timeZone ?? timeZone,
      ...options,
    });
  const day = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const weekday = format({ weekday: 'short' });
  const date = format({ day: 'numeric', month: 'short' });
  const hour = format({ hour: '2-digit', minute: '2-digit' });
  const found = sale.slots?.advisorId === advisor.id ? sale.slots.found.startsAtMs : null;
  const days = [...Map.groupBy(found ?? [], (atMs) => day.format(atMs))];
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = days.find(([name]) => name === chosen) ?? days[0];
  if (found?.length === 0) return <p>{say('sale.appointment.none')}</p>;
  return (
    <>
      <p>{words}</p>
      <RadioGroup
        className="sale-days"
        aria-label={say('sale.appointment.day')}
        value={shown?.[0] ?? ''}
        onChange={setChosen}
      >
        {days.map(([name, [atMs]]) => (
          <Radio key={name} value={name} className="chip sale-day" aria-label={name}>
            <span className="help">{weekday.format(atMs)}</span>
            <span>{date.format(atMs)}</span>
          </Radio>
        ))}
      </RadioGroup>
      <div className="sale-hours">
        {shown?.[1].map((atMs) => (
          <Button
            key={atMs}
            className="chip"
            isDisabled={!live || sale.busy}
            aria-label={`${shown[0]}, ${hour.format(atMs)}`}
            onPress={() => onChoose(atMs)}
          >
            {hour.format(atMs)}
          </Button>
        ))}
      </div>
    </>
  );
}
