import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import { OneOf } from './check-fields.tsx';
import type { ConsoleDesk } from './console-desk.ts';
import { DeedDialog } from './deed-dialog.tsx';
import type { Voice } from './voice.ts';

/** How long an advisor is locked out. */
export type LockOut = 'for-now' | 'for-good';

const lockOuts = ['for-now', 'for-good'] as const satisfies readonly LockOut[];

/** Locks an advisor out until they are given a start code, or removes them for good. */
export function LockOutDialog({
  desk,
  advisor,
  voice,
  onClose,
}: {
  readonly desk: ConsoleDesk;
  readonly advisor: BoardAdvisor;
  readonly voice: Voice;
  /** With what was done; null where nothing was. */
  readonly onClose: (done: LockOut | null) => void;
}): ReactNode {
  const { say } = voice;
  const [how, setHow] = useState<LockOut>('for-now');
  const { name } = advisor;
  const run = async () => {
    const { advisorDeeds: deeds } = desk;
    const done = how === 'for-now' ? await deeds.lockOut(advisor) : await deeds.remove(advisor);
    if (done) onClose(how);
  };
  return (
    <DeedDialog
      desk={desk}
      voice={voice}
      title={say('advisors.out.title', { name })}
      deed={say(how === 'for-now' ? 'advisors.out.do' : 'advisors.remove.do')}
      grave
      work={run}
      onLeave={() => onClose(null)}
    >
      <p>{say('advisors.out.words', { name })}</p>
      <OneOf
        legend={say('advisors.out.how')}
        all={lockOuts}
        labelOf={(one) => say(`advisors.out.${one}`, { name })}
        name="lock-out"
        chosen={how}
        onChange={setHow}
      />
      <div role="status">
        {how === 'for-good' && <p className="help">{say('advisors.out.for-good.help')}</p>}
      </div>
    </DeedDialog>
  );
}
