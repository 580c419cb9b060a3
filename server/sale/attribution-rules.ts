import {
  usualAttributionRule,
  type AttributionRule,
  type MaisonId,
  type StoreId,
} from '../../protocol/index.ts';
import type { HouseSettings } from '../houses/house-settings.ts';

/** The rule of a boutique's region, with the region's name; the house's own where no region names the boutique. */
export function ruleFor(
  settings: HouseSettings,
  maisonId: MaisonId,
  storeId: StoreId,
): { readonly region: string | null; readonly rule: AttributionRule } {
  const { attribution } = settings.of(maisonId).sale;
  const found = Object.entries(attribution.regions).find(([, { boutiques }]) => boutiques.includes(storeId));
  if (found) return { region: found[0], rule: found[1].rule };
  return { region: null, rule: attribution.rule ?? usualAttributionRule };
}
