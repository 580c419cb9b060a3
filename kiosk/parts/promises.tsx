import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { SessionState } from '../../protocol/session.ts';
import { useSay } from '../app/kiosk-context.tsx';
import { useHoldLines } from './hold-lines.tsx';
import { AppointmentSign, useSaleLines } from './sale-signs.tsx';

/** More lines than these would cover the client in an upright mirror: the rest is a touch away. */
const linesAtOnce = 2;

/** What the boutique does and keeps for this client: what runs out first, then what is on its way; and the appointment to take along. */
export function Promises({
  session,
  isWhole = false,
}: {
  readonly session: SessionState;
  /** On a page that lies over nobody. */
  readonly isWhole?: boolean;
}): ReactNode {
  const say = useSay();
  const [opened, setOpened] = useState(false);
  const lines = [...useHoldLines(session.holds), ...useSaleLines(session.closed !== null)];
  // One line is never folded: the words that it is there take as much room.
  const folds = !isWhole && lines.length > linesAtOnce + 1;
  const shown = folds && !opened ? lines.slice(0, linesAtOnce) : lines;
  return (
    <>
      {lines.length > 0 && (
        <ul className="holds" aria-live="polite">
          {shown}
          {folds && (
            <li>
              <Button className="quiet" aria-expanded={opened} onPress={() => setOpened(!opened)}>
                {opened
                  ? say('together.promises.fewer')
                  : say('together.promises.more', { count: lines.length - linesAtOnce })}
              </Button>
            </li>
          )}
        </ul>
      )}
      <AppointmentSign />
    </>
  );
}
