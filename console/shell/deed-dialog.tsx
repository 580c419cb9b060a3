import type { ReactNode } from 'react';
import { Choices } from './choices.tsx';
import type { ConsoleDesk } from './console-desk.ts';
import { Dialog } from './dialog.tsx';
import { FieldsForm } from './fields-form.tsx';
import { Refusal } from './refusal.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';

interface DeedDialogProps {
  readonly desk: ConsoleDesk;
  readonly voice: Voice;
  readonly title: string;
  /** What the button says. */
  readonly deed: string;
  /** Closes the dialog itself where it is done. */
  readonly work: () => Promise<void>;
  /** Nothing was done. */
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** Asks before a deed of the desk. Stays open, and says why, where the deed was refused. */
export function DeedDialog({
  grave = false,
  children,
  ...props
}: DeedDialogProps & {
  /** The deed takes something away. */
  readonly grave?: boolean;
}): ReactNode {
  const { title, voice, deed, work } = props;
  const { busy, refusal, leave } = useDeed(props);
  return (
    <Dialog title={title} onClose={leave}>
      {children}
      <Refusal refusal={refusal} say={voice.say} />
      <Choices
        say={voice.say}
        deed={deed}
        grave={grave}
        disabled={busy}
        onLeave={leave}
        onDeed={() => void work()}
      />
    </Dialog>
  );
}

/** The same for a deed that wants fields filled in first. */
export function FormDialog({
  isWhole,
  children,
  ...props
}: DeedDialogProps & {
  /** Every field has what it needs. */
  readonly isWhole: boolean;
}): ReactNode {
  const { title, voice, deed, work } = props;
  const { busy, refusal, leave } = useDeed(props);
  const ready = isWhole && !busy;
  return (
    <Dialog title={title} onClose={leave}>
      <FieldsForm ready={ready} onSend={() => void work()}>
        {children}
        <Refusal refusal={refusal} say={voice.say} />
        <Choices say={voice.say} deed={deed} disabled={!ready} onLeave={leave} />
      </FieldsForm>
    </Dialog>
  );
}

function useDeed({ desk, onLeave }: Pick<DeedDialogProps, 'desk' | 'onLeave'>) {
  const { busy, refusal } = useStore(desk.state);
  const leave = () => {
    desk.forgetRefusal();
    onLeave();
  };
  return { busy, refusal, leave };
}
