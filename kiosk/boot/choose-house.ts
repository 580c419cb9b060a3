import type { RuntimeConfig } from '../../protocol/runtime-config.ts';

const houseKey = 'vitrine.maison';

/** Which of the server's houses this kiosk belongs to: the one in the address as `?maison=`, else the last one, else the first. */
export function chooseHouse(
  search: string,
  config: RuntimeConfig,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): string | null {
  const known = (id: string | null) => config.maisons.find((maison) => maison.id === id);
  const named = known(new URLSearchParams(search).get('maison'));
  if (named) storage.setItem(houseKey, named.id);
  return (named ?? known(storage.getItem(houseKey)) ?? config.maisons[0])?.id ?? null;
}
