import { useEffect, useState } from 'react';
import { dayIn } from '../../../protocol/boutique.ts';
import { followUpTime, type FollowUpTime } from '../../../protocol/visit-note.ts';
import { useTablet } from '../../app/tablet.ts';
import { FollowUpRow } from './follow-up-row.tsx';

const times: readonly FollowUpTime[] = ['overdue', 'today', 'later'];

/** What the advisor has promised, by its day; nothing where nothing was. */
export function FollowUps() {
  const { followUps, followUp, line, voice } = useTablet();
  const { say, timeZone, nowMs } = voice;
  const [open, setOpen] = useState<string | null>(null);
  const { list } = followUp;
  const today = dayIn(nowMs, line.identity?.store.timeZone ?? timeZone);
  // The list was read on another day: what was due tomorrow is due now.
  const isStale = list !== null && list.today !== today;
  useEffect(() => {
    if (isStale) void followUps.read();
  }, [isStale, followUps]);
  if (!list || list.followUps.length === 0) return null;
  const toggle = (id: string): void => {
    followUps.hideClient();
    setOpen(open === id ? null : id);
  };
  return (
    <section className="follow-ups" aria-labelledby="follow-ups-title">
      <h2 id="follow-ups-title">{say('todo.title')}</h2>
      {times.map((time) => {
        const due = list.followUps.filter((one) => followUpTime(one, list.today) === time);
        if (due.length === 0) return null;
        return (
          <section key={time} aria-labelledby={`todo-${time}`} data-time={time}>
            <h3 id={`todo-${time}`} className="label">
              {say(`todo.${time}`)}
            </h3>
            <ul>
              {due.map((one) => (
                <FollowUpRow
                  key={one.id}
                  task={one}
                  today={list.today}
                  isOpen={open === one.id}
                  onToggle={() => toggle(one.id)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </section>
  );
}
