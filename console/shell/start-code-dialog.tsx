import { useState, type ReactNode } from 'react';
import type { BoardAdvisor } from '../../protocol/advisor.ts';
import type { StartCodeReply } from '../../protocol/pin.ts';
import { CloseChoice } from './choices.tsx';
import type { ConsoleDesk } from './console-desk.ts';
import { CopyField } from './copy-field.tsx';
import { DeedDialog } from './deed-dialog.tsx';
import { Dialog } from './dialog.tsx';
import type { Voice } from './voice.ts';

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
  const [made, setMade] = useState<StartCodeReply | null>(null);
  const { name } = advisor;
  const title = say('advisors.code.title', { name });
  const make = async () => {
    const code = await desk.advisorDeeds.makeCode(advisor);
    if (code) setMade(code);
  };
  if (!made)
    return (
      <DeedDialog
        desk={desk}
        voice={voice}
        title={title}
        deed={say('advisors.code.do')}
        work={make}
        onLeave={onClose}
      >
        <p>{say('advisors.code.words', { name })}</p>
        {advisor.hasPin && <p>{say('advisors.code.ends-pin', { name })}</p>}
      </DeedDialog>
    );
  return (
    <Dialog title={title} onClose={onClose}>
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
      <CloseChoice say={say} onClose={onClose} />
    </Dialog>
  );
}
