import type { AdvisorId, Sku } from '../../protocol/ids.ts';
import { findWorn, type Catalogue, type Price } from '../../protocol/product.ts';
import type { SaleReading } from '../../protocol/sale.ts';
import type { SessionState, Worn } from '../../protocol/session.ts';
import { isWornStep, lingerMs } from '../../protocol/visit-path.ts';
import type { PracticeOrder } from './practice-orders.ts';

/** What the path of a rehearsed visit told, and what the advisor made of it. */
export interface Debrief {
  /** SKUs, in the order in which they were put on, without those that only passed by. */
  readonly lingered: readonly string[];
  readonly cameBack: readonly string[];
  readonly kept: readonly string[];
  readonly held: readonly string[];
  /** What became of what the advisor proposed last. */
  readonly proposal: 'none' | 'waiting' | 'accepted' | 'declined';
}

/** Reads a visit as an experienced colleague would. */
export function debriefOf(session: SessionState, catalogue: Catalogue): Debrief {
  const worn = session.path.filter(isWornStep);
  const skus = (those: readonly Pick<Worn, 'pieceId' | 'variantId'>[]): readonly string[] => [
    ...new Set(those.flatMap((one) => findWorn(catalogue, one)?.variant.sku ?? [])),
  ];
  const endMs = session.closed?.atMs ?? Number.POSITIVE_INFINITY;
  const before = session.tried.filter(({ seconds }) => seconds * 1_000 >= lingerMs);
  const during = worn.filter(({ atMs, untilMs }) => (untilMs ?? endMs) - atMs >= lingerMs);
  return {
    lingered: skus([...before, ...during]),
    cameBack: skus(worn.filter(({ kind, by }) => kind === 'came-back' && by === 'client')),
    kept: session.kept,
    held: session.holds.map(({ sku }) => sku),
    proposal: session.proposal ? 'waiting' : (session.answered ?? 'none'),
  };
}

/** The pieces that were brought, sent or reserved, each once. */
export function arrangedIn({ runs, transfers, collections }: SaleReading): readonly Sku[] {
  const brought = runs.filter(({ state }) => state === 'here');
  const kept = collections.filter(({ state }) => state !== 'ended');
  return [...new Set([...brought, ...transfers, ...kept].map(({ sku }) => sku))];
}

/** What would fall to each advisor of an order, in the order in which they served. */
export function creditsOf({
  lines,
}: PracticeOrder): readonly { readonly advisorId: AdvisorId; readonly price: Price }[] {
  const shares = lines.flatMap((line) =>
    line.shares.flatMap(({ party, amountMinor }) =>
      party.kind === 'advisor' ? [{ advisorId: party.id, amountMinor, currency: line.currency }] : [],
    ),
  );
  return [...Map.groupBy(shares, ({ advisorId }) => advisorId)].map(([advisorId, theirs]) => ({
    advisorId,
    price: {
      amountMinor: theirs.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      currency: theirs[0]?.currency ?? 'EUR',
    },
  }));
}
