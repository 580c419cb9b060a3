/** What a model may cost. */
export interface GlbBudget {
  readonly bytes: number;
  /** As drawn: a mesh that five nodes share counts five times. */
  readonly triangles: number;
  readonly texturePx: number;
  readonly textures: number;
  readonly nodes: number;
  readonly depth: number;
  readonly drawCalls: number;
  /** Numbers that all accessors together would unpack to. */
  readonly accessorNumbers: number;
}

/** Eyewear and jewellery: 60,000 triangles, 2 MB, textures of 1024² at most. */
export const eyewearBudget: GlbBudget = {
  bytes: 2_000_000,
  triangles: 60_000,
  texturePx: 1024,
  textures: 16,
  nodes: 256,
  depth: 16,
  drawCalls: 96,
  accessorNumbers: 4_000_000,
};
