import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../sdk/sync/link.ts';
import { testIdentity } from '../../sdk/sync/testing.ts';
import { screenOf } from './screen.ts';

const advisor: LinkState['advisor'] = {
  id: 'ingrid',
  name: 'Ingrid',
  title: { en: 'Advisor', fr: 'Conseillère' },
  languages: ['en'],
};
const live: LinkState = {
  status: { kind: 'live' },
  identity: testIdentity,
  stock: new Map(),
  heardAtMs: 0,
  session: null,
  advisor,
  calls: [],
  claim: null,
  clockOffsetMs: 0,
  malformedCount: 0,
};
const claim: LinkState['claim'] = {
  offerId: 'offer-0001',
  advisor,
  digits: '42',
  kioskName: 'Mirror 1',
  expiresAtMs: 100,
};
const session: LinkState['session'] = {
  sessionId: 'session-0001',
  seq: 1,
  advisor,
  kioskName: 'Mirror 1',
  startedAtMs: 0,
  locale: 'en',
  worn: null,
  look: [],
  tried: [],
  kept: [],
  holds: [],
  measures: [],
  lead: { by: 'client', sinceSeq: 1, sinceAtMs: 0 },
  path: [],
  story: null,
  point: null,
  proposal: null,
  answered: null,
  closed: null,
};

describe('the screen', () => {
  it.each([
    [{ status: { kind: 'unenrolled' } }, 'enrol'],
    [{ status: { kind: 'refused', code: 'forbidden', message: '' } }, 'refused'],
    [{ status: { kind: 'connecting' }, advisor: null }, 'opening'],
    [{ advisor: null }, 'sign-in'],
    [{}, 'board'],
    [{ claim }, 'waiting'],
    [{ claim, session }, 'together'],
    [{ session: { ...session, closed: { atMs: 1, reason: 'advisor' } } }, 'board'],
    [{ status: { kind: 'offline', sinceMs: 0 }, session }, 'together'],
  ] as const)('of %o is %s', (change, screen) => {
    expect(screenOf({ ...live, ...change }, 50)).toBe(screen);
  });

  it('goes back to the board when the client has let the time run out', () => {
    expect(screenOf({ ...live, claim }, 100)).toBe('board');
  });
});
