import type { ReactNode } from 'react';
import { findBySku } from '../../protocol/product.ts';
import type { Hold } from '../../protocol/stock.ts';
import { hasJustRunOut, isHeld } from '../../sdk/session/hold-state.ts';
import { countdown, timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useKiosk, useLink, useLocale, useNow, useSay, useWords } from '../app/kiosk-context.tsx';

/** What is held for this client, each with its end on the boutique's clock and a countdown. */
export function useHoldLines(holds: readonly Hold[]): readonly ReactNode[] {
  const { catalogue } = useKiosk().collection;
  const { identity } = useLink();
  const say = useSay();
  const words = useWords();
  const locale = useLocale();
  const nowMs = useNow(1_000);
  const told = holds.filter((hold) => isHeld(hold, nowMs) || hasJustRunOut(hold, nowMs));
  if (!identity) return [];
  return told.flatMap((hold) => {
    const found = findBySku(catalogue, hold.sku);
    if (!found) return [];
    const names = { piece: found.piece.name, variant: words(found.variant.name) };
    if (!isHeld(hold, nowMs)) return [<li key={hold.id}>{say('together.hold.ended', names)}</li>];
    const left = countdown(hold.expiresAtMs, nowMs);
    const time = timeOfDay(hold.expiresAtMs, locale, identity.store.timeZone);
    return [
      <li key={hold.id}>
        <span>{say('together.hold', { ...names, time })}</span>
        <time dateTime={left.iso} className="hold-left" aria-live="off">
          {say('together.hold.left', { left: left.text })}
        </time>
      </li>,
    ];
  });
}
