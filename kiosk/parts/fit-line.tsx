import type { ReactNode } from 'react';
import type { Piece } from '../../protocol/product.ts';
import { fitWords } from '../../sdk/fit/fit-words.ts';
import { useLocale, useMeasures } from '../app/kiosk-context.tsx';

/** How a piece fits the client, by what the mirror knows of them; for whom it is made, where that is nothing. */
export function FitLine({ piece }: { readonly piece: Piece }): ReactNode {
  const measures = useMeasures();
  const locale = useLocale();
  const words = fitWords(piece, measures, locale);
  return words === '' ? null : <span className="fit">{words}</span>;
}
