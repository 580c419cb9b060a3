import { timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useTablet } from '../app/tablet.ts';

/** What became of the question on the client's mirror: until when it stands there, or that they would rather not. */
export function ClientWaits() {
  const { client, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const { declined, waitsUntilMs } = client;
  return (
    <p className="help" role="status">
      {declined
        ? say('client.declined')
        : waitsUntilMs !== null && waitsUntilMs > nowMs
          ? say('client.waits', { time: timeOfDay(waitsUntilMs, locale, timeZone) })
          : ''}
    </p>
  );
}
