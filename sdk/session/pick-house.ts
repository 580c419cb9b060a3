import { MaisonId } from '../../protocol/ids.ts';
import type { RuntimeConfig } from '../../protocol/runtime-config.ts';

/**
 * Which house a page belongs to: the one its address names in `?maison=`, else the one this browser was last enrolled
 * for, else the server's first. Undefined where the server has no house at all.
 */
export function pickHouse(
  { maisons }: Pick<RuntimeConfig, 'maisons'>,
  search: string,
  remembered: string | null,
): RuntimeConfig['maisons'][number] | undefined {
  const asked = MaisonId.safeParse(new URLSearchParams(search).get('maison'));
  return (
    maisons.find(({ id }) => asked.success && id === asked.data) ??
    maisons.find(({ id }) => id === remembered) ??
    maisons[0]
  );
}
