import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadAfter, mayAdvisorLead, type LeadingEvent, type LeadState } from './lead.ts';

const first: LeadState = { by: 'client', sinceSeq: 1, sinceAtMs: 0 };
const leading = ['led', 'worn', 'story-told'] as const;
const others = [
  'kept',
  'set-aside',
  'pointed',
  'look-proposed',
  'look-answered',
  'hold-placed',
  'closed',
] as const;

const happening = fc.record({
  actor: fc.constantFrom('client', 'advisor', 'system'),
  type: fc.constantFrom(...leading, ...others),
});
const eventsOf = (told: readonly { actor: LeadingEvent['actor']; type: string }[]): LeadingEvent[] =>
  told.map(({ actor, type }, index) => ({ seq: index + 2, atMs: index + 2, actor, fact: { type } }));

describe('who leads', () => {
  it('is always whoever acted last for the other to follow, and the client before anybody has', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (told) => {
        const events = eventsOf(told);
        const lead = events.reduce(leadAfter, first);
        const acts = events.filter(
          ({ actor, fact }) => actor !== 'system' && leading.some((type) => type === fact.type),
        );
        expect(lead.by).toBe(acts.at(-1)?.actor ?? 'client');
        // Held since the first act of the last unbroken run, so that acting again is no new lead.
        const run = acts.findLastIndex(({ actor }) => actor !== lead.by);
        const since = run < 0 && lead.by === 'client' ? undefined : acts[run + 1];
        expect(lead.sinceSeq).toBe(since?.seq ?? 1);
      }),
    );
  });

  it('is the same for everybody who has heard the same, however they heard it', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), fc.nat(40), (told, at) => {
        const events = eventsOf(told);
        const early = events.slice(0, at).reduce(leadAfter, first);
        expect(events.slice(at).reduce(leadAfter, early)).toEqual(events.reduce(leadAfter, first));
      }),
    );
  });

  it('is not taken from the client by an advisor who has not heard that the client took it', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), fc.nat(40), (told, heard) => {
        const events = eventsOf(told);
        const known = events.slice(0, heard).reduce(leadAfter, first);
        const now = events.reduce(leadAfter, first);
        const clientTookIt = events.slice(heard).some(({ actor, fact }, index) => {
          const before = events.slice(0, heard + index).reduce(leadAfter, first);
          return actor === 'client' && before.by === 'advisor' && leading.some((type) => type === fact.type);
        });
        if (now.by === 'client' && clientTookIt) expect(mayAdvisorLead(now, known.sinceSeq)).toBe(false);
        expect(mayAdvisorLead(now, now.sinceSeq)).toBe(true);
      }),
    );
  });
});
