import { Button } from 'react-aria-components';
import type { SessionState } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';

/** Who leads, in one line; the way to lead while the client does. */
export function LeadBar({ session }: { readonly session: SessionState }) {
  const { desk, known, live, voice } = useTablet();
  const { say } = voice;
  const leads = session.lead.by === 'advisor';
  const { name, refusal } = known.action;
  const wasLate =
    !leads && refusal?.code === 'conflict' && (name === 'wear' || name === 'tell' || name === 'lead');
  return (
    <div className="lead-bar" data-leads={session.lead.by}>
      <p role="status">
        <span className="lead-mark" aria-hidden="true" />
        <span>
          <strong>{say(leads ? 'lead.me' : 'lead.client')}</strong>{' '}
          <span className="lead-words">
            {say(wasLate ? 'lead.late' : leads ? 'lead.me.words' : 'lead.client.words')}
          </span>
        </span>
      </p>
      {!leads && (
        <Button
          className="secondary small"
          isDisabled={!live || (known.action.busy && name === 'lead')}
          onPress={() => void desk.takeLead()}
        >
          {say('lead.take')}
        </Button>
      )}
    </div>
  );
}
