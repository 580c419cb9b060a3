import { describe, expect, it } from 'vitest';
import { claimAddress } from '../../sdk/session/address-fragment.ts';
import { secretOfMark } from './mark-secret.ts';

const secret = 'Zk3c9Xw0rT5vB8nM1qLpYs';

describe('a mirror’s mark', () => {
  it('gives its secret', () => {
    expect(secretOfMark(claimAddress('https://boutique.example', 'norde', secret))).toBe(secret);
  });

  it('leads nowhere but to a claim: other addresses, other texts and broken secrets are no mark', () => {
    for (const text of [
      'https://boutique.example/advisor/?maison=norde#enrol=ABCDEFGH',
      'https://boutique.example/me/#open=Zk3c9Xw0rT5vB8nM1qLpYs',
      `https://elsewhere.example/#claim=${secret}`,
      'https://boutique.example/advisor/#claim=short',
      `javascript:alert(1)//advisor/#claim=${secret}`,
      'VT-0042-7781',
      '',
    ])
      expect(secretOfMark(text), text).toBeNull();
  });
});
