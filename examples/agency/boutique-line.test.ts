import { describe, expect, it } from 'vitest';
import { openBoutique, stockText } from './boutique-line.ts';

const line = { nearby: [], vouchedAtMs: 0 } as const;

describe('the example of an agency’s page', () => {
  it('says what to do about a key that is none', async () => {
    const told: string[] = [];
    expect(
      await openBoutique('https://vitrine.example', 'copied-wrongly', (text) => told.push(text)),
    ).toBeNull();
    expect(told[0]).toMatch(/^key-unknown: .*console/);
  });

  it('says a number that is not current with its age', () => {
    const here = { kind: 'here-many', count: 2 } as const;
    expect(stockText({ ...line, here, freshness: { kind: 'live' } })).toBe('2 in the boutique');
    expect(stockText({ ...line, here, freshness: { kind: 'stale', asOfMs: 0 } })).toMatch(
      /^2 in the boutique \(as of \d\d:\d\d:\d\d\)$/,
    );
  });
});
