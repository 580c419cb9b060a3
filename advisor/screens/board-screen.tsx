import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import { ClaimForm } from '../parts/claim-form.tsx';
import { LineNote } from '../parts/line-note.tsx';
import { SaleRequests } from '../parts/sale/sale-requests.tsx';
import { RecentVisits } from '../parts/recent-visits.tsx';
import { useTablet } from '../app/tablet.ts';

/** Between clients: which mirrors call, the way to one of them, and what earlier clients kept. */
export function BoardScreen() {
  const { known, voice } = useTablet();
  const { say } = voice;
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
          <h1 id="calls-title">{say('board.calls')}</h1>
          <Calls />
        </section>
        <ClaimForm />
      </div>
      <SaleRequests />
      <RecentVisits />
    </main>
  );
}

function Calls() {
  const { line, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  if (line.calls.length === 0)
    return (
      <div className="calls-none">
        <p className="calls-quiet">{say('board.quiet')}</p>
        <p>{say('board.quiet.words')}</p>
      </div>
    );
  return (
    <ul className="calls" aria-live="polite">
      {line.calls.map((call) => (
        <li key={call.offerId} className="call" data-claimed={call.claimedBy !== null || undefined}>
          <span className="call-kiosk">{call.kioskName}</span>
          <span className="call-words">
            {call.claimedBy
              ? say('board.claimed', { name: call.claimedBy.name })
              : say('board.calling', { time: timeOfDay(call.sinceMs, locale, timeZone) })}
          </span>
          {!call.claimedBy && (
            <span className="call-for">
              {say('board.calling.for', {
                minutes: Math.max(0, Math.floor((nowMs - call.sinceMs) / 60_000)),
              })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
