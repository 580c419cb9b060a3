import { RuntimeConfig } from '../../protocol/runtime-config.ts';

/** What advisors know of each house's pieces; a house may have none. */
export function knowledgeToKeep(config: unknown): readonly string[] {
  const read = RuntimeConfig.safeParse(config);
  return read.success ? read.data.maisons.map(({ id }) => `/collections/${id}/knowledge.json`) : [];
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
