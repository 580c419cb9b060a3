import type { Catalogue, Piece } from '../../protocol/product.ts';
import type { ProposalAnswer, ProposedLook } from '../../protocol/together.ts';
import type { Sku } from '../../protocol/ids.ts';
import type { Worn } from '../../protocol/session.ts';

/** What a simulated client does, and so long after what came before. */
export interface ScenarioStep {
  readonly afterMs: number;
  readonly act: 'wear' | 'keep' | 'set-aside';
  readonly worn: Worn;
  readonly sku: Sku;
}

/** One visit to rehearse. Everything in it is of the house's own catalogue; nothing in it is of a person. */
export interface Scenario {
  readonly id: ScenarioId;
  /** Before the call. */
  readonly tried: readonly { readonly worn: Worn; readonly seconds: number }[];
  readonly kept: readonly Sku[];
  /** After the client's yes. */
  readonly steps: readonly ScenarioStep[];
  /** What they say to a look that is proposed. */
  readonly answer: (look: ProposedLook) => ProposalAnswer;
}

/** The rehearsals, from the first day's to the hardest. */
export const scenarioIds = ['gift', 'came-back', 'only-looks'] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** A visit of this kind with the pieces of this house. The same catalogue gives the same visit. */
export function scenarioOf(id: ScenarioId, catalogue: Catalogue): Scenario {
  const [first, second, third] = choices(catalogue);
  switch (id) {
    // Sure of little but that it is for somebody else: thankful for two pieces that belong together, not for many.
    case 'gift':
      return {
        id,
        tried: [{ worn: first.worn, seconds: 40 }],
        kept: [],
        steps: [
          { afterMs: 12_000, act: 'wear', ...second },
          { afterMs: 20_000, act: 'keep', ...second },
          { afterMs: 15_000, act: 'wear', ...third },
        ],
        answer: (look) => (look.length <= 2 && has(look, second.worn) ? 'accepted' : 'declined'),
      };
    // Knows already, and does not say so: the mirror's path does.
    case 'came-back':
      return {
        id,
        tried: [
          { worn: first.worn, seconds: 150 },
          { worn: second.worn, seconds: 20 },
        ],
        kept: [],
        steps: [
          { afterMs: 8_000, act: 'wear', ...first },
          { afterMs: 45_000, act: 'wear', ...third },
          { afterMs: 12_000, act: 'wear', ...first },
        ],
        answer: (look) => (has(look, first.worn) ? 'accepted' : 'declined'),
      };
    // Wants to be let alone, and comes again if they are.
    case 'only-looks':
      return {
        id,
        tried: [{ worn: first.worn, seconds: 15 }],
        kept: [first.sku],
        steps: [
          { afterMs: 10_000, act: 'wear', ...second },
          { afterMs: 10_000, act: 'wear', ...third },
          { afterMs: 10_000, act: 'set-aside', ...first },
        ],
        answer: () => 'declined',
      };
  }
}

const has = (look: ProposedLook, { pieceId }: Worn): boolean => look.some((one) => one.pieceId === pieceId);

/** The first piece of each of three kinds; of fewer where the house has fewer. @throws Error where it has no piece */
function choices({ pieces }: Catalogue): readonly [Choice, Choice, Choice] {
  const kinds = [...new Set(pieces.map(({ category }) => category))];
  const firsts = kinds.flatMap((kind) => pieces.find(({ category }) => category === kind) ?? []);
  const all = [...firsts, ...pieces].flatMap(firstOf);
  const [one, two = one, three = one] = all;
  if (!one || !two || !three) throw new Error('a house without pieces has nothing to rehearse with');
  return [one, two, three];
}

/** A piece in its first finish. */
type Choice = Pick<ScenarioStep, 'worn' | 'sku'>;

function firstOf({ id, variants: [first] }: Piece): readonly Choice[] {
  return first ? [{ worn: { pieceId: id, variantId: first.id }, sku: first.sku }] : [];
}
