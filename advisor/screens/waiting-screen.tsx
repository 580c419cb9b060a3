import { countdown } from '../../sdk/session/spoken-time.ts';
import { LineNote } from '../parts/line-note.tsx';
import { useTablet } from '../app/tablet.ts';

/** The tablet has claimed a call: the client compares two digits and confirms on the mirror. */
export function WaitingScreen() {
  const { line, voice } = useTablet();
  const { say, nowMs } = voice;
  const { claim } = line;
  if (!claim) return null;
  const [first = '', second = ''] = claim.digits;
  return (
    <main className="screen waiting">
      <LineNote />
      <h1>{say('waiting.title')}</h1>
      <p className="digits">
        <span className="unseen">{say('waiting.digits', { first, second })}</span>
        <span aria-hidden="true">{first}</span>
        <span aria-hidden="true">{second}</span>
      </p>
      <p className="lead">{say('waiting.words', { kiosk: claim.kioskName })}</p>
      <p className="help">{say('waiting.left', { left: countdown(claim.expiresAtMs, nowMs).text })}</p>
    </main>
  );
}
