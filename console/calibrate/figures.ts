import type { Locale } from '../../protocol/ids.ts';
import type { Say } from './words.ts';

/** How the page speaks now. */
export interface Voice {
  readonly say: Say;
  readonly locale: Locale;
}

/** A figure with so many decimals; one that would round to nothing shows the least that its decimals can. */
export function figureOf(value: number, decimals: number, locale: Locale): string {
  const least = 10 ** -decimals;
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value > 0 ? Math.max(value, least) : value);
}
