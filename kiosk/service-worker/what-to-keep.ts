import { Catalogue } from '../../protocol/product.ts';
import { RuntimeConfig } from '../../protocol/runtime-config.ts';

/** The pictures of a house's stories, by its catalogue. */
export function picturesToKeep(catalogue: unknown): readonly string[] {
  const read = Catalogue.safeParse(catalogue);
  if (!read.success) return [];
  const { maisonId, stories } = read.data;
  const paths = stories.flatMap(({ cover, chapters }) => [
    cover.path,
    ...chapters.map(({ picture }) => picture.path),
  ]);
  return [...new Set(paths)].map((path) => `/collections/${maisonId}/${path}`);
}

/** The addresses of the tracking models, without an origin: what the server has. */
export function modelsToKeep(config: unknown): readonly string[] {
  const read = RuntimeConfig.safeParse(config);
  if (!read.success) return [];
  return Object.values(read.data.models).flatMap((model) => (model ? [model.url] : []));
}
