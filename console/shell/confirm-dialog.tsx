import type { ReactNode } from 'react';
import type { ConsoleDesk } from './console-desk.ts';
import { DeedDialog } from './deed-dialog.tsx';
import type { Voice } from './voice.ts';

/** Asks once more before a deed that cannot be taken back. */
export function ConfirmDialog({
  words,
  work,
  onClose,
  ...props
}: {
  readonly desk: ConsoleDesk;
  readonly voice: Voice;
  readonly title: string;
  readonly words: string;
  /** What the button says. */
  readonly deed: string;
  /** True when it is done. */
  readonly work: () => Promise<boolean>;
  readonly onClose: (done: boolean) => void;
}): ReactNode {
  const run = async () => {
    if (await work()) onClose(true);
  };
  return (
    <DeedDialog {...props} grave work={run} onLeave={() => onClose(false)}>
      <p>{words}</p>
    </DeedDialog>
  );
}
