import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import type { StartCodeReply } from '../../protocol/pin.ts';
import type { ConsoleDesk } from './console-desk.ts';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';

/** Makes a start code for an advisor and shows it once. It is kept nowhere, and gone with the dialog. */
export function StartCodeDialog({
  desk,
  advisor,
  voice,
  onClose,
}: {
  readonly desk: ConsoleDesk;
  readonly advisor: BoardAdvisor;
  readonly voice: Voice;
  readonly onClose: () => void;
}): ReactNode {
  const { say, time } = voice;
  const { busy, refusal } = useStore(desk.state);
  const [made, setMade] = useState<StartCodeReply | null>(null);
  const { name } = advisor;
  const leave = () => {
    desk.forgetRefusal();
    onClose();
  };
  const make = async () => {
    const code = await desk.advisorDeeds.makeCode(advisor);
    if (code) setMade(code);
  };
  return (
    <Dialog title={say('advisors.code.title', { name })} onClose={leave}>
      {made ? (
        <>
          <p>{say('advisors.code.made', { name, time: time(made.expiresAtMs) })}</p>
          <div className="start-code">
            <CopyField
              label={say('advisors.code')}
              text={made.code}
              copyLabel={say('advisors.code.copy')}
              rows={1}
              voice={voice}
            />
          </div>
          <div className="choices">
            <button className="deed" type="button" onClick={leave}>
              {say('close')}
            </button>
          </div>
        </>
      ) : (
        <>
          <p>{say('advisors.code.words', { name })}</p>
          {advisor.hasPin && <p>{say('advisors.code.ends-pin', { name })}</p>}
          <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
          <div className="choices">
            <button className="plain" type="button" onClick={leave}>
              {say('cancel')}
            </button>
            <button className="deed" type="button" disabled={busy} onClick={() => void make()}>
              {say('advisors.code.do')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
