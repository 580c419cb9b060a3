import type { RuntimeConfig } from '../../protocol/runtime-config.ts';

/** Which of the server's houses this kiosk belongs to: the one in the address as `?maison=`, else the first. */
export function chooseHouse(search: string, config: RuntimeConfig): string | null {
  const named = new URLSearchParams(search).get('maison');
  const known = config.maisons.find((maison) => maison.id === named);
  return (known ?? config.maisons[0])?.id ?? null;
}
