import type { ClientFact, KnownFact } from '../../protocol/client-context.ts';
import { purposeOf } from '../../protocol/client-context.ts';
import { findWorn, type Catalogue } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import type { PracticeStage } from './practice-stage.ts';

const dayMs = 24 * 3_600_000;

/** Sizes as houses write them, by what a house makes. */
const sizes = {
  ring: { of: 'ring', value: '53' },
  bracelet: { of: 'wrist', value: '16 cm' },
  eyewear: { of: 'frame', value: '51 mm' },
  hat: { of: 'hat', value: '57 cm' },
} as const;

/** What a house might know of the simulated client: each fact with its reason and its source, and nothing of a person. */
export function inventedFacts({ house, names, nowMs }: PracticeStage): KnownFact[] {
  const { catalogue, identity, scenario } = house;
  const { source } = names;
  const known = (fact: ClientFact, reason: KnownFact['reason'], daysAgo: number): KnownFact => ({
    fact,
    source,
    asOfMs: nowMs - daysAgo * dayMs,
    reason,
    purpose: purposeOf(fact.kind),
  });
  const size = Object.entries(sizes).find(([category]) =>
    catalogue.pieces.some((piece) => piece.category === category),
  )?.[1];
  const owned = pieceOf(catalogue, scenario.steps.at(0)?.worn);
  const wished = pieceOf(catalogue, scenario.tried.at(0)?.worn);
  return [
    known({ kind: 'name', name: names.client }, 'told-us', 410),
    known({ kind: 'language', locale: identity.store.locale }, 'chose', 410),
    ...(size ? [known({ kind: 'size', ...size }, 'measured', 96)] : []),
    ...(owned && owned.sku !== wished?.sku ? [known({ kind: 'owned', ...owned }, 'bought', 96)] : []),
    ...(wished ? [known({ kind: 'wished', ...wished }, 'wished', 23)] : []),
  ];
}

function pieceOf(
  catalogue: Catalogue,
  worn: Worn | undefined,
): { readonly sku: string; readonly name: string } | null {
  const found = worn && findWorn(catalogue, worn);
  return found ? { sku: found.variant.sku, name: found.piece.name } : null;
}
