import { isEasyPin } from '../../protocol/pin.ts';

/** What is typed next: what proves who one is, the PIN one wishes for, or that once more. */
export type PinStep = 'proof' | 'pin' | 'again';

/** By what one proves who one is: a start code, or the PIN until now. */
export type PinProof = 'code' | 'pin';

/** Choosing a PIN, step by step. What was typed is forgotten with the last of them. */
export interface PinChoice {
  readonly step: PinStep;
  readonly proof: string;
  readonly pin: string;
  /** Why a step is done over. */
  readonly fault: 'easy' | 'differs' | null;
}

/** Nothing has been typed yet. */
export const noChoice: PinChoice = { step: 'proof', proof: '', pin: '', fault: null };

/** What is sent when the last step is done. */
export interface WholeChoice {
  readonly proof: string;
  readonly pin: string;
}

/** Takes what was typed; `whole` once everything was. */
export function afterTyping(
  { step, proof, pin }: PinChoice,
  by: PinProof,
  typed: string,
): { readonly choice: PinChoice; readonly whole: WholeChoice | null } {
  switch (step) {
    case 'proof':
      return { choice: { step: 'pin', proof: typed, pin: '', fault: null }, whole: null };
    case 'pin': {
      const isEasy = by === 'code' ? isEasyPin(typed, proof) : isEasyPin(typed) || typed === proof;
      const choice: PinChoice = isEasy
        ? { step, proof, pin: '', fault: 'easy' }
        : { step: 'again', proof, pin: typed, fault: null };
      return { choice, whole: null };
    }
    case 'again':
      return typed === pin
        ? { choice: noChoice, whole: { proof, pin } }
        : { choice: { step: 'pin', proof, pin: '', fault: 'differs' }, whole: null };
  }
}
