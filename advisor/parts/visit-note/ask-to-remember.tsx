import { Button } from 'react-aria-components';
import { timeOfDay } from '../../../sdk/session/spoken-time.ts';
import { useTablet } from '../../app/tablet.ts';

/** Nothing is written down of a client who has not said yes: the question goes to their mirror, and what they answer is seen here. */
export function AskToRemember() {
  const { clients, client, live, voice } = useTablet();
  const { say, locale, timeZone, nowMs } = voice;
  const stands = client.waitsUntilMs !== null && client.waitsUntilMs > nowMs;
  return (
    <div className="note-ask">
      <p>{say('note.ask.words')}</p>
      <Button
        className="secondary"
        isDisabled={!live || stands || client.busy !== null}
        onPress={() => void clients.ask(null)}
      >
        {say('client.ask')}
      </Button>
      <p className="help" role="status">
        {client.declined
          ? say('client.declined')
          : stands && client.waitsUntilMs !== null
            ? say('client.waits', { time: timeOfDay(client.waitsUntilMs, locale, timeZone) })
            : ''}
      </p>
    </div>
  );
}
