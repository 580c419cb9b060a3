import type { Hold } from '../../protocol/stock.ts';
import { countdown, timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';

/** Whether a hold keeps a piece back at this time. Its end may be known here before the server says so. */
export function isHeld(hold: Hold, nowMs: number): boolean {
  return hold.state === 'active' && hold.expiresAtMs > nowMs;
}

/** That a hold has run out is told for so long. */
const toldForMs = 300_000;

/** Whether a hold ran out a moment ago, by nobody's hand. */
export function hasJustRunOut({ state, expiresAtMs }: Hold, nowMs: number): boolean {
  const hasRunOut = state === 'expired' || (state === 'active' && expiresAtMs <= nowMs);
  return hasRunOut && nowMs - expiresAtMs < toldForMs;
}

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
