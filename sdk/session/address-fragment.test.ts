import { expect, it } from 'vitest';
import { claimAddress, listAddress, readFragment, withoutFragment } from './address-fragment.ts';
import { pickHouse } from './pick-house.ts';

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

it("sends a tablet that reads a mirror's mark to the mirror's own house", () => {
  const secret = 'aB3_'.repeat(6);
  const mark = new URL(claimAddress('https://boutique.test:8443', 'aurelle', secret));
  const maisons = [
    { id: 'norde', name: 'Norde' },
    { id: 'aurelle', name: 'Aurelle' },
  ];
  expect(mark.pathname).toBe('/advisor/');
  expect(pickHouse({ maisons }, mark.search, 'norde')?.id).toBe('aurelle');
  expect(readFragment(mark.hash).claimSecret).toBe(secret);
});

it('lets a phone take along what was kept, the newest twelve, where no server hears of it', () => {
  const kept = Array.from({ length: 14 }, (_, at) => `piece-${at}.red`);
  const mark = new URL(listAddress('https://boutique.test', 'norde', kept));
  expect([mark.pathname, mark.search]).toEqual(['/me/', '']);
  const fields = new URLSearchParams(mark.hash.slice(1));
  expect(fields.get('maison')).toBe('norde');
  expect(fields.get('list')?.split(',')).toEqual(kept.slice(2));
});
