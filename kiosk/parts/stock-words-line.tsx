import type { ReactNode } from 'react';
import type { Sku } from '../../protocol/ids.ts';
import { stockLine } from '../../sdk/session/stock-line.ts';
import { stockViewOf } from '../../sdk/sync/stock-view.ts';
import { useKiosk, useLink, useLocale, useNow, useSay } from '../app/kiosk-context.tsx';
import { stockWords, type StockWords } from '../language/stock-words.ts';

/** What is said of one piece's stock now; null on a mirror without a boutique. */
export function useStockWords(sku: Sku): StockWords | null {
  const state = useLink();
  const { clock } = useKiosk();
  const say = useSay();
  const locale = useLocale();
  useNow(15_000);
  const view = stockViewOf(state, clock.nowMs());
  if (!view) return null;
  const { timeZone } = view.store;
  return stockWords(stockLine(view, sku), { say, locale, timeZone, nowMs: view.nowMs });
}

/** The stock line of one piece: a mark whose look says whether the number is current, and the sentence. */
export function StockWordsLine({ sku }: { sku: Sku }): ReactNode {
  const words = useStockWords(sku);
  if (!words) return null;
  return (
    <p className="stock" data-tone={words.tone} role="status">
      <span className="stock-mark" aria-hidden="true" />
      {words.text}
    </p>
  );
}
