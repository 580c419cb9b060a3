import * as z from 'zod/mini';
import { AdvisorId, DeviceId, EpochMs, MaisonId, SessionId, Sku, StoreId } from './ids.ts';

/** What somebody did for a sale. */
export const saleRoles = ['mirror', 'agency', 'assisting', 'closing'] as const;
export const SaleRole = z.enum(saleRoles);
export type SaleRole = z.infer<typeof SaleRole>;

const parts = z.int().check(z.nonnegative(), z.maximum(10_000));

/** How a region credits its sales. Parts are weights against one another: what nobody has earned falls to the others. */
export const AttributionRule = z.strictObject({
  parts: z
    .strictObject({ mirror: parts, agency: parts, assisting: parts, closing: parts })
    .check(z.refine(({ assisting, closing }) => assisting + closing > 0)),
  /** Where nobody may be paid by the piece, advisors' shares go to their boutiques. */
  credit: z.enum(['advisor', 'boutique']),
  /** Whether the advisors may agree on another split of what falls to them. */
  agreement: z.boolean(),
  /** Who has the closing part where no advisor closes: whoever assisted, or the house. */
  unclosed: z.enum(['assisting', 'house']),
  /** For how many days after a visit a sale still finds back to it. */
  windowDays: z.int().check(z.minimum(1), z.maximum(365)),
});
export type AttributionRule = z.infer<typeof AttributionRule>;

/** The rule of a house that has settled none: half to who assisted, half to who closes. */
export const usualAttributionRule: AttributionRule = {
  parts: { mirror: 0, agency: 0, assisting: 50, closing: 50 },
  credit: 'advisor',
  agreement: true,
  unclosed: 'assisting',
  windowDays: 30,
};

/** An advisor, and the boutique that has them. */
export const SalePerson = z.object({ advisorId: AdvisorId, storeId: StoreId });
export type SalePerson = z.infer<typeof SalePerson>;

/** Who is credited. A mirror's part is its boutique's. */
export const SaleParty = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('advisor'), id: AdvisorId }),
  z.object({ kind: z.literal('boutique'), id: StoreId }),
  z.object({ kind: z.literal('agency'), id: z.string().check(z.minLength(1), z.maxLength(128)) }),
  z.object({ kind: z.literal('house'), id: MaisonId }),
]);
export type SaleParty = z.infer<typeof SaleParty>;

/** Everybody who had a hand in a sale. */
export const SaleHands = z.object({
  maisonId: MaisonId,
  /** The visit at whose mirror it began. */
  sessionId: SessionId,
  mirror: z.object({ storeId: StoreId, deviceId: DeviceId }),
  /** The agency's activation from whose page the client called. */
  agency: z.nullable(z.object({ activationId: z.string(), name: z.string() })),
  assistedBy: z.array(SalePerson).check(z.maxLength(20)),
  /** Nobody where it closed online. */
  closedBy: z.array(SalePerson).check(z.maxLength(20)),
  /** What the advisors agreed on: how much of their parts goes to whoever assisted. */
  agreedAssistingPercent: z.nullable(z.int().check(z.minimum(0), z.maximum(100))),
});
export type SaleHands = z.infer<typeof SaleHands>;

const amount = z.int().check(z.nonnegative());

/** One party's part of a line, in the currency's minor units. */
export const SaleShare = z.object({ role: SaleRole, party: SaleParty, amountMinor: amount });
export type SaleShare = z.infer<typeof SaleShare>;

/** What was sold. */
export const SoldLine = z.object({
  sku: Sku,
  quantity: z.int().check(z.positive(), z.maximum(1_000)),
  /** Of the whole line. */
  amountMinor: z.int().check(z.nonnegative(), z.maximum(1_000_000_000_000)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
});
export type SoldLine = z.infer<typeof SoldLine>;

/** A line with its shares, which sum to its amount. */
export const AttributedLine = z.extend(SoldLine, { shares: z.array(SaleShare) });
export type AttributedLine = z.infer<typeof AttributedLine>;

export const SaleChannel = z.enum(['boutique', 'online']);
export type SaleChannel = z.infer<typeof SaleChannel>;

/** The signed record's content: who is credited for an order, by which rule. Pseudonyms only, and nothing of the client. */
export const AttributionRecord = z.extend(SaleHands, {
  iss: z.literal('vitrine'),
  /** The order in the house's own words. */
  orderId: z.string().check(z.minLength(1), z.maxLength(128)),
  channel: SaleChannel,
  /** Where it closed; null online. */
  storeId: z.nullable(StoreId),
  closedAtMs: EpochMs,
  /** The region's name in the house's settings; null where the house's own rule was used. */
  region: z.nullable(z.string()),
  rule: AttributionRule,
  lines: z.array(AttributedLine).check(z.minLength(1), z.maxLength(100)),
});
export type AttributionRecord = z.infer<typeof AttributionRecord>;

/** The type in a signed record's header. */
export const attributionRecordType = 'vitrine-attribution+jwt';

/** Public keys by which records are verified, as a JSON Web Key Set. Keys that sign no more stay in it. */
export const AttributionKeys = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});
export type AttributionKeys = z.infer<typeof AttributionKeys>;

interface Weighed {
  readonly role: SaleRole;
  readonly party: SaleParty;
  readonly weight: bigint;
}

/**
 * Shares an amount out by a rule. The shares sum to the amount exactly, by largest remainder; in which order people are named changes
 * nothing, and nobody is credited who is not among the hands.
 *
 * @param amountMinor whole minor units, not negative
 */
export function shareOut(amountMinor: number, hands: SaleHands, rule: AttributionRule): SaleShare[] {
  const weighed = weigh(hands, rule);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0n);
  if (total === 0n) {
    return [{ role: 'closing', party: { kind: 'house', id: hands.maisonId }, amountMinor }];
  }
  const all = BigInt(amountMinor);
  const floors = weighed.map((one) => ({
    one,
    floor: (all * one.weight) / total,
    rest: (all * one.weight) % total,
    name: `${one.role} ${one.party.kind} ${one.party.id}`,
  }));
  const left = Number(all - floors.reduce((sum, { floor }) => sum + floor, 0n));
  const first = floors
    .toSorted((a, b) => (a.rest === b.rest ? (a.name < b.name ? -1 : 1) : a.rest > b.rest ? -1 : 1))
    .slice(0, left);
  return floors.map((share) => ({
    role: share.one.role,
    party: share.one.party,
    amountMinor: Number(share.floor) + (first.includes(share) ? 1 : 0),
  }));
}

function weigh(hands: SaleHands, rule: AttributionRule): Weighed[] {
  const assisted = distinct(hands.assistedBy);
  const closed = distinct(hands.closedBy);
  const { mirror, agency } = rule.parts;
  const { assisting, closing } = advisorParts(hands, rule);
  // Every group's part is divided by its heads, so all are counted in units that both numbers divide.
  const unit = BigInt(Math.max(1, assisted.length) * Math.max(1, closed.length) * 100);
  const unclosed = closed.length === 0;
  const toAssisting = assisting + (unclosed && rule.unclosed === 'assisting' ? closing : 0);
  const weighed: Weighed[] = [
    {
      role: 'mirror',
      party: { kind: 'boutique', id: hands.mirror.storeId },
      weight: BigInt(mirror) * unit * 100n,
    },
    ...(hands.agency
      ? [
          {
            role: 'agency' as const,
            party: { kind: 'agency' as const, id: hands.agency.activationId },
            weight: BigInt(agency) * unit * 100n,
          },
        ]
      : []),
    ...people('assisting', assisted, BigInt(toAssisting) * unit, rule),
    ...people('closing', closed, BigInt(closing) * unit, rule),
    ...(unclosed && rule.unclosed === 'house'
      ? [
          {
            role: 'closing' as const,
            party: { kind: 'house' as const, id: hands.maisonId },
            weight: BigInt(closing) * unit,
          },
        ]
      : []),
  ];
  return weighed.filter(({ weight }) => weight > 0n);
}

/** The advisors' parts in hundredths, as the rule or their agreement has them. */
function advisorParts({ agreedAssistingPercent, closedBy }: SaleHands, rule: AttributionRule) {
  const { assisting, closing } = rule.parts;
  if (agreedAssistingPercent === null || !rule.agreement || closedBy.length === 0) {
    return { assisting: assisting * 100, closing: closing * 100 };
  }
  const both = assisting + closing;
  return { assisting: both * agreedAssistingPercent, closing: both * (100 - agreedAssistingPercent) };
}

function people(
  role: SaleRole,
  who: readonly SalePerson[],
  weight: bigint,
  rule: AttributionRule,
): Weighed[] {
  const each = who.length === 0 ? 0n : weight / BigInt(who.length);
  if (rule.credit === 'advisor') {
    return who.map(({ advisorId }) => ({ role, party: { kind: 'advisor', id: advisorId }, weight: each }));
  }
  const heads = Map.groupBy(who, ({ storeId }) => storeId);
  return [...heads].map(([id, all]) => ({
    role,
    party: { kind: 'boutique', id },
    weight: each * BigInt(all.length),
  }));
}

/** Everybody once, in an order of their own. */
function distinct(who: readonly SalePerson[]): SalePerson[] {
  const byId = new Map(who.map((person) => [person.advisorId, person] as const));
  return [...byId.values()].sort((one, other) => (one.advisorId < other.advisorId ? -1 : 1));
}
