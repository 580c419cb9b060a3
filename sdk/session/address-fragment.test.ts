import { expect, it } from 'vitest';
import { readFragment, withoutFragment } from './address-fragment.ts';

it('reads a code or a secret off a link, and nothing that does not look like one', () => {
  expect(readFragment('#enrol=ABCD-EFGH-1234')).toEqual({ enrolCode: 'ABCD-EFGH-1234', claimSecret: null });
  const secret = 'aB3_'.repeat(6);
  expect(readFragment(`#claim=${secret}`)).toEqual({ enrolCode: null, claimSecret: secret });
  expect(readFragment('#claim=short')).toEqual({ enrolCode: null, claimSecret: null });
  expect(readFragment('#enrol=<script>')).toEqual({ enrolCode: null, claimSecret: null });
});

it('leaves the address without the secret, but with the house', () => {
  expect(withoutFragment('https://boutique.test/advisor/?maison=norde#claim=x')).toBe(
    'https://boutique.test/advisor/?maison=norde',
  );
});
