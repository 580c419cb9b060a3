import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { mayJoin } from '../../sdk/session/visit-context.ts';
import { useMirrorStatus, useSay, useSend, useVisit } from '../app/kiosk-context.tsx';
import { mayShowClient } from '../wiring/mirror-status.ts';
import { Icon } from './icon.tsx';

/** Lets somebody join the client in the mirror, and has it follow the client alone again; nobody is asked to join a mirror that shows nobody. */
export function Company(): ReactNode {
  const visit = useVisit();
  const say = useSay();
  const send = useSend();
  const status = useMirrorStatus();
  const others = visit.company.length;
  return (
    <>
      {others > 0 && (
        <Button
          className="tool"
          aria-label={say('wear.company.part.label', { others, visible: say('wear.company.part') })}
          onPress={() => send({ type: 'part' })}
        >
          <Icon name="advisor" />
          {say('wear.company.part')}
        </Button>
      )}
      {mayJoin(visit) && mayShowClient(status) && (
        <Button
          className="tool"
          aria-label={say('wear.company.label', { visible: say('wear.company', { people: others + 2 }) })}
          onPress={() => send({ type: 'invite' })}
        >
          <Icon name="company" />
          {say('wear.company', { people: others + 2 })}
        </Button>
      )}
    </>
  );
}
