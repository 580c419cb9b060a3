import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';

/** The advisor's name and the two digits: the client compares both screens and says yes or no. */
export function MatchScreen({ waiting }: { waiting: boolean }): ReactNode {
  const { claim } = useVisit();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  if (!claim) return null;
  const { advisor, digits } = claim;
  return (
    <main className="screen page match" aria-busy={waiting}>
      <header className="page-head">
        <p className="eyebrow">{words(advisor.title)}</p>
        <h1>{say('call.claimed', { name: advisor.name })}</h1>
      </header>
      <p className="digits" aria-hidden="true">
        {digits}
      </p>
      <div className="match-question" role="status">
        <h2>{waiting ? say('call.confirming') : say('call.match', { digits })}</h2>
        <p className="lead" id="match-words">
          {say('call.match.words', { name: advisor.name })}
        </p>
      </div>
      <div className="actions">
        <Button
          className="primary"
          isDisabled={waiting}
          aria-describedby="match-words"
          onPress={() => send({ type: 'confirm' })}
        >
          {say('call.yes', { digits })}
        </Button>
        <Button className="secondary" isDisabled={waiting} onPress={() => send({ type: 'decline' })}>
          {say('call.no')}
        </Button>
      </div>
    </main>
  );
}
