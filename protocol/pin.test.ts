import { describe, expect, it } from 'vitest';
import { isEasyPin, Pin } from './pin.ts';

describe('a PIN that anybody would guess', () => {
  it.each([
    '0000',
    '99999999',
    '1234',
    '4321',
    '7890',
    '1357',
    '8642',
    '1212',
    '123123',
    '12312312',
    '2580',
    '0852',
    '1984',
    '2031',
  ])('%s', (pin) => {
    expect(Pin.safeParse(pin).success).toBe(true);
    expect(isEasyPin(pin)).toBe(true);
  });

  it.each(['7294', '1902', '91840', '12345679', '19841', '60718293'])('and %s is none', (pin) => {
    expect(isEasyPin(pin)).toBe(false);
  });

  it('is a piece of the start code too', () => {
    expect(isEasyPin('7294', '51872943')).toBe(true);
    expect(isEasyPin('51872943', '51872943')).toBe(true);
    expect(isEasyPin('7294', '51872493')).toBe(false);
  });
});
