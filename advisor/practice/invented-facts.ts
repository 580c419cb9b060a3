import type { ClientFact, KnownFact } from '../../protocol/client-context.ts';
import { purposeOf } from '../../protocol/client-context.ts';
import type { Piece } from '../../protocol/product.ts';
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
  const shown = [...scenario.tried, ...scenario.steps].map(({ worn }) => worn.pieceId);
  const owned = firstFinish(catalogue.pieces.find(({ id }) => !shown.includes(id)));
  const [looked] = scenario.tried;
  const wished = looked ? firstFinish(catalogue.pieces.find(({ id }) => id === looked.worn.pieceId)) : null;
  return [
    known({ kind: 'name', name: names.client }, 'told-us', 410),
    known({ kind: 'language', locale: identity.store.locale }, 'chose', 410),
    ...(size ? [known({ kind: 'size', ...size }, 'measured', 96)] : []),
    ...(owned ? [known({ kind: 'owned', ...owned }, 'bought', 96)] : []),
    ...(wished ? [known({ kind: 'wished', ...wished }, 'wished', 23)] : []),
  ];
}

function firstFinish(piece: Piece | undefined): { readonly sku: string; readonly name: string } | null {
  const sku = piece?.variants[0]?.sku;
  return piece && sku ? { sku, name: piece.name } : null;
}
