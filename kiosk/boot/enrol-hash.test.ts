import { expect, it } from 'vitest';
import { enrolCodeOf, withoutHash } from './enrol-hash.ts';

it('reads the enrolment code of a link and nothing else', () => {
  expect(enrolCodeOf('#enrol=ABCD-EFGH-1234')).toBe('ABCD-EFGH-1234');
  expect(enrolCodeOf('#claim=abcdefghijkl')).toBeNull();
  expect(enrolCodeOf('#enrol=<script>')).toBeNull();
  expect(enrolCodeOf('')).toBeNull();
});

it('leaves the address without the code, but with the house', () => {
  expect(withoutHash('http://localhost:8080/?maison=norde#enrol=ABCD-EFGH')).toBe(
    'http://localhost:8080/?maison=norde',
  );
});
