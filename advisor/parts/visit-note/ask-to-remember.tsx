import { Button } from 'react-aria-components';
import { refusalWords } from '../../language/refusal-words.ts';
import { useTablet } from '../../app/tablet.ts';
import { ClientWaits } from '../client-waits.tsx';

/** Nothing is written down of a client who has not said yes: the question goes to their mirror, and what they answer is seen here. */
export function AskToRemember() {
  const { clients, client, live, voice } = useTablet();
  const { say, nowMs } = voice;
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
      <ClientWaits />
      <div role="alert" className="notice-place">
        {client.refused && <p className="notice">{refusalWords('client', client.refused.error, voice)}</p>}
      </div>
    </div>
  );
}
