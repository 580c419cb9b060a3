import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { Dialog } from './dialog.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';

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
  const { busy, refusal } = useStore(desk.state);
  const [how, setHow] = useState<LockOut>('for-now');
  const { name } = advisor;
  const leave = () => {
    desk.forgetRefusal();
    onClose(null);
  };
  const run = async () => {
    const { advisorDeeds: deeds } = desk;
    const done = how === 'for-now' ? await deeds.lockOut(advisor) : await deeds.remove(advisor);
    if (done) onClose(how);
  };
  return (
    <Dialog title={say('advisors.out.title', { name })} onClose={leave}>
      <p>{say('advisors.out.words', { name })}</p>
      <fieldset className="radios">
        <legend>{say('advisors.out.how')}</legend>
        {lockOuts.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="lock-out" checked={how === one} onChange={() => setHow(one)} />
            {say(`advisors.out.${one}`, { name })}
          </label>
        ))}
      </fieldset>
      <div role="status">
        {how === 'for-good' && <p className="help">{say('advisors.out.for-good.help')}</p>}
      </div>
      <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
      <div className="choices">
        <button className="plain" type="button" onClick={leave}>
          {say('cancel')}
        </button>
        <button className="deed grave" type="button" disabled={busy} onClick={() => void run()}>
          {say(how === 'for-now' ? 'advisors.out.do' : 'advisors.remove.do')}
        </button>
      </div>
    </Dialog>
  );
}
