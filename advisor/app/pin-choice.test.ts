import { describe, expect, it } from 'vitest';
import { afterTyping, noChoice, type PinChoice, type PinProof } from './pin-choice.ts';

/** Types one after the other; the choice and what was sent at the end. */
function type(by: PinProof, ...typed: readonly string[]) {
  let choice: PinChoice = noChoice;
  let whole = null;
  for (const one of typed) ({ choice, whole } = afterTyping(choice, by, one));
  return { choice, whole };
}

describe('choosing a PIN', () => {
  it('asks for the code, the PIN and the PIN once more, then keeps none of them', () => {
    expect(type('code', '40718256').choice.step).toBe('pin');
    expect(type('code', '40718256', '7294').choice.step).toBe('again');
    expect(type('code', '40718256', '7294', '7294')).toEqual({
      choice: noChoice,
      whole: { proof: '40718256', pin: '7294' },
    });
  });

  it('asks for another where anybody would guess it, or where it is a piece of the code', () => {
    for (const pin of ['1234', '0718']) {
      expect(type('code', '40718256', pin)).toMatchObject({
        choice: { step: 'pin', fault: 'easy' },
        whole: null,
      });
    }
    expect(type('code', '40718256', '1234', '7294').choice).toMatchObject({ step: 'again', fault: null });
  });

  it('asks for another than the one until now', () => {
    expect(type('pin', '7294', '7294').choice).toMatchObject({ step: 'pin', fault: 'easy' });
    expect(type('pin', '7294', '60815').choice.step).toBe('again');
  });

  it('begins the PIN over where it was not the same twice, and keeps the proof', () => {
    const { choice, whole } = type('pin', '7294', '60815', '60816');
    expect([choice, whole]).toEqual([{ step: 'pin', proof: '7294', pin: '', fault: 'differs' }, null]);
  });
});
