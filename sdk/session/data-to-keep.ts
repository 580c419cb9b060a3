import { RuntimeConfig } from '../../protocol/runtime-config.ts';

/** The collections' files that every house of this server needs before its first screen. */
export function dataToKeep(config: unknown): readonly string[] {
  const read = RuntimeConfig.safeParse(config);
  if (!read.success) return [];
  return read.data.maisons.flatMap(({ id }) => [
    `/collections/${id}/catalogue.json`,
    `/collections/${id}/theme.json`,
  ]);
}
