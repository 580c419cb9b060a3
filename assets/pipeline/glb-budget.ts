import type { Category } from '../../protocol/product.ts';

/** What a model may cost. */
export interface GlbBudget {
  readonly bytes: number;
  /** As drawn: a mesh that five nodes share counts five times, an instanced one as often as it stands somewhere. */
  readonly triangles: number;
  readonly texturePx: number;
  readonly textures: number;
  readonly nodes: number;
  readonly depth: number;
  readonly drawCalls: number;
  /** Numbers that all accessors together would unpack to. */
  readonly accessorNumbers: number;
}

/** Eyewear, hats, jewellery and colour: 60,000 triangles, 2 MB, textures of 1024² at most. */
export const usualBudget: GlbBudget = {
  bytes: 2_000_000,
  triangles: 60_000,
  texturePx: 1024,
  textures: 16,
  nodes: 256,
  depth: 16,
  drawCalls: 96,
  accessorNumbers: 4_000_000,
};

/** Watches and bags: 90,000 triangles, 3 MB, textures of 2048² at most. */
export const largeBudget: GlbBudget = {
  ...usualBudget,
  bytes: 3_000_000,
  triangles: 90_000,
  texturePx: 2048,
};

/** What a piece of a category may cost. */
export function budgetOf(category: Category): GlbBudget {
  return category === 'watch' || category === 'bag' ? largeBudget : usualBudget;
}
