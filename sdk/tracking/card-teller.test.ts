import { describe, expect, it } from 'vitest';
import { CardTeller } from './card-teller.ts';

describe('what is told of a card', () => {
  it('does not change for one picture on which it was not seen', () => {
    const teller = new CardTeller();
    teller.begin();
    expect(teller.note('held', 0.1, 0)).toEqual({ sight: 'held', progress: 0.1 });
    expect(teller.note('none', 0.1, 100)).toBeNull();
    expect(teller.note('tilted', 0.1, 200)).toBeNull();
    expect(teller.note('held', 0.2, 300)).toEqual({ sight: 'held', progress: 0.2 });
  });

  it('changes when the card stays away, and at once when it comes back', () => {
    const teller = new CardTeller();
    teller.begin();
    teller.note('held', 0.5, 0);
    expect(teller.note('none', 0.5, 600)).toBeNull();
    expect(teller.note('none', 0.5, 700)).toEqual({ sight: 'none', progress: 0.5 });
    expect(teller.note('away', 0.5, 710)).toEqual({ sight: 'away', progress: 0.5 });
    expect(teller.note('tilted', 0.5, 720)).toEqual({ sight: 'tilted', progress: 0.5 });
  });

  it('keeps the progress while the face is missed, and forgets it with the person', () => {
    const teller = new CardTeller();
    teller.begin();
    teller.note('held', 0.5, 0);
    expect(teller.note('none', null, 100)).toBeNull();
    expect(teller.note('none', null, 2_500)).toEqual({ sight: 'none', progress: 0.5 });
    expect(teller.note('none', 0, 2_600)).toEqual({ sight: 'none', progress: 0 });
  });

  it('is nothing before a card is sought, and after it has measured', () => {
    const teller = new CardTeller();
    expect(teller.note('held', 0.5, 0)).toBeNull();
    teller.begin();
    expect(teller.note('measured', 1, 10)).toEqual({ sight: 'measured', progress: 1 });
    expect(teller.isSeeking).toBe(false);
    expect(teller.note('none', 1, 20)).toBeNull();
  });
});
