import type { Locale } from '../../protocol/ids.ts';
import type { Price } from '../../protocol/product.ts';

/** A price as the boutique writes it, without empty cents. */
export function priceWords(price: Price, locale: Locale): string {
  const format = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    style: 'currency',
    currency: price.currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(price.amountMinor / 10 ** digits);
}
