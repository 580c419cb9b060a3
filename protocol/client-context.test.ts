import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ClientConsent,
  clientMonthMs,
  clientPurposes,
  factsOf,
  grantEndMs,
  liveGrants,
  shownFacts,
  termsOf,
  type ClientFact,
  type ClientGrant,
  type ClientPurpose,
  type ClientTerm,
  type KnownFact,
} from './client-context.ts';
import { consentTextVersion } from './client-words.ts';
import { readCard } from './client-reference.ts';

const hourMs = 3_600_000;
const longestMs = 12 * hourMs;
const visitStart = 1_000_000;

type Happening =
  | { readonly kind: 'yes'; readonly purpose: ClientPurpose; readonly term: ClientTerm }
  | { readonly kind: 'no'; readonly purpose: ClientPurpose | null }
  | { readonly kind: 'erase' }
  | { readonly kind: 'close' }
  | { readonly kind: 'wait'; readonly byMs: number };

const purpose = fc.constantFrom(...clientPurposes);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  purpose.chain((one) =>
    fc.record({
      kind: fc.constant('yes' as const),
      purpose: fc.constant(one),
      term: fc.constantFrom(...termsOf[one]),
    }),
  ),
  fc.record({ kind: fc.constant('no' as const), purpose: fc.option(purpose) }),
  fc.constant({ kind: 'erase' } as const),
  fc.constant({ kind: 'close' } as const),
  fc.record({ kind: fc.constant('wait' as const), byMs: fc.integer({ min: 0, max: 40 * 24 * hourMs }) }),
);

/** A visit told by its events, as the server keeps it: rows that are only ever written by a yes and taken by a no. */
class Visit {
  nowMs = visitStart;
  closedAtMs: number | null = null;
  grants: ClientGrant[] = [];
  /** When each purpose was last said yes to, by hand: what the client would remember. */
  readonly remembered = new Map<ClientPurpose, { term: ClientTerm; atMs: number }>();

  take(happened: Happening): void {
    switch (happened.kind) {
      case 'yes': {
        if (this.closedAtMs !== null) return;
        const { purpose: one, term } = happened;
        const endsAtMs = grantEndMs(term, { startedAtMs: visitStart, longestMs }, this.nowMs);
        this.grants = this.grants.filter((grant) => grant.purpose !== one);
        this.grants.push({ purpose: one, term, grantedAtMs: this.nowMs, endsAtMs });
        this.remembered.set(one, { term, atMs: this.nowMs });
        return;
      }
      case 'no':
        this.grants = this.grants.filter(
          (grant) => happened.purpose !== null && grant.purpose !== happened.purpose,
        );
        if (happened.purpose === null) this.remembered.clear();
        else this.remembered.delete(happened.purpose);
        return;
      case 'erase':
        this.grants = [];
        this.remembered.clear();
        return;
      case 'close':
        this.closedAtMs ??= this.nowMs;
        return;
      case 'wait':
        this.nowMs += happened.byMs;
    }
  }
}

const facts: fc.Arbitrary<KnownFact> = fc.record({
  fact: fc.constantFrom<ClientFact>(
    { kind: 'name', name: 'Bastien' },
    { kind: 'language', locale: 'fr' },
    { kind: 'advisor', advisorId: 'noemie-caron' },
    { kind: 'appointment', startsAtMs: 0, advisorId: null },
    { kind: 'size', of: 'frame', value: '51' },
    { kind: 'owned', sku: null, name: 'Fjord 51' },
    { kind: 'wished', sku: null, name: 'Meridian 58' },
    { kind: 'care', sku: null, name: 'Fjord 51', state: 'due' },
  ),
  source: fc.constant('Le Marais'),
  asOfMs: fc.nat(),
  reason: fc.constant('told-us' as const),
  purpose,
});

describe('what a client said yes to', () => {
  it('never stands past its end, its visit, its withdrawal or its erasure, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (happened) => {
        const visit = new Visit();
        for (const one of happened) {
          visit.take(one);
          for (const grant of liveGrants(visit.grants, visit)) {
            const said = visit.remembered.get(grant.purpose);
            expect(said?.term).toBe(grant.term);
            const saidAtMs = said?.atMs ?? Number.NaN;
            if (grant.term === 'month') expect(visit.nowMs - saidAtMs).toBeLessThan(clientMonthMs);
            else {
              expect(visit.closedAtMs).toBeNull();
              expect(visit.nowMs - visitStart).toBeLessThan(longestMs);
            }
          }
        }
      }),
    );
  });

  it('stands until then', () => {
    const visit = new Visit();
    visit.take({ kind: 'yes', purpose: 'greet', term: 'visit' });
    visit.take({ kind: 'yes', purpose: 'after-sale', term: 'month' });
    visit.take({ kind: 'wait', byMs: longestMs - 1 });
    expect(liveGrants(visit.grants, visit)).toHaveLength(2);
    visit.take({ kind: 'close' });
    expect(liveGrants(visit.grants, visit).map((grant) => grant.purpose)).toEqual(['after-sale']);
  });

  it('is all that is shown: facts of a granted purpose and in its scope, whatever a house tells', () => {
    fc.assert(
      fc.property(fc.array(facts), fc.subarray([...clientPurposes]), (told, granted) => {
        for (const { fact, purpose: one } of shownFacts(told, granted)) {
          expect(granted).toContain(one);
          expect(factsOf[one]).toContain(fact.kind);
        }
        const rightful = told.filter(
          (known) => granted.includes(known.purpose) && factsOf[known.purpose].includes(known.fact.kind),
        );
        expect(shownFacts(told, granted)).toEqual(rightful);
      }),
    );
  });

  it('is for one purpose each time, and for thirty days only where that is offered', () => {
    const consent = (choices: unknown) =>
      ClientConsent.safeParse({
        reference: { kind: 'loyalty-card', value: 'NRD-4401-7725-19' },
        choices,
        textVersion: consentTextVersion,
        locale: 'fr',
      }).success;
    expect(consent([{ purpose: 'after-sale', term: 'month' }])).toBe(true);
    expect(consent([])).toBe(false);
    expect(consent([{ purpose: 'greet', term: 'month' }])).toBe(false);
    expect(consent([{ purpose: 'marketing', term: 'visit' }])).toBe(false);
    const greet = { purpose: 'greet', term: 'visit' };
    expect(consent([greet, greet])).toBe(false);
  });
});

it('a card is read as people type it and scanners send it', () => {
  expect(readCard(' NRD-4401 7725-19\n')).toBe('NRD-44017725-19');
  expect(readCard(' \t')).toBeNull();
  expect(readCard('x'.repeat(129))).toBeNull();
});
