import * as z from 'zod/mini';

/** Who leads when client and advisor are together: the other's screen follows. */
export const Lead = z.enum(['client', 'advisor']);
export type Lead = z.infer<typeof Lead>;

/** Who leads, and since which event of the session. */
export interface LeadState {
  readonly by: Lead;
  /** The event with which they took the lead; whoever acts without having heard of it acts too late. */
  readonly sinceSeq: number;
  readonly sinceAtMs: number;
}

/** As much of a session's event as the lead depends on. */
export interface LeadingEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: Lead | 'system';
  readonly fact: { readonly type: string };
}

/** By these the lead is taken: said in so many words, or by doing what the other screen follows. */
const leadingFacts: ReadonlySet<string> = new Set(['led', 'worn', 'story-told']);

/** Who leads after an event, given who led before. A session begins with its client's yes, so the client leads first. */
export function leadAfter(lead: LeadState, { seq, atMs, actor, fact }: LeadingEvent): LeadState {
  if (actor === 'system' || actor === lead.by || !leadingFacts.has(fact.type)) return lead;
  return { by: actor, sinceSeq: seq, sinceAtMs: atMs };
}

/**
 * Whether an advisor may lead on, who knew of the session up to the lead taken at `knownSeq`. The client's touch wins over whatever was on
 * its way: only who has seen it may take the lead again.
 */
export function mayAdvisorLead(lead: Pick<LeadState, 'by' | 'sinceSeq'>, knownSeq: number): boolean {
  return lead.by === 'advisor' || knownSeq >= lead.sinceSeq;
}
