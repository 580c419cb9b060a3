import type { ReactNode } from 'react';
import { fingerOf } from '../../protocol/look.ts';
import type { Piece } from '../../protocol/product.ts';
import type { Worn } from '../../protocol/session.ts';
import { fitWords } from '../../sdk/fit/fit-words.ts';
import { useLocale, useMeasures } from '../app/kiosk-context.tsx';

/** How a piece fits the client, by what the mirror knows of them; for whom it is made, where that is nothing. */
export function FitLine({ piece, worn }: { readonly piece: Piece; readonly worn: Worn | null }): ReactNode {
  const measures = useMeasures();
  const locale = useLocale();
  const words = fitWords(piece, measures, locale, worn === null ? undefined : fingerOf(worn));
  return words === '' ? null : <span className="fit">{words}</span>;
}
