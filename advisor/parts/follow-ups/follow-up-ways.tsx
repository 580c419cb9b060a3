import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { FollowUp } from '../../../protocol/visit-note.ts';
import { useTablet } from '../../app/tablet.ts';
import { refusalWords } from '../../language/refusal-words.ts';
import { DayField } from '../visit-note/due-touches.tsx';
import { dayOf, dueTouches } from '../visit-note/note-draft.ts';

/** What can be done with a task: see whose it is, put it off, hand it on. */
export function FollowUpWays({
  task,
  today,
  id,
}: {
  readonly task: FollowUp;
  readonly today: string;
  readonly id: string;
}) {
  const { followUps, followUp, line, known, live, voice } = useTablet();
  const { say } = voice;
  const [doing, setDoing] = useState<'move' | 'hand' | null>(null);
  /** Null until another day than the usual ones is wished for. */
  const [otherDay, setOtherDay] = useState<string | null>(null);
  const disabled = !live || followUp.busy;
  const client = followUp.client?.followUpId === task.id ? followUp.client : null;
  const refused = followUp.refused?.followUpId === task.id ? followUp.refused.error : null;
  const days = { today, last: task.lastDay };
  const me = line.advisor?.id ?? '';
  const colleagues = typeof known.advisors === 'string' ? [] : known.advisors;
  const others = colleagues.map((one) => one.id).filter((one) => one !== task.owner?.id);
  const takers = task.owner === null ? others : [...others, null];
  const nameOf = (one: string | null): string => {
    if (one === null) return say('todo.hand.everybody');
    if (one === me) return say('todo.hand.me');
    return colleagues.find((colleague) => colleague.id === one)?.name ?? one;
  };
  const chosen = dayOf('other', otherDay, days);
  const move = (dueOn: string): void => {
    setDoing(null);
    void followUps.change(task.id, { kind: 'move', dueOn });
  };
  return (
    <div className="task-ways" id={id}>
      <p className="task-client" role="status">
        {client && say('todo.client', { name: client.name, language: client.locale ?? 'none' })}
      </p>
      <div className="sale-ways">
        {!client && (
          <Button
            className="secondary small"
            isDisabled={disabled}
            onPress={() => void followUps.askClient(task.id)}
          >
            {say('todo.who')}
          </Button>
        )}
        <Button
          className="secondary small"
          aria-expanded={doing === 'move'}
          onPress={() => {
            setDoing(doing === 'move' ? null : 'move');
            setOtherDay(null);
          }}
        >
          {say('todo.move')}
        </Button>
        <Button
          className="secondary small"
          aria-expanded={doing === 'hand'}
          onPress={() => setDoing(doing === 'hand' ? null : 'hand')}
        >
          {say('todo.hand')}
        </Button>
      </div>
      {doing === 'move' && (
        <div className="note-chips" role="group" aria-label={say('note.due')}>
          {dueTouches.map((due) => (
            <Button
              key={due}
              className="chip"
              isDisabled={disabled}
              {...(due === 'other' && { 'aria-expanded': otherDay !== null })}
              onPress={() => {
                const dueOn = dayOf(due, null, days);
                if (dueOn === null) setOtherDay(task.dueOn);
                else move(dueOn);
              }}
            >
              {say(`note.due.${due}`)}
            </Button>
          ))}
        </div>
      )}
      {doing === 'move' && otherDay !== null && (
        <div className="task-day">
          <DayField day={otherDay} days={days} onChange={(day) => setOtherDay(day ?? '')} />
          <Button
            className="secondary small"
            isDisabled={disabled || chosen === null}
            onPress={() => chosen !== null && move(chosen)}
          >
            {say('todo.move.to')}
          </Button>
        </div>
      )}
      {doing === 'hand' && (
        <div className="note-chips" role="group" aria-label={say('todo.hand.to')}>
          {takers.map((one) => (
            <Button
              key={one ?? 'everybody'}
              className="chip"
              isDisabled={disabled}
              onPress={() => void followUps.change(task.id, { kind: 'hand', advisorId: one })}
            >
              {nameOf(one)}
            </Button>
          ))}
        </div>
      )}
      <div role="alert" className="notice-place">
        {refused && <p className="notice">{refusalWords('todo', refused, voice)}</p>}
      </div>
    </div>
  );
}
