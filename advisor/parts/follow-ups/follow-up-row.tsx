import { Button } from 'react-aria-components';
import { findBySku } from '../../../protocol/product.ts';
import type { FollowUp } from '../../../protocol/visit-note.ts';
import { dayWords, decisionWords, occasionWords, stepWords } from '../../../sdk/session/visit-note-words.ts';
import { useTablet } from '../../app/tablet.ts';
import { FollowUpWays } from './follow-up-ways.tsx';

/** One task: what, about which piece, by when. A touch at its side says that it is done; a touch on it opens the rest. */
export function FollowUpRow({
  task,
  today,
  isOpen,
  onToggle,
}: {
  readonly task: FollowUp;
  readonly today: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { followUps, followUp, collection, line, live, voice } = useTablet();
  const { say, locale, timeZone } = voice;
  const piece = task.sku === null ? null : (findBySku(collection.catalogue, task.sku)?.piece.name ?? null);
  const what = piece === null ? stepWords[task.step][locale] : `${stepWords[task.step][locale]}, ${piece}`;
  const isDone = task.state === 'done';
  const disabled = !live || followUp.busy;
  const noted = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    day: 'numeric',
    month: 'long',
    timeZone: line.identity?.store.timeZone ?? timeZone,
  }).format(task.notedAtMs);
  const panelId = `task-${task.id}`;
  return (
    <li className="task" data-done={isDone || undefined}>
      <Button
        className="task-check"
        isDisabled={disabled}
        aria-label={say(isDone ? 'todo.reopen.label' : 'todo.done.label', { task: what })}
        onPress={() => void followUps.change(task.id, { kind: isDone ? 'reopen' : 'done' })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12.5l4.5 4.5L19 7.5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </Button>
      <Button
        className="task-main"
        isDisabled={isDone}
        aria-expanded={isOpen && !isDone}
        aria-controls={panelId}
        onPress={onToggle}
      >
        <span className="task-what">{what}</span>
        {!isDone && (
          <span className="task-due">
            {task.dueOn === today ? '' : dayWords(task.dueOn, locale, 'short')}
          </span>
        )}
        {task.line !== null && <span className="task-line">{task.line}</span>}
        <span className="help">
          {isDone
            ? say('todo.is-done')
            : say('todo.noted', {
                occasion: occasionWords[task.occasion][locale],
                decision: decisionWords[task.decision][locale],
                day: noted,
                name: task.notedBy.name,
              })}
          {task.owner === null && ` ${say('todo.everybody')}`}
        </span>
      </Button>
      {isOpen && !isDone && <FollowUpWays task={task} today={today} id={panelId} />}
    </li>
  );
}
