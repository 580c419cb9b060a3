import type { Hold } from '../../protocol/stock.ts';
import { isHeld } from '../../sdk/session/hold-state.ts';
import { countdown, timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';

/** Until when a piece is held, on the boutique's clock, and how long that is. */
export function HoldCountdown({ hold }: { readonly hold: Hold }) {
  const { voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  if (!isHeld(hold, nowMs)) return <span className="hold-words">{say('hold.ended')}</span>;
  const { text, iso } = countdown(hold.expiresAtMs, nowMs);
  return (
    <span className="hold-words">
      <span>{say('hold.until', { time: timeOfDay(hold.expiresAtMs, locale, timeZone) })}</span>
      <time className="hold-left" dateTime={iso}>
        {say('hold.left', { left: text })}
      </time>
    </span>
  );
}
