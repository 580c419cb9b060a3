import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';

/** Says calmly that the line is lost, since when, and what that means. */
export function LineNote() {
  const { line, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  if (line.status.kind !== 'offline') return <div className="note-place" aria-live="polite" />;
  const time = timeWithDay(line.status.sinceMs, nowMs, locale, timeZone);
  return (
    <div className="note-place" aria-live="polite">
      <div className="line-note">
        <strong>{say('line.offline.title')}</strong>
        <p>{say('line.offline.words', { time })}</p>
      </div>
    </div>
  );
}
