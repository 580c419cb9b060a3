import { useState } from 'react';
import { Button } from 'react-aria-components';
import { timeOfDay, timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import { KnowledgeSheet } from '../parts/knowledge-sheet.tsx';
import { LineNote } from '../parts/line-note.tsx';

/** Opened without the line and with nobody signed in: what the board last showed, greyed, with its age. Nothing can be done but read. */
export function RestingScreen() {
  const { lastBoard, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const [reads, setReads] = useState(false);
  return (
    <main className="screen board">
      <div className="board-news">
        <LineNote />
      </div>
      <section className="board-calls board-past" aria-labelledby="past-title">
        <h1 id="past-title">{say('board.calls')}</h1>
        {lastBoard === null || lastBoard.calls.length === 0 ? (
          <p className="calls-none">{say('resting.none')}</p>
        ) : (
          <>
            <p className="help">
              {say('resting.as-of', { time: timeWithDay(lastBoard.atMs, nowMs, locale, timeZone) })}
            </p>
            <ul className="calls">
              {lastBoard.calls.map(({ kioskName, sinceMs }) => (
                <li key={`${kioskName} ${sinceMs}`} className="call" data-claimed>
                  <span className="call-kiosk">{kioskName}</span>
                  <span className="call-words">
                    {say('resting.called', { time: timeOfDay(sinceMs, locale, timeZone) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className="help">{say('resting.words')}</p>
        <Button className="secondary small" onPress={() => setReads(true)}>
          {say('knowledge.read')}
        </Button>
      </section>
      <KnowledgeSheet first={null} isOpen={reads} onClose={() => setReads(false)} />
    </main>
  );
}
