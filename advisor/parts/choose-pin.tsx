import { useState } from 'react';
import type { WireError } from '../../protocol/errors.ts';
import { shortestPin, startCodeDigits } from '../../protocol/pin.ts';
import { afterTyping, noChoice, type PinProof, type WholeChoice } from '../app/pin-choice.ts';
import { useTablet } from '../app/tablet.ts';
import { RefusalNotice } from './notice.tsx';
import { PinPad } from './pin-pad.tsx';

/** Three steps on one pad: who one is, by a start code or the PIN until now; the PIN one wishes for; and that once more. */
export function ChoosePin({
  by,
  busy,
  refusal,
  onType,
  onWhole,
}: {
  readonly by: PinProof;
  readonly busy: boolean;
  readonly refusal: WireError | null;
  readonly onType: () => void;
  readonly onWhole: (whole: WholeChoice) => void;
}) {
  const { voice } = useTablet();
  const { say } = voice;
  const [choice, setChoice] = useState(noChoice);
  const { step, fault } = choice;
  const isCode = step === 'proof' && by === 'code';
  const enter = (typed: string) => {
    const next = afterTyping(choice, by, typed);
    setChoice(next.choice);
    if (next.whole) onWhole(next.whole);
  };
  const title = {
    proof: isCode ? 'pin.step.code' : 'pin.step.old',
    pin: 'pin.step.pin',
    again: 'pin.step.again',
  } as const;
  const help = {
    proof: isCode ? 'pin.step.code.help' : null,
    pin: 'pin.step.pin.help',
    again: 'pin.step.again.help',
  } as const;
  const helpId = help[step];
  return (
    <div className="choose-pin">
      <div className="choose-pin-step" aria-live="polite">
        <p className="choose-pin-title">{say(title[step])}</p>
        <p className="help">{helpId && say(helpId)}</p>
      </div>
      <PinPad
        key={step}
        busy={busy}
        least={isCode ? startCodeDigits : shortestPin}
        enter={say(step === 'again' ? 'pin.keep' : 'pin.next')}
        onType={() => {
          if (fault) setChoice({ ...choice, fault: null });
          onType();
        }}
        onEnter={enter}
      />
      {fault ? (
        <div role="alert" className="notice-place">
          <p className="notice">{say(`pin.fault.${fault}`)}</p>
        </div>
      ) : (
        <RefusalNotice attempt={by === 'code' ? 'start' : 'change-pin'} refusal={refusal} />
      )}
    </div>
  );
}
