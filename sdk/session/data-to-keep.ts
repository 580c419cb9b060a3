import { Catalogue, posterOf } from '../../protocol/product.ts';
import { RuntimeConfig } from '../../protocol/runtime-config.ts';

/** What advisors know of each house's pieces; a house may have none. */
export function knowledgeToKeep(config: unknown): readonly string[] {
  const read = RuntimeConfig.safeParse(config);
  return read.success ? read.data.maisons.map(({ id }) => `/collections/${id}/knowledge.json`) : [];
}

/** The pictures of a house's pieces, by its catalogue. */
export function postersToKeep(catalogue: unknown): readonly string[] {
  const read = Catalogue.safeParse(catalogue);
  if (!read.success) return [];
  const { maisonId, pieces } = read.data;
  const paths = pieces.flatMap((piece) =>
    piece.variants.flatMap((variant) => posterOf(piece, variant) ?? []),
  );
  return [...new Set(paths)].map((path) => `/collections/${maisonId}/${path}`);
}

/** The collections' files that every house of this server needs before its first screen. */
export function dataToKeep(config: unknown): readonly string[] {
  const read = RuntimeConfig.safeParse(config);
  if (!read.success) return [];
  return read.data.maisons.flatMap(({ id }) => [
    `/collections/${id}/catalogue.json`,
    `/collections/${id}/theme.json`,
  ]);
}
