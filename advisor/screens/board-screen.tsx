import { useState } from 'react';
import { Button } from 'react-aria-components';
import { BellSwitch } from '../parts/bell-switch.tsx';
import { Calls } from '../parts/calls.tsx';
import { ClaimForm } from '../parts/claim-form.tsx';
import { PinCard } from '../parts/pin-card.tsx';
import { PasskeyCard } from '../parts/passkey-card.tsx';
import { FollowUps } from '../parts/follow-ups/follow-ups.tsx';
import { KnowledgeSheet } from '../parts/knowledge-sheet.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { SaleRequests } from '../parts/sale/sale-requests.tsx';
import { PracticeCard } from '../parts/practice-card.tsx';
import type { ScenarioId } from '../practice/scenarios.ts';
import { RecentVisits } from '../parts/recent-visits.tsx';
import { useTablet } from '../app/tablet.ts';

/** Between clients: which mirrors call, the way to one of them, and what earlier clients kept. */
export function BoardScreen({
  onPractise,
}: {
  /** Begins a rehearsal; null in one. */
  readonly onPractise: ((scenarioId: ScenarioId) => void) | null;
}) {
  const { known, voice, passkeys } = useTablet();
  const { say } = voice;
  const [reads, setReads] = useState(false);
  return (
    <main className="screen board">
      <div className="board-news">
        <LineNote />
        <div aria-live="polite">
          {known.closedAt && <p className="line-note">{say('board.closed', { kiosk: known.closedAt })}</p>}
          {known.ended && <p className="line-note">{say(`ended.${known.ended}`)}</p>}
        </div>
      </div>
      <div className="board-way">
        <section className="board-calls" aria-labelledby="calls-title">
          <div className="board-calls-head">
            <h1 id="calls-title">{say('board.calls')}</h1>
            <BellSwitch />
          </div>
          <Calls />
        </section>
        <SaleRequests of="runs" />
        <ClaimForm />
      </div>
      <div className="board-own">
        <FollowUps />
        <SaleRequests of="collections" />
        <RecentVisits />
        <section className="list board-collection" aria-labelledby="collection-title">
          <h2 id="collection-title">{say('knowledge.collection')}</h2>
          <p className="help">{say('knowledge.collection.words')}</p>
          <Button className="secondary small" onPress={() => setReads(true)}>
            {say('knowledge.read')}
          </Button>
        </section>
        {onPractise && <PracticeCard onBegin={onPractise} />}
        {onPractise && <PinCard />}
        {passkeys && <PasskeyCard passkeys={passkeys} />}
      </div>
      <KnowledgeSheet first={null} isOpen={reads} onClose={() => setReads(false)} />
    </main>
  );
}
