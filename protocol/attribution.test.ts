import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut, usualAttributionRule, type AttributionRule, type SaleHands } from './attribution.ts';

const person = fc.record({
  advisorId: fc.constantFrom('ana', 'bruno', 'clara', 'dario', 'elena'),
  storeId: fc.constantFrom('norde-marais', 'norde-mayfair'),
});
const people = fc.uniqueArray(person, { maxLength: 5, selector: ({ advisorId }) => advisorId });
const rule: fc.Arbitrary<AttributionRule> = fc.record({
  parts: fc
    .record({
      mirror: fc.nat(10_000),
      agency: fc.nat(10_000),
      assisting: fc.nat(10_000),
      closing: fc.nat(10_000),
    })
    .filter(({ assisting, closing }) => assisting + closing > 0),
  credit: fc.constantFrom('advisor' as const, 'boutique' as const),
  agreement: fc.boolean(),
  unclosed: fc.constantFrom('assisting' as const, 'house' as const),
  windowDays: fc.constant(30),
});
const hands: fc.Arbitrary<SaleHands> = fc.record({
  maisonId: fc.constant('norde'),
  sessionId: fc.constant('session-0001'),
  mirror: fc.constant({ storeId: 'norde-marais', deviceId: 'device-0001' }),
  agency: fc.constantFrom(null, { activationId: 'activation-1', name: 'Atelier Neuf' }),
  assistedBy: people,
  closedBy: people,
  agreedAssistingPercent: fc.option(fc.nat(100)),
});
const amount = fc.nat({ max: 1_000_000_000_000 });
const plain: SaleHands = {
  maisonId: 'norde',
  sessionId: 'session-0001',
  mirror: { storeId: 'norde-marais', deviceId: 'device-0001' },
  agency: null,
  assistedBy: [{ advisorId: 'ana', storeId: 'norde-marais' }],
  closedBy: [{ advisorId: 'bruno', storeId: 'norde-mayfair' }],
  agreedAssistingPercent: null,
};
const amounts = (total: number, of: SaleHands, by: AttributionRule) =>
  shareOut(total, of, by).map(({ party, amountMinor }) => [party.id, amountMinor]);

describe('the shares of a line', () => {
  it('sum to its amount to the last minor unit, whatever the split', () => {
    fc.assert(
      fc.property(amount, hands, rule, (total, of, by) => {
        const shares = shareOut(total, of, by);
        expect(shares.reduce((sum, share) => sum + share.amountMinor, 0)).toBe(total);
        expect(shares.every(({ amountMinor }) => amountMinor >= 0)).toBe(true);
      }),
    );
  });

  it('credit nobody who neither assisted nor closed, and no agency that was not there', () => {
    fc.assert(
      fc.property(amount, hands, rule, (total, of, by) => {
        for (const { role, party } of shareOut(total, of, by)) {
          if (party.kind === 'advisor') {
            const who = role === 'assisting' ? of.assistedBy : of.closedBy;
            expect(who.map(({ advisorId }) => advisorId)).toContain(party.id);
            expect(by.credit).toBe('advisor');
          }
          if (party.kind === 'agency') expect(of.agency?.activationId).toBe(party.id);
        }
      }),
    );
  });

  it('are the same in whatever order people are named', () => {
    fc.assert(
      fc.property(amount, hands, rule, (total, of, by) => {
        const turned = { ...of, assistedBy: of.assistedBy.toReversed(), closedBy: of.closedBy.toReversed() };
        expect(new Set(shareOut(total, turned, by).map((share) => JSON.stringify(share)))).toEqual(
          new Set(shareOut(total, of, by).map((share) => JSON.stringify(share))),
        );
      }),
    );
  });

  it('are halves by the usual rule, the odd cent to one of them', () => {
    expect(amounts(10_001, plain, usualAttributionRule)).toEqual([
      ['ana', 5_001],
      ['bruno', 5_000],
    ]);
  });

  it('follow what the advisors agreed on where the region lets them', () => {
    const agreed = { ...plain, agreedAssistingPercent: 30 };
    expect(amounts(1_000, agreed, usualAttributionRule)).toEqual([
      ['ana', 300],
      ['bruno', 700],
    ]);
    expect(amounts(1_000, agreed, { ...usualAttributionRule, agreement: false })).toEqual([
      ['ana', 500],
      ['bruno', 500],
    ]);
  });

  it('go to boutiques where the region pays nobody by the piece', () => {
    expect(amounts(1_000, plain, { ...usualAttributionRule, credit: 'boutique' })).toEqual([
      ['norde-marais', 500],
      ['norde-mayfair', 500],
    ]);
  });

  it('of an order that closed online go to who assisted, or the closing part to the house', () => {
    const online = { ...plain, closedBy: [] };
    expect(amounts(1_000, online, usualAttributionRule)).toEqual([['ana', 1_000]]);
    expect(amounts(1_000, online, { ...usualAttributionRule, unclosed: 'house' })).toEqual([
      ['ana', 500],
      ['norde', 500],
    ]);
  });

  it('give mirror and agency their parts beside the advisors’', () => {
    const parts = { mirror: 10, agency: 20, assisting: 35, closing: 35 };
    const agency = { activationId: 'activation-1', name: 'Atelier Neuf' };
    expect(amounts(1_000, { ...plain, agency }, { ...usualAttributionRule, parts })).toEqual([
      ['norde-marais', 100],
      ['activation-1', 200],
      ['ana', 350],
      ['bruno', 350],
    ]);
  });
});
