import type { ReactNode } from 'react';
import { useLink, useSay, useVisitSnapshot } from '../app/kiosk-context.tsx';
import { screenOf } from '../app/screen.ts';

/** One quiet sentence while the line to the boutique is down; the screens go on without it. */
export function LineNote(): ReactNode {
  const { status } = useLink();
  const screen = screenOf(useVisitSnapshot());
  const say = useSay();
  const quiet = screen === 'attract' || screen === 'wiping' || screen === 'calling';
  return (
    <p className="line-note" role="status" data-empty={status.kind !== 'offline' || quiet}>
      {status.kind === 'offline' && !quiet && say('line.offline')}
    </p>
  );
}
