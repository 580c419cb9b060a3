import type { ReactNode } from 'react';
import type { ConsoleDesk } from './console-desk.ts';
import { Dialog } from './dialog.tsx';
import { useStore } from './use-store.ts';
import type { Voice } from './voice.ts';
import { whyWords } from './words.ts';

/** Asks once more before a deed that cannot be taken back. Stays open, and says why, where the deed was refused. */
export function ConfirmDialog({
  desk,
  voice,
  title,
  words,
  deed,
  work,
  onClose,
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
  const { say } = voice;
  const { busy, refusal } = useStore(desk.state);
  const run = async () => {
    if (await work()) onClose(true);
  };
  const leave = () => {
    desk.forgetRefusal();
    onClose(false);
  };
  return (
    <Dialog title={title} onClose={leave}>
      <p>{words}</p>
      <div role="alert">{refusal && <p className="note bad">{whyWords(say, refusal.code)}</p>}</div>
      <div className="choices">
        <button className="plain" type="button" onClick={leave}>
          {say('cancel')}
        </button>
        <button className="deed grave" type="button" disabled={busy} onClick={() => void run()}>
          {deed}
        </button>
      </div>
    </Dialog>
  );
}
