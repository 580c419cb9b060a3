import { timeOfDay, timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';
import { LineNote } from '../parts/line-note.tsx';

/** Opened without the line and with nobody signed in: what the board last showed, greyed, with its age. Nothing can be done. */
export function RestingScreen() {
  const { lastBoard, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
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
      </section>
    </main>
  );
}
